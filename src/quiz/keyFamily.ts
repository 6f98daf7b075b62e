import type { Artifact, ArtifactId, Trace } from '../engine/index.ts';

/** The key that a passing key stands for: a derived key's first ancestor that is not derived; any other is itself. */
export function baseKeyOf(trace: Trace, id: ArtifactId): Artifact | undefined {
  const seen = new Set<ArtifactId>();
  let artifact = trace.artifacts[id];
  while (artifact?.kind === 'derived-key' && !seen.has(artifact.id)) {
    seen.add(artifact.id);
    const parents = (artifact.derivedFrom ?? []).map(parent => trace.artifacts[parent]);
    const parent = parents.find(candidate => candidate?.isSecret);
    if (parent === undefined) return artifact;
    artifact = parent;
  }
  return artifact;
}
