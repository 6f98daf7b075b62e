import type { Artifact, ArtifactKind, Place, Trace } from '../../../engine/index.ts';
import { isKeyKind } from '../../../scene/artifactNames.ts';
import { artifactsInPlay, type HoldingSpan, holdingSpans } from '../../../scene/timeline.ts';

/** One stay of an artifact in a room, as long as it needs its slot: until the step ends in which it is discarded. */
export interface Stay extends HoldingSpan {
  readonly id: string;
  /** Number of events after which the slot is free. */
  readonly freeAt: number;
}

/** Drawn elsewhere than as a token: the tap's record, the log's list, chips; or not at all. */
const NOT_TOKENS: ReadonlySet<ArtifactKind> = new Set([
  'message',
  'message-id',
  'nonce',
  'key-share',
  'capture',
  'log-record',
]);

/** Things nobody may see: they stand in the left column. What is locked or public stands in the right one. */
const OPEN_KINDS: ReadonlySet<ArtifactKind> = new Set([
  'plaintext-object',
  'data-key',
  'derived-key',
  'wrapping-key',
  'customer-key',
  'session-key',
  'backing-key',
  'domain-key',
  's3-root-key',
]);

export function isOpenKind(artifact: Artifact | undefined): boolean {
  return artifact !== undefined && OPEN_KINDS.has(artifact.kind);
}

/** Every stay that gets a token, in the order in which the stays begin. */
export function drawnStays(trace: Trace): Stay[] {
  const inPlay = artifactsInPlay(trace);
  return holdingSpans(trace)
    .filter(span => {
      const kind = trace.artifacts[span.artifact]?.kind;
      const isSeen = inPlay.has(span.artifact) || isLeftAlone(trace, span);
      return kind !== undefined && isSeen && !NOT_TOKENS.has(kind) && span.place !== 'audit';
    })
    .map(span => ({
      ...span,
      id: `${span.place}|${span.artifact}|${span.fromEvent}`,
      freeAt: endOfStep(trace, span.untilEvent),
    }));
}

/**
 * Which key an act passes over and which object it does not touch is what lessons are about: these are seen though no
 * event uses them.
 */
function isLeftAlone({ run, artifacts }: Trace, { place, artifact, fromEvent }: HoldingSpan): boolean {
  if (!run.lesson || fromEvent > 0) return false;
  return place === 's3.disk' || (place === 'client' && isKeyKind(artifacts[artifact]?.kind ?? 'message'));
}

/** The stay that is on at a place after a number of events. */
export function findStay(stays: readonly Stay[], place: Place, artifact: string, events: number): Stay | undefined {
  return stays.find(
    stay => stay.place === place && stay.artifact === artifact && stay.fromEvent <= events && events < stay.untilEvent,
  );
}

/** A discarded thing leaves its outline behind for the rest of the step. */
function endOfStep(trace: Trace, events: number): number {
  const event = trace.events[events - 1];
  const step = event && trace.steps[event.step];
  return step ? step.end + 1 : events;
}
