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

/** Gives each new key its letter for life. */
export interface LetterPool {
  /** The next letter for a key of this kind, `undefined` for what is no key. When a pool is used up it starts again: `A2`. */
  readonly take: (kind: ArtifactKind) => string | undefined;
  /** Starts a pool again: for keys of which none lives any more. */
  readonly restart: (kind: ArtifactKind) => void;
  /** Goes on after a letter that a key of a kept world has. */
  readonly skip: (kind: ArtifactKind, letter: string) => void;
}

export function letterPool(): LetterPool {
  const given = new Map<ArtifactKind, number>();
  return {
    take: kind => {
      const pool = POOLS[kind];
      if (pool === undefined) return undefined;
      const count = given.get(kind) ?? 0;
      given.set(kind, count + 1);
      const round = Math.floor(count / pool.length);
      return `${pool[count % pool.length]}${round === 0 ? '' : round + 1}`;
    },
    restart: kind => given.delete(kind),
    skip: (kind, letter) => {
      const pool = POOLS[kind];
      const position = pool?.indexOf(letter.slice(0, 1)) ?? -1;
      if (pool === undefined || position < 0) return;
      const round = Math.max(Number(letter.slice(1)) || 1, 1) - 1;
      given.set(kind, Math.max(given.get(kind) ?? 0, round * pool.length + position + 1));
    },
  };
}
