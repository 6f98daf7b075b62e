import { describe, expect, it } from 'vitest';
import { deniedUpload } from '../testing/sampleTraces.ts';
import { checkAnswer } from './checkAnswer.ts';
import { predictionsOf } from './predict.ts';

describe('an answer', () => {
  it('is right exactly when the run shows it', () => {
    for (const prediction of predictionsOf(deniedUpload())) {
      const right = prediction.options.filter(option => checkAnswer(prediction, option.id).isRight);
      expect(right.map(option => option.id)).toEqual([prediction.answerId]);
    }
  });

  it('comes back beside what was said', () => {
    const status = predictionsOf(deniedUpload()).find(({ id }) => id === 'status');
    expect(status && checkAnswer(status, '200')).toMatchObject({
      isRight: false,
      said: { id: '200' },
      answer: { id: '403' },
    });
  });

  it('must be one of the options', () => {
    const [first] = predictionsOf(deniedUpload());
    expect(() => first && checkAnswer(first, 'nonsense')).toThrow(RangeError);
  });
});
