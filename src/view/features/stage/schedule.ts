import type { TraceEvent } from '../../../engine/index.ts';

/** Seconds that a move or a making takes, before what follows from it may begin. */
export const ACT_SECONDS = 0.5;
/** Seconds that a key takes on a way around. */
export const ROUTE_SECONDS = 0.6;
const DISCARD_SECONDS = 0.3;
const CARD_SECONDS = 0.9;
/** However much a step holds, its last event begins no later than this. */
const LATEST = 1.6;

export type CardVerb = 'compared' | 'authorized' | 'denied' | 'failed' | 'throttled';

const CARD_VERBS: ReadonlySet<string> = new Set<CardVerb>(['compared', 'authorized', 'denied', 'failed', 'throttled']);

export function isCardVerb(verb: TraceEvent['verb']): verb is CardVerb {
  return CARD_VERBS.has(verb);
}

/**
 * When each event of a moment begins to be shown, in seconds, by the event's index: one kind of thing at a time, in the
 * order of the trace. What nobody sees takes no time.
 * @param actSeconds what a move or a making takes in this moment.
 */
export function startsOf(
  events: readonly TraceEvent[],
  isSeen: (event: TraceEvent) => boolean,
  actSeconds = ACT_SECONDS,
): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  let at = 0;
  let previous: TraceEvent | undefined;
  for (const event of events) {
    const isSeenNow = isSeen(event);
    if (isSeenNow && previous && previous.verb !== event.verb) at += secondsOf(previous, actSeconds);
    starts.set(event.index, Math.min(at, LATEST));
    if (isSeenNow) previous = event;
  }
  return starts;
}

function secondsOf(event: TraceEvent, actSeconds: number): number {
  if (event.verb === 'discarded') return DISCARD_SECONDS;
  return isCardVerb(event.verb) ? CARD_SECONDS : actSeconds;
}
