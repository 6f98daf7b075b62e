import type { Prediction, PredictionOption } from './prediction.ts';

export interface CheckedAnswer {
  readonly isRight: boolean;
  /** What the run shows. */
  readonly answer: PredictionOption;
  /** What was said. */
  readonly said: PredictionOption;
}

/**
 * Holds an answer against the run.
 * @throws RangeError for an option the question does not have.
 */
export function checkAnswer(prediction: Prediction, optionId: string): CheckedAnswer {
  const said = getOption(prediction, optionId);
  const answer = getOption(prediction, prediction.answerId);
  return { isRight: said.id === answer.id, answer, said };
}

function getOption({ id, options }: Prediction, optionId: string): PredictionOption {
  const option = options.find(candidate => candidate.id === optionId);
  if (option === undefined) throw new RangeError(`question ${id} has no option ${optionId}`);
  return option;
}
