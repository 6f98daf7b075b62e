/**
 * The one byte type of the engine. The explicit buffer type is what WebCrypto accepts without casts.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false });

/** UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** Text of UTF-8 bytes; malformed sequences become U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** One new buffer holding the parts one after another. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** A copy that shares no buffer with its source. */
export function copyOf(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

/** Overwrites the buffer with zeros. JavaScript cannot promise that no other copy was made by the platform (F-SIM-016). */
export function zeroize(bytes: Uint8Array): void {
  bytes.fill(0);
}

/** Big-endian unsigned 16-bit number. */
export function uint16(value: number): Bytes {
  return new Uint8Array([value >>> 8, value & 0xff]);
}

/** Big-endian unsigned 32-bit number. */
export function uint32(value: number): Bytes {
  return new Uint8Array([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

/**
 * Equality in a time that depends on the lengths only, so that comparing a secret tells nothing about where it differs.
 */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}
