import type { Artifact, ArtifactId } from '../../engine/index.ts';

type Artifacts = Readonly<Record<ArtifactId, Artifact>>;
const MOST = 4;

/** The keys that lock an artifact, from the outermost inwards. */
export function lockChain(artifact: Artifact, artifacts: Artifacts): Artifact[] {
  const chain: Artifact[] = [];
  let current: Artifact | undefined = artifact;
  while (current?.lock && chain.length < MOST) {
    const opener: Artifact | undefined = artifacts[current.lock.keyId];
    if (opener) chain.push(opener);
    current = current.lock.contents.map(id => artifacts[id]).find(content => content?.lock !== undefined);
  }
  return chain;
}
