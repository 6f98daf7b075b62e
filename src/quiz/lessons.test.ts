import { describe, expect, it } from 'vitest';
import { LESSONS, runLesson } from '../engine/index.ts';
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
});
