import { beforeAll, describe, expect, it } from 'vitest';
import { LESSONS, type RunSpec, runLesson, type Trace } from '../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../scene/fold.ts';
import { ALL_SPECS, NOTE, nameOfSpec, runOf } from '../../testing/allRuns.ts';
import { sseCOverHttp } from '../../testing/sampleTraces.ts';
import { predictionsOf } from '../predict.ts';
import { allRecallOf, recallOf } from '../recall.ts';

const traces = new Map<string, Trace>();
beforeAll(async () => {
  for (const spec of ALL_SPECS) traces.set(nameOfSpec(spec), (await runOf(spec)).trace);
}, 120_000);
const HTTPS = { transport: 'https', principal: 'owner' } as const;
function traceOf(spec: RunSpec): Trace {
  const trace = traces.get(nameOfSpec(spec));
  if (trace === undefined) throw new Error(`no run for ${nameOfSpec(spec)}`);
  return trace;
}
const answer = (trace: Trace, id: string) => allRecallOf(trace).find(one => one.id === id)?.answerId;

describe('recall', () => {
  it.each(ALL_SPECS.map(spec => [nameOfSpec(spec), spec] as const))(
    'of %s are three, of different kinds',
    (_, spec) => {
      const trace = traceOf(spec);
      const questions = recallOf(trace);
      expect(questions).toHaveLength(3);
      expect(new Set(questions.map(({ id }) => id)).size).toBe(3);
      expect(recallOf(trace)).toEqual(questions);
    },
  );

  it.each(LESSONS)('has three for every act of the lesson %s', async id => {
    for (const { trace } of await runLesson({ id }, { ...NOTE, bytes: NOTE.bytes.slice() })) {
      expect(recallOf(trace)).toHaveLength(3);
    }
  });

  it('has exactly one right option in every question it could ask, and shows it at a step of the run', () => {
    for (const [name, trace] of traces) {
      for (const { id, options, answerId, step, explanation, question } of allRecallOf(trace)) {
        const where = `${name} ${id}`;
        expect([where, options.filter(option => option.id === answerId).length]).toEqual([where, 1]);
        expect([where, new Set(options.map(({ text }) => JSON.stringify(text))).size]).toEqual([where, options.length]);
        expect([where, options.length >= 3 && options.length <= 5]).toEqual([where, true]);
        expect([where, step >= 1 && step <= trace.steps.length]).toEqual([where, true]);
        expect([where, explanation.length > 0 && question.length > 0]).toEqual([where, true]);
      }
    }
  });

  it('has at least eight kinds, all of which are asked in some run', () => {
    const asked = new Set([...traces.values()].flatMap(trace => recallOf(trace).map(({ id }) => id)));
    expect(asked.size).toBeGreaterThanOrEqual(8);
    const possible = new Set([...traces.values()].flatMap(trace => allRecallOf(trace).map(({ id }) => id)));
    expect([...possible].sort()).toEqual([...asked].sort());
  });

  it('prefers what the run has not asked on the way', () => {
    for (const trace of traces.values()) {
      const before = new Set(predictionsOf(trace).map(({ id }) => id));
      if (!before.has('eavesdropper') || !trace.outcome.isOk) continue;
      expect(recallOf(trace).map(({ id }) => id)).not.toContain('recall-recording');
    }
    expect(traces.size).toBeGreaterThan(0);
  });

  it('asks in a refused run who refused', () => {
    const refused = traceOf({ ...HTTPS, mode: 'sse-kms-cmk', operation: 'download', principal: 's3-admin' });
    const [first] = recallOf(refused);
    expect([first?.id, first?.answerId]).toEqual(['recall-refuser', 'kms']);
    const stranger = traceOf({ ...HTTPS, mode: 'sse-kms-cmk', operation: 'download', principal: 'stranger' });
    expect(answer(stranger, 'recall-refuser')).toBe('s3');
    const keyless = traceOf({ ...HTTPS, mode: 'cse-aes', operation: 'download', principal: 's3-admin' });
    expect(answer(keyless, 'recall-refuser')).toBe('you');
  });

  it.each([
    ['sse-s3', 'upload', 'recall-key-places', 's3'],
    ['sse-kms-cmk', 'upload', 'recall-key-places', 's3+kms'],
    ['sse-c', 'upload', 'recall-key-places', 'client+s3'],
    ['cse-kms', 'upload', 'recall-key-places', 'client+kms'],
    ['cse-aes', 'upload', 'recall-object-places', 'client'],
    ['sse-s3', 'download', 'recall-object-places', 'client+s3'],
    ['none', 'upload', 'recall-object-places', 'client+s3+disk'],
    ['sse-s3', 'upload', 'recall-header', 'aes256'],
    ['dsse-kms', 'upload', 'recall-header', 'dsse'],
    ['sse-c', 'download', 'recall-header', 'customer'],
    ['sse-kms-cmk', 'download', 'recall-header', 'none'],
    ['sse-kms-cmk', 'upload', 'recall-kms-requests', 'n1'],
    ['cse-rsa', 'upload', 'recall-kms-requests', 'n0'],
    ['sse-kms-cmk', 'upload', 'recall-discard-time', 'before'],
    ['cse-aes', 'upload', 'recall-discard-time', 'before'],
    ['sse-c', 'download', 'recall-discard-time', 'before'],
    ['sse-c', 'upload', 'recall-disks', 'key-check'],
    ['sse-s3', 'upload', 'recall-disks', 'encrypted-data-key'],
    ['none', 'upload', 'recall-disks', 'plaintext'],
    ['sse-kms-cmk', 'download', 'recall-log', 'both'],
    ['sse-s3', 'download', 'recall-log', 's3'],
    ['sse-s3', 'upload', 'recall-recording', 'nothing'],
  ] as const)('of %s %s answers %s with %s', (mode, operation, id, expected) => {
    expect(answer(traceOf({ ...HTTPS, mode, operation }), id)).toBe(expected);
  });

  it('sees over plain HTTP what was readable on the line', () => {
    expect(answer(sseCOverHttp(), 'recall-recording')).toBe('both');
    const open = traceOf({ ...HTTPS, transport: 'http', mode: 'sse-s3', operation: 'upload' });
    expect(answer(open, 'recall-recording')).toBe('object');
    expect(answer(open, 'recall-object-places')).toBe('client+network+s3');
  });

  it('names the outermost key for what lies on the disks, and the picture shows it there', () => {
    const trace = traceOf({ ...HTTPS, mode: 'dsse-kms', operation: 'upload' });
    const question = allRecallOf(trace).find(({ id }) => id === 'recall-content-lock');
    expect(trace.artifacts[question?.answerId ?? '']?.letter).toBe('B');
    const shown = sceneAt(trace, eventsAtStep(trace, question?.step ?? 0)).holdings['s3.disk'];
    expect(shown.some(id => trace.artifacts[id]?.lock?.keyId === question?.answerId)).toBe(true);
  });

  it('puts the first of three first', () => {
    for (const trace of traces.values()) {
      const question = allRecallOf(trace).find(({ id }) => id === 'recall-first');
      if (!question) continue;
      const numbers = question.options.map(({ id }) => Number(id.replace('move-', '')));
      expect(question.answerId).toBe(`move-${Math.min(...numbers)}`);
    }
    expect(answer(traceOf({ ...HTTPS, mode: 'sse-kms-cmk', operation: 'upload' }), 'recall-first')).toBe('move-3');
  });
});
