import { describe, expect, it } from 'vitest';
import { type RunSpec, runUpload, type Trace, type TraceProperty } from '../engine/index.ts';
import { NOTE } from '../testing/allRuns.ts';
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
