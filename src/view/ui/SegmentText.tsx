import type { ReactNode } from 'react';
import type { Artifact, ArtifactId } from '../../engine/index.ts';
import { ArtifactName } from './ArtifactName.tsx';
import styles from './SegmentText.module.css';

/** A piece of a sentence, as the scene hands it out. */
type Piece =
  | { readonly text: string }
  | { readonly term: string }
  | { readonly code: string }
  | { readonly artifact: ArtifactId };

interface SegmentTextProps {
  readonly segments: readonly Piece[];
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
}

/** A sentence with its terms in bold, code in the byte typeface and keys in their colours. */
export function SegmentText({ segments, artifacts }: SegmentTextProps) {
  return segments.map((segment, position) => (
    // A sentence never changes in part: the position is the identity of its piece.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={position}>{pieceOf(segment, artifacts)}</span>
  ));
}

function pieceOf(segment: Piece, artifacts: Readonly<Record<ArtifactId, Artifact>>): ReactNode {
  if ('text' in segment) return segment.text;
  if ('term' in segment) return <strong className={styles.term}>{segment.term}</strong>;
  if ('code' in segment) return <code className={styles.code}>{segment.code}</code>;
  const artifact = artifacts[segment.artifact];
  return artifact ? <ArtifactName artifact={artifact} /> : segment.artifact;
}
