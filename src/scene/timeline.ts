import type { AnyTrace, ArtifactId, Place, TraceEvent } from '../engine/index.ts';

/** One stay of one artifact at one place. */
export interface HoldingSpan {
  readonly artifact: ArtifactId;
  readonly place: Place;
  /** Number of events folded when it is first there; 0 when it was there from the start. */
  readonly fromEvent: number;
  /** Number of events folded when it is gone; `Infinity` when it stays to the end. */
  readonly untilEvent: number;
  /** Where it travelled from; undefined for what was made here or was here from the start. */
  readonly source?: Place;
  /** What it was made from, for what was made here. */
  readonly madeFrom?: readonly ArtifactId[];
}

/** Every stay of every artifact, in the order in which the stays begin. */
export function holdingSpans(trace: AnyTrace): HoldingSpan[] {
  const spans: HoldingSpan[] = [];
  const open = new Map<string, number>();
  const begin = (span: HoldingSpan) => {
    const id = `${span.place} ${span.artifact}`;
    if (open.has(id)) return;
    open.set(id, spans.length);
    spans.push(span);
  };

  for (const { artifact, place } of trace.opening) {
    begin({ artifact, place, fromEvent: 0, untilEvent: Number.POSITIVE_INFINITY });
  }
  for (const [index, event] of trace.events.entries()) {
    const { place } = event;
    if (event.verb !== 'discarded') {
      for (const artifact of event.outputs) {
        begin({ artifact, place, fromEvent: index + 1, untilEvent: Number.POSITIVE_INFINITY, ...originOf(event) });
      }
      continue;
    }
    for (const artifact of event.inputs) {
      const id = `${place} ${artifact}`;
      const at = open.get(id);
      const span = at === undefined ? undefined : spans[at];
      if (at === undefined || span === undefined) continue;
      spans[at] = { ...span, untilEvent: index + 1 };
      open.delete(id);
    }
  }
  return spans;
}

/**
 * Artifacts that some event uses or brings about, and the locked or open forms of the keys that would open them: when a
 * gate stays shut, KMS still has its key. What else lies there from the start is not drawn.
 */
export function artifactsInPlay(trace: AnyTrace): Set<ArtifactId> {
  const inPlay = new Set(trace.events.flatMap(event => [...event.inputs, ...event.outputs]));
  const openers = new Set<ArtifactId>();
  const addOpener = (id: ArtifactId) => {
    if (openers.has(id)) return;
    openers.add(id);
    for (const parent of trace.artifacts[id]?.derivedFrom ?? []) addOpener(parent);
  };
  for (const id of inPlay) {
    const keyId = trace.artifacts[id]?.lock?.keyId;
    if (keyId !== undefined) addOpener(keyId);
  }
  for (const { artifact } of trace.opening) {
    const lock = trace.artifacts[artifact]?.lock;
    const holdsOpener = lock?.contents.some(id => openers.has(id)) ?? false;
    if (!openers.has(artifact) && !holdsOpener) continue;
    inPlay.add(artifact);
    if (lock) inPlay.add(lock.keyId);
  }
  return inPlay;
}

function originOf(event: TraceEvent): Pick<HoldingSpan, 'source' | 'madeFrom'> {
  if ('from' in event) return { source: event.from };
  return event.inputs.length === 0 ? {} : { madeFrom: event.inputs };
}
