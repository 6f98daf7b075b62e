import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODES, type RunSpec, STEP_NAMES, type Trace } from '../engine/index.ts';
import { ALL_SPECS, nameOfSpec, runOf } from '../testing/allRuns.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { type AlignedRow, align, kmsRequests } from './align.ts';
import type { Aspect } from './stepDifferences.ts';

const runs = new Map<string, Trace>();
beforeAll(async () => {
  for (const spec of ALL_SPECS) runs.set(nameOfSpec(spec), (await runOf(spec)).trace);
}, 60_000);

const BASE: RunSpec = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' };
function run(wish: Partial<RunSpec> = {}): Trace {
  const trace = runs.get(nameOfSpec({ ...BASE, ...wish }));
  if (!trace) throw new Error('no such run');
  return trace;
}

/** What is wrong with an alignment; nothing, when no step is lost and both sides are in order. */
function problems(left: Trace, right: Trace, rows: readonly AlignedRow[]): string[] {
  const indices = (trace: Trace) => trace.steps.map(step => step.index).join();
  return [
    rows.flatMap(row => row.left ?? []).join() === indices(left) ? '' : 'steps of the left run',
    rows.flatMap(row => row.right ?? []).join() === indices(right) ? '' : 'steps of the right run',
    rows.some(row => row.left === undefined && row.right === undefined) ? 'an empty row' : '',
    rows.some(row => row.isSame !== (row.differences.length === 0)) ? 'a row that is the same and differs' : '',
  ].filter(Boolean);
}

/** The row of the step of this name, on whatever side. */
function rowOf(left: Trace, right: Trace, name: string): AlignedRow | undefined {
  const is = (trace: Trace, index: number | undefined) => index !== undefined && trace.steps[index]?.name === name;
  return align(left, right).findLast(row => is(left, row.left) || is(right, row.right));
}
function difference(row: AlignedRow | undefined, what: Aspect | 'only') {
  const found = row?.differences.find(each => each.what === what);
  return found && [found.left, found.right];
}

const PAIRS_OF_MODES = MODES.flatMap(left => MODES.map(right => [left, right] as const));

describe('two runs side by side', () => {
  it.each(PAIRS_OF_MODES)('lose no step and keep the order of both: %s and %s, up and down', (left, right) => {
    for (const operation of ['upload', 'download'] as const) {
      const pair = [run({ mode: left, operation }), run({ mode: right, operation })] as const;
      expect(problems(...pair, align(...pair))).toEqual([]);
    }
  });

  it('lose no step and keep the order of both, whatever two runs there are', () => {
    const names = fc.constantFrom(...ALL_SPECS.map(nameOfSpec));
    const holds = (one: string, other: string) => {
      const [left, right] = [runs.get(one), runs.get(other)];
      return left !== undefined && right !== undefined && problems(left, right, align(left, right)).length === 0;
    };
    expect(() => fc.assert(fc.property(names, names, holds), { numRuns: 300 })).not.toThrow();
  });

  it('lose no step and keep the order of both, whatever happens in them', () => {
    const traces = fc.array(fc.constantFrom(...STEP_NAMES), { maxLength: 40 }).map(names => {
      const builder = aTrace();
      for (const name of names) builder.step(name, [{ verb: 'generated', place: 'client' }]);
      return builder.build();
    });
    const holds = (left: Trace, right: Trace) => problems(left, right, align(left, right)).length === 0;
    expect(() => fc.assert(fc.property(traces, traces, holds), { numRuns: 200 })).not.toThrow();
  });

  it('say the same from the other side', () => {
    const [left, right] = [run(), run({ mode: 'dsse-kms' })];
    const pairsOf = (rows: readonly AlignedRow[]) => rows.map(row => [row.left, row.right]);
    const turned = align(right, left).map(row => [row.right, row.left]);
    const isPair = (row: readonly (number | undefined)[]) => row[0] !== undefined && row[1] !== undefined;
    expect(turned.filter(isPair)).toEqual(pairsOf(align(left, right)).filter(isPair));
  });

  it('differ in no row when only chance differs', async () => {
    for (const spec of ALL_SPECS.filter(
      ({ transport, principal }) => transport === 'https' && principal !== 'stranger',
    )) {
      const again = (await runOf({ ...spec, seed: 'another' })).trace;
      const rows = align(run(spec), again);
      expect(
        rows.filter(row => !row.isSame),
        nameOfSpec(spec),
      ).toEqual([]);
    }
  });

  it('are aligned in milliseconds', () => {
    const builder = aTrace();
    for (let step = 0; step < 60; step++) {
      builder.step(STEP_NAMES[(step * 7) % STEP_NAMES.length] ?? 's3.load', [{ verb: 'generated', place: 'client' }]);
    }
    const trace = builder.build();
    align(trace, trace);
    const start = performance.now();
    expect(align(trace, trace)).toHaveLength(60);
    expect(performance.now() - start).toBeLessThan(100);
  });
});

describe('steps of two runs are one row', () => {
  const sseS3 = () => run();
  const sseKms = () => run({ mode: 'sse-kms-cmk' });

  it('when the same actor does the same', () => {
    expect(rowOf(sseS3(), sseKms(), 's3.store')).toMatchObject({ left: 12, right: 16 });
    expect(rowOf(sseS3(), sseKms(), 's3.authorize')).toEqual({ left: 6, right: 6, isSame: true, differences: [] });
  });

  it('when another actor does the same work: S3 makes the data key here, KMS there (F-KSM-004)', () => {
    const row = rowOf(sseS3(), sseKms(), 's3.makeDataKey');
    expect(row).toEqual(rowOf(sseS3(), sseKms(), 'kms.makeDataKey'));
    expect(difference(row, 'actor')).toEqual([['s3'], ['kms']]);
    expect(difference(row, 'place')).toEqual([['s3.memory'], ['kms.hsm']]);
  });

  it('when they work on the same: of two requests of the client, the one that puts the object', () => {
    const [left, right] = [run({ mode: 'sse-c' }), sseS3()];
    const row = align(left, right).find(
      each => each.right !== undefined && right.steps[each.right]?.name === 'client.send',
    );
    expect(row?.left).toBe(14);
  });

  it('only when the line leads to the same service', () => {
    const [left, right] = [run({ mode: 'cse-kms' }), sseS3()];
    const sends = align(left, right).filter(
      row => row.left !== undefined && left.steps[row.left]?.name === 'client.send',
    );
    expect(sends.map(row => row.right)).toEqual([undefined, 3]);
  });

  it('when the same question is answered otherwise', () => {
    const asAdmin = { operation: 'download', principal: 's3-admin' } as const;
    const pair = [run({ ...asAdmin, mode: 'sse-kms-aws' }), run({ ...asAdmin, mode: 'sse-kms-cmk' })] as const;
    const gate = rowOf(...pair, 'kms.authorize');
    expect(difference(gate, 'verdict')).toEqual([['kms authorized'], ['kms denied']]);
    expect(difference(rowOf(...pair, 'kms.refuse'), 'code')).toEqual([[], ['AccessDeniedException']]);
    expect(difference(rowOf(...pair, 's3.answer'), 'status')).toEqual([['200'], ['403']]);
    expect(difference(rowOf(...pair, 'client.fail'), 'code')).toEqual([[], ['AccessDenied']]);
  });
});

describe('what differs in a row', () => {
  it.each([
    ['sse-kms-cmk', 'client.send', 'header', ['x-amz-server-side-encryption: AES256'], /: aws:kms$/],
    ['dsse-kms', 's3.log', 'record', ['SSEApplied: SSE_S3'], undefined],
    ['sse-c', 's3.encrypt', 'key', ['data-key'], /customer-key/],
    ['cse-aes', 's3.encrypt', 'artifact', ['plaintext-object'], /ciphertext-object/],
  ] as const)('SSE-S3 and %s: %s differs by its %s', (mode, name, aspect, left, right) => {
    const found = difference(rowOf(run(), run({ mode }), name), aspect);
    expect(found?.[0]).toEqual(left);
    expect(found?.[1]?.[0]).toEqual(right === undefined ? undefined : expect.stringMatching(right));
  });

  it('names the one step that only one of them has', () => {
    expect(difference(rowOf(run(), run({ transport: 'http' }), 'wire.handshake'), 'only')).toEqual([
      ['wire.handshake'],
      [],
    ]);
  });

  it('tells who asks', () => {
    const row = rowOf(run(), run({ principal: 's3-admin' }), 's3.authorize');
    expect(difference(row, 'principal')).toEqual([['application-owner'], ['s3-administrator']]);
  });

  it('tells how a comparison comes out', () => {
    const compared = (isEqual: boolean) =>
      aTrace()
        .step('s3.checkKey', [
          {
            verb: 'compared',
            place: 's3.memory',
            what: 'key-check',
            left: { label: 'a', text: '00' },
            right: { label: 'b', text: isEqual ? '00' : '01' },
            isEqual,
          },
        ])
        .build();
    expect(difference(rowOf(compared(true), compared(false), 's3.checkKey'), 'comparison')).toEqual([
      ['key-check equal'],
      ['key-check different'],
    ]);
  });

  it('shows no value that is chance, and no key', () => {
    const secrets = run({ mode: 'sse-c' })
      .exchanges.flatMap(({ request }) => request.headers)
      .filter(([name]) => /customer-key/i.test(name))
      .map(([, value]) => value);
    const told = JSON.stringify(align(run({ mode: 'sse-c' }), run()));
    expect(secrets).toHaveLength(2);
    expect(secrets.filter(value => told.includes(value))).toEqual([]);
  });
});

describe('requests to KMS', () => {
  it.each([
    ['sse-s3', 0],
    ['sse-kms-cmk', 1],
    ['dsse-kms', 1],
    ['sse-c', 0],
    ['cse-kms', 1],
    ['none', 0],
  ] as const)('an upload under %s has %i', (mode, count) => {
    expect(kmsRequests(run({ mode }))).toBe(count);
  });
});
