import type { Artifact } from '../../engine/index.ts';

/** Looks of keys: a colour and a pattern each. The letter comes from the engine. */
export const KEY_LOOKS = {
  data: { color: 'var(--key-data)', pattern: 'solid' },
  data2: { color: 'var(--key-data-2)', pattern: 'dots' },
  kms: { color: 'var(--key-kms)', pattern: 'stripes' },
  domain: { color: 'var(--key-domain)', pattern: 'grid' },
  root: { color: 'var(--key-root)', pattern: 'crosshatch' },
  customer: { color: 'var(--key-customer)', pattern: 'rows' },
  wrapping: { color: 'var(--key-wrapping)', pattern: 'zigzag' },
  // Further wrapping keys of one customer, in colours of keys that do not occur beside them.
  wrapping2: { color: 'var(--key-customer)', pattern: 'diamond' },
  wrapping3: { color: 'var(--key-domain)', pattern: 'bars' },
  session: { color: 'var(--key-session)', pattern: 'waves' },
} as const;
export type KeyLook = keyof typeof KEY_LOOKS;
export type KeyPattern = (typeof KEY_LOOKS)[KeyLook]['pattern'];

const BY_LETTER: Readonly<Record<string, KeyLook>> = {
  K: 'kms',
  D: 'domain',
  R: 'root',
  C: 'customer',
  W: 'wrapping',
  W2: 'wrapping2',
  W3: 'wrapping3',
  T: 'session',
  U: 'session',
  V: 'session',
};

/** The look of a key follows its letter, so that a key derived from another (A′) belongs to its family. */
export function keyLookOf(key: Pick<Artifact, 'letter'>): KeyLook {
  const name = key.letter?.replace('′', '') ?? 'A';
  const letter = name[0] ?? 'A';
  return BY_LETTER[name] ?? BY_LETTER[letter] ?? (letter === 'A' ? 'data' : 'data2');
}
