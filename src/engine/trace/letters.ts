import type { ArtifactKind } from './artifact.ts';

/** Short names by kind of key, in the order in which they are given out. */
const POOLS: Partial<Record<ArtifactKind, string>> = {
  'data-key': 'ABEFGHJLMNPQ',
  'backing-key': 'K',
  'domain-key': 'D',
  's3-root-key': 'R',
  'customer-key': 'C',
  'wrapping-key': 'W',
  'session-key': 'TUV',
};

/**
 * Gives each new key its letter for life. When a pool is used up it starts again with a number: `A2`.
 */
export function letterPool(): (kind: ArtifactKind) => string | undefined {
  const given = new Map<ArtifactKind, number>();
  return kind => {
    const pool = POOLS[kind];
    if (pool === undefined) return undefined;
    const count = given.get(kind) ?? 0;
    given.set(kind, count + 1);
    const round = Math.floor(count / pool.length);
    return `${pool[count % pool.length]}${round === 0 ? '' : round + 1}`;
  };
}
