import { describe, expect, it } from 'vitest';
import { LESSON_PLANS, LESSONS, runLesson } from '../engine/index.ts';
import { NOTE } from '../testing/allRuns.ts';
import { predictionsOf } from './predict.ts';

describe('questions in lessons', () => {
  it.each(LESSONS)('of %s never take a data key of S3’s own layer for that of the object', async id => {
    for (const { trace } of await runLesson({ id, seed: 'quiz' }, NOTE)) {
      const asked = predictionsOf(trace).filter(
        ({ id: name }) => name === 'data-key-maker' || name === 'data-key-opener',
      );
      expect(asked.map(({ answerId }) => answerId).filter(answer => answer === 's3')).toEqual([]);
    }
  });

  it.each([
    ['swap-v2', 'read-before', 'opens'],
    ['swap-v2', 'read-after', 'opens'],
    ['swap-v3', 'read-before', 'opens'],
    ['swap-v3', 'read-after', 'commitment'],
    ['rotate-wrapping-key', 'download-new-key', 'opens'],
    ['rotate-wrapping-key', 'download-old-key', 'key'],
    ['range', 'read-whole', 'tag'],
    ['lost-key', 'lose-and-download', 'key'],
  ] as const)('ask at the decisive moment of %s, %s, and know that the answer is "%s"', async (id, name, answer) => {
    const act = LESSON_PLANS[id].acts.findIndex(one => one.name === name);
    const trace = (await runLesson({ id, seed: 'quiz' }, NOTE))[act]?.trace;
    if (!trace) throw new Error('a lesson has its acts');
    const asked = predictionsOf(trace).find(question => question.id === 'opening');
    expect(asked?.answerId).toBe(answer);
    const step = trace.steps[(asked?.step ?? 0) - 1]?.name ?? '';
    expect(['client.decrypt', 'client.checkCommitment', 'client.fail']).toContain(step);
  });
});
