import { stepAtEvents } from '../../scene/fold.ts';
import { questionBetween } from './cursor.ts';
import type { SessionState } from './state.ts';

/** What a hidden title says instead. */
export const AFTER_ANSWER = 'after your answer';

type Asking = Pick<SessionState, 'trace' | 'events' | 'predictions' | 'settings' | 'answers' | 'skipped'>;

/**
 * Number of the step from which on words must wait: that of the next question still open ahead. Past all questions,
 * or while nothing is asked, `Infinity`: nothing waits.
 */
export function hiddenFrom({ trace, events, predictions, settings, answers, skipped }: Asking): number {
  if (!trace || !settings.askFirst) return Number.POSITIVE_INFINITY;
  const isOpen = (id: string) => answers[id] === undefined && !skipped.includes(id);
  const here = stepAtEvents(trace, events);
  return questionBetween(predictions, isOpen, here, trace.steps.length)?.step ?? Number.POSITIVE_INFINITY;
}
