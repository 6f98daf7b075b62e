import type { Action, Artifact, ExperimentPlan, Trace } from '../../../engine/index.ts';

/** The most bytes that are offered to turn a bit of. */
export const MOST_BYTES = 64;

/** A byte of what lies on the disks. */
export interface PieceByte {
  /** As a run counts it: from 0, within its piece. */
  readonly index: number;
  /** Two lowercase hexadecimal digits. */
  readonly hex: string;
  /** What the byte belongs to, for example `tag`. */
  readonly label: string;
}

export type Flip = Extract<Action, { do: 'flip' }>;

/** The flip that an experiment is about: of its broken act. */
export function findFlip(plan: ExperimentPlan): Flip | undefined {
  const act = plan.acts.find(({ name }) => name === 'broken');
  const actions = [...(act?.before ?? []), ...(act?.does ?? [])];
  return actions.find(action => action.do === 'flip');
}

/** What is offered of a piece: all of it, or a window of it. */
export interface Piece {
  readonly bytes: readonly PieceByte[];
  /** How many bytes the whole piece has. */
  readonly size: number;
  /** The byte that the plan would turn a bit of. */
  readonly planned: number;
}

/**
 * The bytes of a piece as they lay on the disks: of a long one its first, or its last where the plan's byte is not among the first.
 * Empty when the run knows of nothing of the kind.
 */
export function pieceOf(trace: Trace, { piece, byte }: Pick<Flip, 'piece' | 'byte'>): Piece {
  const artifact = onDisk(trace, piece === 'encrypted-data-key' ? 'encrypted-data-key' : 'ciphertext-object');
  if (!artifact) return { bytes: [], size: 0, planned: 0 };
  const length = artifact.byteLength ?? artifact.head.length / 2;
  const tagStart = Math.max(0, length - 16);
  const [start, end] = piece === 'tag' ? [tagStart, length] : [0, piece === 'ciphertext' ? tagStart : length];
  const size = end - start;
  const planned = byte < 0 ? size + byte : byte;
  const first = planned < MOST_BYTES ? 0 : size - MOST_BYTES;
  const bytes = Array.from({ length: Math.min(MOST_BYTES, size) }, (_, position) => {
    const index = first + position;
    const at = start + index;
    const field = artifact.fields.find(one => at >= one.start && at < one.end);
    return { index, hex: hexAt(artifact, length, at), label: field?.label ?? piece };
  });
  return { bytes: bytes.filter(({ hex }) => hex !== ''), size, planned };
}

function hexAt({ head, tail }: Artifact, length: number, at: number): string {
  const inHead = head.slice(at * 2, at * 2 + 2);
  const fromEnd = tail.length - (length - at) * 2;
  return inHead !== '' || fromEnd < 0 ? inHead : tail.slice(fromEnd, fromEnd + 2);
}

/** The first one that S3 wrote to its disks or took from them: what the object of the experiment is locked with. */
function onDisk(trace: Trace, kind: Artifact['kind']): Artifact | undefined {
  const ids = [
    ...trace.events.flatMap(event => (event.place === 's3.disk' && event.verb === 'stored' ? event.outputs : [])),
    ...trace.opening.flatMap(({ artifact, place }) => (place === 's3.disk' ? [artifact] : [])),
  ];
  return ids.map(id => trace.artifacts[id]).find(artifact => artifact?.kind === kind);
}
