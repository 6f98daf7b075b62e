import type { Segment } from '../../../scene/segment.ts';
import type { StepGuide } from '../../session/guide.ts';
import { AFTER_ANSWER } from '../../session/spoilers.ts';

/** One entry of the step list. */
export interface ListedStep {
  /** From 1. */
  readonly number: number;
  /** Its title, or what stands there until the question before it is answered. */
  readonly title: readonly Segment[];
  readonly isStop: boolean;
  readonly isHidden: boolean;
}

/** What the list shows when the words of steps from `hidden` on would answer an open question. */
export function listSteps(guide: readonly StepGuide[], hidden: number): readonly ListedStep[] {
  return guide.map((step, index) => {
    const number = index + 1;
    if (number < hidden) return { number, title: step.title, isStop: step.stop !== undefined, isHidden: false };
    return { number, title: [{ text: number === hidden ? AFTER_ANSWER : '…' }], isStop: false, isHidden: true };
  });
}
