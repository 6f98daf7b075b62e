import type { AnyTrace, Artifact, ArtifactId, ArtifactKind } from '../engine/index.ts';
import { artifactsInPlay } from './timeline.ts';

const KEY_KINDS: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  'data-key',
  'derived-key',
  'wrapping-key',
  'public-key',
  'customer-key',
  'session-key',
  'backing-key',
  'domain-key',
  's3-root-key',
]);

/** Whether artifacts of this kind lock or open others. */
export function isKeyKind(kind: ArtifactKind): boolean {
  return KEY_KINDS.has(kind);
}

/** Name and letter as text, for example `data key A`; an id nobody described is shown as it is. */
export function nameOf(trace: AnyTrace, id: ArtifactId): string {
  const artifact = trace.artifacts[id];
  if (artifact === undefined) return id;
  return artifact.letter === undefined ? artifact.name : `${artifact.name} ${artifact.letter}`;
}

/**
 * The plaintext object that the run is about: the first that an event touches, else one that lies locked in
 * something an event touches, else any the trace knows.
 */
export function findObject(trace: AnyTrace): Artifact | undefined {
  const inPlay = artifactsInPlay(trace);
  for (const id of inPlay) if (isObject(trace, id)) return trace.artifacts[id];
  for (const id of inPlay) {
    // A set that grows while it is walked: nested locks are opened in turn.
    const contents = new Set(trace.artifacts[id]?.lock?.contents ?? []);
    for (const inner of contents) {
      if (isObject(trace, inner)) return trace.artifacts[inner];
      for (const next of trace.artifacts[inner]?.lock?.contents ?? []) contents.add(next);
    }
  }
  return Object.values(trace.artifacts).find(artifact => artifact.kind === 'plaintext-object');
}

function isObject(trace: AnyTrace, id: ArtifactId): boolean {
  return trace.artifacts[id]?.kind === 'plaintext-object';
}
