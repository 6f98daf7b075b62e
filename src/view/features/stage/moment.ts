import type { Place, Trace, TraceEvent } from '../../../engine/index.ts';
import type { Scene } from '../../../scene/fold.ts';

/** The events of the current step that are folded so far. */
export function eventsOfMoment(trace: Trace, scene: Scene): readonly TraceEvent[] {
  const step = trace.steps[scene.step - 1];
  return step === undefined ? [] : trace.events.slice(step.first, scene.events);
}

/** The event that a step is about: the last that is more than tidying up. */
export function mainEvent(events: readonly TraceEvent[]): TraceEvent | undefined {
  return events.findLast(event => event.verb !== 'discarded') ?? events.at(-1);
}

/** Where something happens now. */
export function activePlaces(events: readonly TraceEvent[]): ReadonlySet<Place> {
  const main = mainEvent(events);
  if (main === undefined) return new Set();
  const same = events.filter(event => event.verb === main.verb || event.verb === 'discarded');
  return new Set([...same.map(event => event.place), ...('from' in main ? [main.from] : [])]);
}
