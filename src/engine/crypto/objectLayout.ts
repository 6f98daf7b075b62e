import { type Bytes, concat, uint32 } from '../bytes/bytes.ts';
import { ALGORITHMS } from './algorithms.ts';

const { ivBytes, tagBytes } = ALGORITHMS.aesGcm;
const { frameBytes } = ALGORITHMS.framed;

/** First byte of a sealed object: one piece, or frames. */
export const LAYOUT = { single: 0x01, framed: 0x02 } as const;
export const LAYOUT_BYTES = 1;
/** Random part of each frame's nonce; the rest is the frame's number. */
export const PREFIX_BYTES = 8;
const LENGTH_BYTES = 8;
/** Layout byte, nonce prefix, length of the object. */
export const FRAMED_HEADER_BYTES = LAYOUT_BYTES + PREFIX_BYTES + LENGTH_BYTES;
export const SINGLE_OVERHEAD_BYTES = LAYOUT_BYTES + ivBytes + tagBytes;

/** A labelled run of bytes; has the shape of the trace's `Field`. */
export interface SealedField {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly factId?: string;
}

/** Where a frame's plaintext and its sealed form lie. Offsets in bytes; ends are exclusive. */
export interface Frame {
  readonly index: number;
  readonly isLast: boolean;
  readonly plainStart: number;
  readonly plainEnd: number;
  readonly sealedStart: number;
  readonly sealedEnd: number;
}

export function countFrames(objectLength: number): number {
  return Math.ceil(objectLength / frameBytes);
}

/** Length of the framed form of an object, in bytes. */
export function framedLength(objectLength: number): number {
  return FRAMED_HEADER_BYTES + objectLength + countFrames(objectLength) * tagBytes;
}

export function frameAt(index: number, objectLength: number): Frame {
  const plainStart = index * frameBytes;
  const plainEnd = Math.min(plainStart + frameBytes, objectLength);
  const sealedStart = FRAMED_HEADER_BYTES + index * (frameBytes + tagBytes);
  return {
    index,
    isLast: plainEnd === objectLength,
    plainStart,
    plainEnd,
    sealedStart,
    sealedEnd: sealedStart + plainEnd - plainStart + tagBytes,
  };
}

export function formatFramedHeader(prefix: Bytes, objectLength: number): Bytes {
  const length = concat(uint32(Math.floor(objectLength / 2 ** 32)), uint32(objectLength % 2 ** 32));
  return concat(new Uint8Array([LAYOUT.framed]), prefix, length);
}

/** Length of the object inside a framed form, or `undefined` when header and length do not belong together. */
export function findObjectLength(sealed: Uint8Array): number | undefined {
  if (sealed[0] !== LAYOUT.framed || sealed.length < FRAMED_HEADER_BYTES) return undefined;
  const view = new DataView(sealed.buffer, sealed.byteOffset, FRAMED_HEADER_BYTES);
  const length = Number(view.getBigUint64(LAYOUT_BYTES + PREFIX_BYTES));
  return length > frameBytes && framedLength(length) === sealed.length ? length : undefined;
}

/** Nonce of a frame: prefix ‖ number. */
export function nonceOf(frame: Frame, header: Bytes): Bytes {
  return concat(header.subarray(LAYOUT_BYTES, LAYOUT_BYTES + PREFIX_BYTES), uint32(frame.index));
}

/** What a frame is bound to: the header, its number, and whether it is the last. So none can be cut, swapped or added. */
export function aadOf(frame: Frame, header: Bytes): Bytes {
  return concat(header, uint32(frame.index), new Uint8Array([frame.isLast ? 1 : 0]));
}

/** The parts of a sealed object for the hex view: of frames, the first two and the last. Nothing for other bytes. */
export function sealedFields(sealed: Uint8Array): SealedField[] {
  const factId = 'F-SIM-001';
  const layout: SealedField = { label: 'layout', start: 0, end: LAYOUT_BYTES, factId };
  if (sealed[0] === LAYOUT.single && sealed.length >= SINGLE_OVERHEAD_BYTES) {
    const ivEnd = LAYOUT_BYTES + ivBytes;
    const tagStart = sealed.length - tagBytes;
    return [
      layout,
      { label: 'IV', start: LAYOUT_BYTES, end: ivEnd, factId },
      { label: 'ciphertext', start: ivEnd, end: tagStart, factId },
      { label: 'tag', start: tagStart, end: sealed.length, factId },
    ];
  }
  const objectLength = findObjectLength(sealed);
  if (objectLength === undefined) return [];
  const last = countFrames(objectLength) - 1;
  const prefixEnd = LAYOUT_BYTES + PREFIX_BYTES;
  return [
    layout,
    { label: 'nonce prefix', start: LAYOUT_BYTES, end: prefixEnd, factId },
    { label: 'object length', start: prefixEnd, end: FRAMED_HEADER_BYTES, factId },
    ...[...new Set([0, 1, last])].flatMap((index): SealedField[] => {
      const { sealedStart, sealedEnd } = frameAt(index, objectLength);
      const tagStart = sealedEnd - tagBytes;
      return [
        { label: `frame ${index + 1} ciphertext`, start: sealedStart, end: tagStart, factId },
        { label: `frame ${index + 1} tag`, start: tagStart, end: sealedEnd, factId },
      ];
    }),
  ];
}
