import type { Bytes } from './bytes/bytes.ts';

/** Where all chance in the engine comes from. Injected, so that a seed can repeat a run byte for byte. */
export interface RandomSource {
  /** `length` fresh random bytes in a buffer of their own. */
  bytes(length: number): Bytes;
  /** The seed in use, or `undefined` when the bytes are truly random. The page says so when there is one. */
  readonly seed: string | undefined;
}
