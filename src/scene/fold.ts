import type { AnyTrace, ArtifactId, Holding, Place, TraceEvent } from '../engine/index.ts';

/** Who holds what after a number of events. */
export interface Scene {
  /** How many events are folded. */
  readonly events: number;
  /** Number, from 1, of the step that the last folded event belongs to; 0 at the opening. */
  readonly step: number;
  /** What each place holds, in the order of arrival. */
  readonly holdings: Readonly<Record<Place, readonly ArtifactId[]>>;
  /** What came by the events of the current step folded so far and is still there. */
  readonly arrived: readonly Holding[];
  /** What was discarded by the events of the current step folded so far, and has not come back. */
  readonly gone: readonly Holding[];
}

const NOTHING: Scene['holdings'] = {
  client: [],
  network: [],
  's3.memory': [],
  's3.disk': [],
  's3.keys': [],
  'kms.host': [],
  'kms.hsm': [],
  audit: [],
};

/** The scene before the first event. */
export function openingScene(trace: AnyTrace): Scene {
  const holdings: Record<Place, readonly ArtifactId[]> = { ...NOTHING };
  for (const { artifact, place } of trace.opening) {
    if (!holdings[place].includes(artifact)) holdings[place] = [...holdings[place], artifact];
  }
  return { events: 0, step: 0, holdings, arrived: [], gone: [] };
}

/** The scene after one more event. Pure: the given scene stays as it is. */
export function foldEvent(scene: Scene, event: TraceEvent): Scene {
  const step = event.step + 1;
  const isSameStep = step === scene.step;
  const before = { arrived: isSameStep ? scene.arrived : [], gone: isSameStep ? scene.gone : [] };
  const { place } = event;
  const held = scene.holdings[place];
  const base = { events: scene.events + 1, step };

  if (event.verb === 'discarded') {
    const dropped = event.inputs.filter(id => held.includes(id));
    return {
      ...base,
      holdings: { ...scene.holdings, [place]: held.filter(id => !dropped.includes(id)) },
      arrived: without(before.arrived, place, dropped),
      gone: [...before.gone, ...dropped.map(artifact => ({ artifact, place }))],
    };
  }
  const fresh = [...new Set(event.outputs)].filter(id => !held.includes(id));
  if (fresh.length === 0) return { ...base, holdings: scene.holdings, ...before };
  return {
    ...base,
    holdings: { ...scene.holdings, [place]: [...held, ...fresh] },
    arrived: [...before.arrived, ...fresh.map(artifact => ({ artifact, place }))],
    gone: without(before.gone, place, fresh),
  };
}

/** The scene after the first `events` events; the number is brought into range. */
export function sceneAt(trace: AnyTrace, events: number): Scene {
  const count = clamp(events, trace.events.length);
  let scene = openingScene(trace);
  for (const event of trace.events.slice(0, count)) scene = foldEvent(scene, event);
  return scene;
}

/** How many events are folded when the step with this number (from 1; 0 is the opening) is complete. */
export function eventsAtStep(trace: AnyTrace, step: number): number {
  const count = clamp(step, trace.steps.length);
  return count === 0 ? 0 : (trace.steps[count - 1]?.end ?? 0);
}

/** Number of the step, from 1, that the last of the first `events` events belongs to; 0 at the opening. */
export function stepAtEvents(trace: AnyTrace, events: number): number {
  const last = trace.events[clamp(events, trace.events.length) - 1];
  return last === undefined ? 0 : last.step + 1;
}

function without(list: readonly Holding[], place: Place, ids: readonly ArtifactId[]): Holding[] {
  return list.filter(holding => holding.place !== place || !ids.includes(holding.artifact));
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(Math.trunc(value) || 0, 0), max);
}
