/**
 * The CRC of an object from the CRCs of its parts, without their bytes: appending `n` bytes multiplies a CRC by x to the power of 8n
 * in the field of polynomials modulo the CRC's own. All three CRCs are reflected, and start and end with all bits inverted.
 */
import type { Bytes } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import type { ChecksumAlgorithm } from './checksums.ts';

/** Algorithms whose parts can be combined. */
export type CrcAlgorithm = Extract<ChecksumAlgorithm, `CRC${string}`>;

/** Reflected polynomials, without their highest term. */
const POLYNOMIALS: Readonly<Record<CrcAlgorithm, { readonly bits: bigint; readonly polynomial: bigint }>> = {
  CRC32: { bits: 32n, polynomial: 0xedb88320n },
  CRC32C: { bits: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

/** A part's CRC, big-endian, and how many bytes the part has. */
export interface CrcPart {
  readonly digest: Uint8Array;
  readonly length: number;
}

/** The CRC of the parts one after another, big-endian. No part: the CRC of nothing. */
export function combineCrc(algorithm: CrcAlgorithm, parts: readonly CrcPart[]): Bytes {
  const { bits, polynomial } = POLYNOMIALS[algorithm];
  const one = 1n << (bits - 1n);
  const multiply = (left: bigint, right: bigint): bigint => {
    let product = 0n;
    let shifted = right;
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if ((left & bit) !== 0n) product ^= shifted;
      shifted = (shifted & 1n) === 0n ? shifted >> 1n : (shifted >> 1n) ^ polynomial;
    }
    return product;
  };
  // Nearly all parts of an upload have one length.
  const shifts = new Map<number, bigint>();
  const shiftBy = (length: number): bigint => {
    let power = one;
    let square = one >> 8n;
    for (let left = length; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) power = multiply(power, square);
      square = multiply(square, square);
    }
    shifts.set(length, power);
    return power;
  };
  let whole = 0n;
  for (const { digest, length } of parts) {
    invariant(digest.length * 8 === Number(bits), 'a part’s CRC has the length of its algorithm');
    invariant(Number.isSafeInteger(length) && length >= 0, 'a part has a number of bytes');
    whole = multiply(shifts.get(length) ?? shiftBy(length), whole) ^ numberOf(digest);
  }
  return bytesOf(whole, digestBytes(bits));
}

const digestBytes = (bits: bigint) => Number(bits / 8n);

function numberOf(digest: Uint8Array): bigint {
  return digest.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function bytesOf(number: bigint, length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => Number((number >> BigInt(8 * (length - 1 - index))) & 0xffn));
}
