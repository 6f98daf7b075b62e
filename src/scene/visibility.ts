import type { AnyTrace, Artifact, ArtifactId } from '../engine/index.ts';
import { isKeyKind } from './artifactNames.ts';
import { writtenIn } from './instructionFile.ts';

/** What somebody can get at with what they hold. */
export interface Reach {
  /** Everything they have or can take out of a lock they can open, still locked or not. */
  readonly inHand: ReadonlySet<ArtifactId>;
  /** What of it they can read: it wears no lock, or one that opens. */
  readonly readable: ReadonlySet<ArtifactId>;
}

/**
 * Follows every lock that opens, every instruction file that can be read and every key that can be computed, until
 * nothing new is found.
 *
 * A key can be computed when all its secret parents are readable and there is at least one: public parents (a nonce,
 * a key share) do not suffice. A public key opens nothing; what it locks opens with the key it was derived from.
 */
export function reachOf(trace: AnyTrace, held: Iterable<ArtifactId>): Reach {
  const inHand = new Set<ArtifactId>(held);
  const readable = new Set<ArtifactId>();
  const computable = computableKeys(trace);
  const opens = (keyId: ArtifactId) => {
    const lockKey = trace.artifacts[keyId];
    if (lockKey?.kind !== 'public-key') return readable.has(keyId);
    return (lockKey.derivedFrom ?? []).some(id => readable.has(id) && trace.artifacts[id]?.kind !== 'public-key');
  };

  let found = true;
  while (found) {
    found = false;
    for (const id of inHand) {
      if (readable.has(id)) continue;
      const lock = trace.artifacts[id]?.lock;
      if (lock !== undefined && !opens(lock.keyId)) continue;
      readable.add(id);
      for (const inner of lock?.contents ?? []) inHand.add(inner);
      for (const inner of writtenIn(trace, id)) inHand.add(inner);
      found = true;
    }
    for (const { id, parents } of computable) {
      if (inHand.has(id) || !parents.every(parent => readable.has(parent))) continue;
      inHand.add(id);
      found = true;
    }
  }
  return { inHand, readable };
}

/** What whoever holds these artifacts can read. Grows with what is held, never shrinks. */
export function readableIn(trace: AnyTrace, held: Iterable<ArtifactId>): Set<ArtifactId> {
  return new Set(reachOf(trace, held).readable);
}

interface ComputableKey {
  readonly id: ArtifactId;
  /** Its secret parents: at least one. */
  readonly parents: readonly ArtifactId[];
}

const computableByArtifacts = new WeakMap<AnyTrace['artifacts'], ComputableKey[]>();

function computableKeys(trace: AnyTrace): ComputableKey[] {
  const known = computableByArtifacts.get(trace.artifacts);
  if (known !== undefined) return known;
  const list = Object.values(trace.artifacts)
    .filter(artifact => isKeyKind(artifact.kind))
    .map(artifact => ({ id: artifact.id, parents: secretParents(trace, artifact) }))
    .filter(({ parents }) => parents.length > 0);
  computableByArtifacts.set(trace.artifacts, list);
  return list;
}

function secretParents(trace: AnyTrace, artifact: Artifact): ArtifactId[] {
  return (artifact.derivedFrom ?? []).filter(id => trace.artifacts[id]?.isSecret ?? true);
}
