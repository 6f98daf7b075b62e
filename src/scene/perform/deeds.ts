import type { AnyTrace, ArtifactId, ArtifactKind, Place, TraceEvent } from '../../engine/index.ts';
import { type Deed, partyAt } from './move.ts';

/** Artifacts a learner is asked about. Checksums, nonces and the like come along by themselves. */
const TOLD: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  'plaintext-object',
  'ciphertext-object',
  'data-key',
  'encrypted-data-key',
  'customer-key',
  'wrapping-key',
  'public-key',
  'backing-key',
  's3-root-key',
  'key-check',
  'instruction-file',
]);
/** Keys whose overwriting is a deed of its own. */
const DISCARDED: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>(['data-key', 'customer-key']);
/** What making, wrapping and opening are about. */
const CONTENT: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  'plaintext-object',
  'ciphertext-object',
  'instruction-file',
  'data-key',
  'encrypted-data-key',
  'key-check',
]);
/** Comparisons that are no decision about the object or a key. */
const MINOR = ['signature', 'bucket-key', 'condition', 'message-header'];

/** What an event is as a move, before moves are put together. */
export interface Doing {
  readonly deed: Deed;
  /** The lower, the earlier it is folded away where a run has too many moves. */
  readonly weight: number;
}

/** Whether a learner is asked about this artifact. */
export function isTold(trace: AnyTrace, id: ArtifactId): boolean {
  return isOf(trace, id, TOLD);
}

/** What an event does, as far as it is a move; `undefined` for what comes along with others. */
export function doingOf(trace: AnyTrace, event: TraceEvent): Doing | undefined {
  const has = (ids: readonly ArtifactId[], kinds: ReadonlySet<ArtifactKind>) => ids.some(id => isOf(trace, id, kinds));
  switch (event.verb) {
    case 'generated':
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped':
    case 'hashed':
      if (event.verb === 'hashed' && !event.outputs.some(id => trace.artifacts[id]?.kind === 'key-check')) return;
      return has(event.outputs, CONTENT) ? { deed: event.verb, weight: 9 } : undefined;
    case 'sent':
      return isWithinOne(event.from, event.place) ? undefined : { deed: 'sent', weight: 9 };
    case 'responded':
      return { deed: 'responded', weight: 9 };
    case 'stored':
    case 'loaded':
      return event.from !== event.place && has(event.outputs, TOLD) ? { deed: event.verb, weight: 9 } : undefined;
    case 'compared':
      if (MINOR.includes(event.what)) return undefined;
      return { deed: `compared.${event.what}`, weight: COMPARED_WEIGHTS[event.what] ?? 4 };
    case 'authorized':
    case 'denied':
      return { deed: event.verb, weight: 9 };
    case 'discarded':
      return partyAt(event.place) !== 'kms' && has(event.inputs, DISCARDED)
        ? { deed: 'discarded', weight: 9 }
        : undefined;
    case 'logged':
      return { deed: 'logged', weight: 0 };
    case 'derived':
    case 'received':
    case 'failed':
    case 'throttled':
      return undefined;
  }
}

const COMPARED_WEIGHTS: Readonly<Record<string, number>> = { checksum: 1, 'commitment-policy': 1, 'key-md5': 2 };

function isWithinOne(from: Place, to: Place): boolean {
  const party = partyAt(from);
  return party !== undefined && party === partyAt(to);
}

function isOf(trace: AnyTrace, id: ArtifactId, kinds: ReadonlySet<ArtifactKind>): boolean {
  const kind = trace.artifacts[id]?.kind;
  return kind !== undefined && kinds.has(kind);
}
