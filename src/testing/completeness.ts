import type { RunResult } from '../engine/index.ts';
import { sceneAt } from '../scene/fold.ts';

/** What the engine's memory really holds, as `place artifact` lines. */
export function truthOf({ world, trace }: RunResult): string[] {
  return world
    .roomsOf(trace.run.principal)
    .flatMap(room => room.ids().map(id => `${room.place} ${id}`))
    .sort();
}

/** What the trace says it holds. */
export function toldBy({ trace }: RunResult): string[] {
  const { holdings } = sceneAt(trace, trace.events.length);
  return Object.entries(holdings)
    .flatMap(([place, ids]) => ids.map(id => `${place} ${id}`))
    .sort();
}
