import { type Bytes, concat, uint32 } from '../bytes/bytes.ts';

const SAMPLE_BYTES = 64 * 1024;

/** Head, tail and 64 evenly spread KiB of a large artifact, and sums over all of it: what stands for it in its identity. */
export function sampleOf(bytes: Uint8Array): Bytes {
  const spread = Array.from({ length: 64 }, (_, i) => {
    const start = Math.floor((bytes.length * i) / 64);
    return bytes.subarray(start, start + 1024);
  });
  return concat(bytes.subarray(0, SAMPLE_BYTES), bytes.subarray(-SAMPLE_BYTES), ...spread, sumOf(bytes));
}

/**
 * Two polynomial sums (8 bytes) over all words of a large artifact: cheap beside a hash, and no single word can change without
 * changing them, since their factors are odd. Not proof against somebody who wants two artifacts to look the same.
 */
function sumOf(bytes: Uint8Array): Bytes {
  let first = 1;
  let second = 1;
  for (let start = 0; start < bytes.length; start += SAMPLE_BYTES) {
    const piece = bytes.subarray(start, start + SAMPLE_BYTES);
    const isAligned = piece.byteOffset % 4 === 0 && piece.length % 4 === 0;
    const padded = isAligned ? piece : padToWords(piece);
    const words = new Uint32Array(padded.buffer, padded.byteOffset, padded.length / 4);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? 0;
      first = (Math.imul(first, 0x9e3779b1) + word) | 0;
      second = (Math.imul(second, 0x85ebca6b) + word) | 0;
    }
  }
  return concat(uint32(first >>> 0), uint32(second >>> 0));
}

function padToWords(piece: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(piece.length / 4) * 4);
  padded.set(piece);
  return padded;
}
