import { describe, expect, it } from 'vitest';
import { type EventPattern, type RunSpec, runUpload, type Trace, type TraceProperty } from '../engine/index.ts';
import { NOTE } from '../testing/allRuns.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { judge } from './property.ts';

const UPLOAD: RunSpec = { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner', seed: 'p' };
const traceOf = async (spec: Partial<RunSpec> = {}): Promise<Trace> =>
  (await runUpload({ ...UPLOAD, ...spec }, NOTE)).trace;

describe('judge', () => {
  it.each<[string, TraceProperty, boolean]>([
    ['an event by its step', { has: { step: 'kms.makeDataKey' } }, true],
    ['one of several steps', { has: { step: ['s3.wrapDataKey', 'kms.wrapDataKey'] } }, true],
    ['an event that is not there', { has: { step: 's3.encryptAgain' } }, false],
    ['the lack of an event', { lacks: { verb: 'denied' } }, true],
    ['the lack of an event that is there', { lacks: { verb: 'authorized' } }, false],
    [
      'a decision by gate and action',
      { has: { gate: 'kms', action: 'kms:GenerateDataKey', verb: 'authorized' } },
      true,
    ],
    ['a count that fits', { has: { verb: 'authorized', gate: 'kms' }, times: 1 }, true],
    ['a count that does not', { has: { verb: 'authorized', gate: 'kms' }, times: 2 }, false],
    ['at most', { has: { verb: 'denied' }, times: { atMost: 0 } }, true],
    ['a kind at a place', { has: { kind: 'data-key', place: 's3.memory' } }, true],
    ['part of a record', { has: { record: 'GenerateDataKey' } }, true],
    ['how it ended', { ends: { isOk: true, status: 200 } }, true],
    ['how it did not end', { ends: { code: 'AccessDenied' } }, false],
    ['a header of the answer', { answers: { status: 200, header: ['x-amz-server-side-encryption', 'aws:kms'] } }, true],
    ['a header that no answer has', { answers: { header: ['x-amz-server-side-encryption', 'AES256'] } }, false],
    ['an answer without a header', { answers: { header: ['x-amz-version-id', null] } }, true],
    ['the last answer', { answers: { exchange: -1, status: 200 } }, true],
    ['a header of the request', { asks: { header: ['x-amz-server-side-encryption', 'aws:kms'] } }, true],
    ['requests without a header', { asks: { header: ['x-amz-acl', null] } }, true],
    ['requests that have it', { asks: { header: ['x-amz-server-side-encryption', null] } }, false],
    ['all of them', { all: [{ ends: { isOk: true } }, { has: { step: 's3.store' } }] }, true],
    ['all but one', { all: [{ ends: { isOk: true } }, { has: { step: 's3.load' } }] }, false],
    ['any of them', { any: [{ ends: { isOk: false } }, { has: { step: 's3.store' } }] }, true],
    ['none of them', { any: [{ ends: { isOk: false } }, { has: { step: 's3.load' } }] }, false],
    ['the contrary', { not: { ends: { isOk: false } } }, true],
  ])('finds %s', async (_name, property, holds) => {
    expect(judge(property, { trace: await traceOf() }).holds).toBe(holds);
  });

  it('points to the step that shows it', async () => {
    const trace = await traceOf();
    const { moment } = judge({ has: { step: 's3.encrypt' } }, { trace });
    expect(trace.steps[(moment?.step ?? 0) - 1]?.name).toBe('s3.encrypt');
  });

  it('points to the gate that stayed shut when a run failed', async () => {
    const trace = await traceOf({ principal: 'stranger' });
    const { moment } = judge({ ends: { status: 403 } }, { trace });
    expect(trace.steps[(moment?.step ?? 0) - 1]?.name).toBe('s3.authorize');
  });

  it('compares what lies there in two acts, and asks about other acts', async () => {
    const [first, again, other] = [await traceOf(), await traceOf(), await traceOf({ seed: 'q' })];
    const what = { kind: 'ciphertext-object', place: 's3.disk' } as const;
    const acts = { again, other };
    expect(judge({ same: what, as: 'again' }, { trace: first, acts }).holds).toBe(true);
    expect(judge({ same: what, as: 'other' }, { trace: first, acts }).holds).toBe(false);
    expect(judge({ differs: what, from: 'other' }, { trace: first, acts }).holds).toBe(true);
    expect(judge({ differs: what, from: 'again' }, { trace: first, acts }).holds).toBe(false);
    expect(judge({ same: what, as: 'nowhere' }, { trace: first, acts }).holds).toBe(false);
    expect(judge({ act: 'other', is: { has: { step: 's3.store' } } }, { trace: first, acts }).moment?.act).toBe(
      'other',
    );
  });
});

/** Of two patterns that differ in one condition the first is met and the second is not: no condition is passed over. */
const CONDITIONS: readonly (readonly [condition: keyof EventPattern, met: EventPattern, missed: string | boolean])[] = [
  ['step', { step: 's3.encrypt', verb: 'encrypted', actor: 's3' }, 's3.load'],
  ['actor', { actor: 'kms', verb: 'wrapped' }, 's3'],
  ['verb', { verb: 'wrapped', step: 'kms.wrapDataKey' }, 'denied'],
  ['place', { place: 's3.memory', kind: 'data-key' }, 's3.disk'],
  ['api', { api: 'kms:GenerateDataKey', step: 's3.askKms' }, 'kms:Decrypt'],
  ['kind', { kind: 'ciphertext-object', verb: 'stored' }, 'plaintext-object'],
  ['gate', { gate: 's3', action: 's3:PutObject' }, 'kms'],
  ['action', { action: 's3:PutObject', gate: 's3' }, 's3:GetObject'],
  ['what', { what: 'checksum', verb: 'compared' }, 'key-check'],
  ['isEqual', { isEqual: true, what: 'checksum' }, false],
  ['record', { record: 'GenerateDataKey', verb: 'logged' }, 'ReEncrypt'],
  ['algorithm', { algorithm: 'AES-256-GCM', step: 's3.encrypt' }, 'AES-128-CBC'],
];
const CONDITIONS_OF_REFUSALS: typeof CONDITIONS = [
  ['settledBy', { settledBy: 'implicit-deny', verb: 'denied', gate: 's3' }, 'explicit-deny'],
  ['because', { because: 'polic', verb: 'denied', gate: 's3' }, 'EverybodyReads'],
  ['code', { code: 'AccessDenied', verb: 'failed' }, 'NoSuchKey'],
];

describe('each condition of a pattern counts', () => {
  it.each(CONDITIONS)('%s', async (condition, met, missed) => {
    const trace = await traceOf();
    expect(judge({ has: met }, { trace }).holds).toBe(true);
    expect(judge({ has: { ...met, [condition]: missed } }, { trace }).holds).toBe(false);
  });

  it.each(CONDITIONS_OF_REFUSALS)('%s', async (condition, met, missed) => {
    const trace = await traceOf({ principal: 'stranger' });
    expect(judge({ has: met }, { trace }).holds).toBe(true);
    expect(judge({ has: { ...met, [condition]: missed } }, { trace }).holds).toBe(false);
  });

  it.each<[string, TraceProperty, TraceProperty]>([
    ['how it ended', { ends: { isOk: false } }, { ends: { isOk: true } }],
    ['its status', { ends: { status: 403 } }, { ends: { status: 400 } }],
    ['its code', { ends: { code: 'AccessDenied' } }, { ends: { code: 'NoSuchKey' } }],
    ['what it says', { ends: { says: 'Denied' } }, { ends: { says: 'blocked' } }],
    ['the status of an answer', { answers: { status: 403 } }, { answers: { status: 200 } }],
    ['the text of an answer', { answers: { body: 'AccessDenied' } }, { answers: { body: 'NoSuchKey' } }],
    ['which answer', { answers: { exchange: 0, status: 403 } }, { answers: { exchange: 1, status: 403 } }],
    [
      'which request',
      { asks: { exchange: 0, header: ['x-amz-server-side-encryption', 'aws:kms'] } },
      { asks: { exchange: 1, header: ['x-amz-server-side-encryption', 'aws:kms'] } },
    ],
  ])('%s', async (_name, met, missed) => {
    const trace = await traceOf({ principal: 'stranger' });
    expect(judge(met, { trace }).holds).toBe(true);
    expect(judge(missed, { trace }).holds).toBe(false);
  });

  it('of what lies there all must be the same, or none', () => {
    const holding = (...fingerprints: readonly string[]) => {
      const builder = aTrace();
      for (const fingerprint of fingerprints) {
        builder.artifact(fingerprint, 'ciphertext-object', { fingerprint }).opening('s3.disk', fingerprint);
      }
      return builder.build();
    };
    const what = { kind: 'ciphertext-object', place: 's3.disk' } as const;
    const compare = (trace: Trace, other: Trace) => {
      const story = { trace, acts: { other } };
      return [judge({ same: what, as: 'other' }, story).holds, judge({ differs: what, from: 'other' }, story).holds];
    };
    expect(compare(holding('a', 'b'), holding('a', 'b'))).toEqual([true, false]);
    expect(compare(holding('a'), holding('a', 'b'))).toEqual([false, false]);
    expect(compare(holding('a', 'b'), holding('a'))).toEqual([false, false]);
    expect(compare(holding('a'), holding('b'))).toEqual([false, true]);
    expect(compare(holding('a'), holding())).toEqual([false, false]);
  });
});
