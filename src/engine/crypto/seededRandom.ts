import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concat, uint32, utf8 } from '../bytes/bytes.ts';
import type { RandomSource } from '../random.ts';

/** Most bytes `getRandomValues` gives at once. */
const PLATFORM_LIMIT = 65536;

/** The platform's generator: truly random. */
export const cryptoRandom: RandomSource = {
  seed: undefined,
  bytes(length: number): Bytes {
    const bytes = new Uint8Array(length);
    for (let start = 0; start < length; start += PLATFORM_LIMIT) {
      globalThis.crypto.getRandomValues(bytes.subarray(start, start + PLATFORM_LIMIT));
    }
    return bytes;
  },
};

/**
 * A stream of bytes that follows from a text: block i is SHA-256(seed ‖ 0 ‖ i). For lessons and tests, where every
 * screen shall show the same bytes. **Never for real secrets**: who knows the seed knows every key.
 */
export function seededRandom(seed: string): RandomSource {
  const start = concat(utf8(seed), new Uint8Array(1));
  let block: Uint8Array = new Uint8Array(0);
  let blockCount = 0;
  return {
    seed,
    bytes(length: number): Bytes {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        if (block.length === 0) {
          block = sha256(concat(start, uint32(blockCount)));
          blockCount++;
        }
        const piece = block.subarray(0, length - filled);
        bytes.set(piece, filled);
        filled += piece.length;
        block = block.subarray(piece.length);
      }
      return bytes;
    },
  };
}
