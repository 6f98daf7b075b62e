import type { Artifact, ArtifactId } from '../../engine/index.ts';
import styles from './ArtifactName.module.css';
import { KEY_LOOKS, keyLookOf } from './keyStyle.ts';

/** `data key A`: its name and letter as plain text. */
export function plainName(artifact: Artifact): string {
  return artifact.letter === undefined ? artifact.name : `${artifact.name} ${artifact.letter}`;
}

interface ArtifactNameProps {
  readonly artifact: Artifact;
  /** Given, a locked artifact is followed by the key that opens it. */
  readonly artifacts?: Readonly<Record<ArtifactId, Artifact>>;
}

/** The name within a line of text; a key stands in its colour with its letter. */
export function ArtifactName({ artifact, artifacts }: ArtifactNameProps) {
  const opener = artifact.lock && artifacts?.[artifact.lock.keyId];
  if (artifact.letter !== undefined) {
    return (
      <span className={styles.keyName} style={{ color: KEY_LOOKS[keyLookOf(artifact)].color }}>
        {artifact.name} <b>{artifact.letter}</b>
      </span>
    );
  }
  return (
    <span className={styles.name}>
      <bdi>{artifact.name}</bdi>
      {opener?.letter !== undefined && (
        <>
          {' '}
          <small style={{ color: KEY_LOOKS[keyLookOf(opener)].color }}>
            locked by <b>{opener.letter}</b>
          </small>
        </>
      )}
    </span>
  );
}
