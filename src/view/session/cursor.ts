import type { Trace } from '../../engine/index.ts';
import type { Prediction } from '../../quiz/predict.ts';
import { eventsAtStep, stepAtEvents } from '../../scene/fold.ts';
import type { StepGuide } from './guide.ts';

/** A number of folded events for a step of the run, from 1; clamped to the run. */
export function eventsOfStep(trace: Trace, step: number): number {
  return eventsAtStep(trace, Math.max(1, Math.min(trace.steps.length, Math.round(step))));
}

/** The step that going forward leads to: the rest of the current one first. `undefined` at the end. */
export function stepAhead(trace: Trace, events: number): number | undefined {
  const current = stepAtEvents(trace, events);
  if (current > 0 && events < eventsAtStep(trace, current)) return current;
  return current < trace.steps.length ? current + 1 : undefined;
}

/** The step that going back leads to; the first one at the beginning. */
export function stepBehind(trace: Trace, events: number): number {
  return Math.max(1, stepAtEvents(trace, events) - 1);
}

/** Numbers of the named stops, ascending. */
export function stopsOf(guide: readonly StepGuide[]): number[] {
  return guide.flatMap((step, index) => (step.stop === undefined ? [] : [index + 1]));
}

/** The first question that lies on the way from one step (exclusive) to another (inclusive) and is still open. */
export function questionBetween(
  predictions: readonly Prediction[],
  isOpen: (id: string) => boolean,
  after: number,
  until: number,
): Prediction | undefined {
  return predictions
    .filter(prediction => prediction.step > after && prediction.step <= until && isOpen(prediction.id))
    .sort((a, b) => a.step - b.step)[0];
}
