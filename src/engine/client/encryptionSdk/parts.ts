/** Bytes that know what they are, written one after another; and reading them back from bytes that are not trusted. */

import { type Bytes, concat, copyOf, uint16 } from '../../bytes/bytes.ts';
import { EngineError } from '../../errors.ts';
import type { Field } from '../../trace/artifact.ts';

export interface Part {
  readonly label: string;
  readonly bytes: Bytes;
}

/** The parts in order, in one buffer, each labelled; empty parts have no label. */
export function joinParts(parts: readonly Part[]): { readonly bytes: Bytes; readonly fields: Field[] } {
  let end = 0;
  const fields: Field[] = [];
  for (const { label, bytes } of parts) {
    const start = end;
    end += bytes.length;
    if (end > start) fields.push({ label, start, end });
  }
  return { bytes: concat(...parts.map(part => part.bytes)), fields };
}

const MAX_COUNTED_BYTES = 0xffff;

/** The length of bytes, in the 2 bytes that stand before them. @throws EngineError `too-large` from 65,536 bytes on. */
export function lengthOf(bytes: Uint8Array): Bytes {
  if (bytes.length > MAX_COUNTED_BYTES) throw new EngineError('too-large', 'a part of a message header is too long');
  return uint16(bytes.length);
}

/** Thrown by a reader at an early end; caught where reading began. */
export class EndOfBytes extends Error {}

/** Takes bytes from the front, never past the end. */
export class PartReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes taken so far. */
  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /** A copy of the next `length` bytes. @throws EndOfBytes */
  bytes(length: number): Bytes {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new EndOfBytes('fewer bytes than announced');
    const taken = copyOf(this.#bytes.subarray(this.#position, end));
    this.#position = end;
    return taken;
  }

  /** A big-endian number of 1, 2 or 4 bytes. @throws EndOfBytes */
  number(length: 1 | 2 | 4): number {
    return this.bytes(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** Bytes after their length in 2 bytes. @throws EndOfBytes */
  counted(): Bytes {
    return this.bytes(this.number(2));
  }
}
