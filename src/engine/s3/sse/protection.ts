import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import type { StoredEncryption } from '../storedObject.ts';

/** An object ready for the disks. */
export interface Protected {
  readonly body: Artifact;
  readonly checksum: Artifact;
  readonly encryption: StoredEncryption;
  /** What must be stored beside the body to open it again. */
  readonly companions: readonly Artifact[];
  /** Keys already forgotten; for tests that look into their buffers. */
  readonly secrets: readonly ArtifactId[];
  readonly facts: readonly string[];
}
