/**
 * The field GF(2^128) in which AES-GCM computes its tags (NIST SP 800-38D, 6.3). Arithmetic on public numbers, no cipher:
 * neither fast nor constant in time, since only an attacker who knows both keys uses it.
 *
 * Bit order: a block of 16 bytes is read as one number, first byte most significant, and its **highest** bit is the
 * coefficient of x^0. So x·a is a shift to the right, and the number one is 0x80 followed by zeros.
 */

import type { Bytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/text.ts';

const BLOCK_BYTES = 16;
const DEGREE = 128;
/** What x^128 equals: 1 + x + x^2 + x^7, in this bit order. */
const REDUCTION = 0xe1n << 120n;
/** The neutral element of `multiply`. */
export const ONE: bigint = 1n << 127n;

/** Blocks of 16 bytes as elements; a last shorter block is filled up with zeros, as the tag's hash does it. */
export function elementsOf(bytes: Uint8Array): bigint[] {
  return Array.from({ length: Math.ceil(bytes.length / BLOCK_BYTES) }, (_, i) => {
    const block = bytes.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES);
    return BigInt(`0x${toHex(block).padEnd(2 * BLOCK_BYTES, '0')}`);
  });
}

/** The 16 bytes of an element. */
export function blockOf(element: bigint): Bytes {
  return fromHex(element.toString(16).padStart(2 * BLOCK_BYTES, '0'));
}

/** Product of two elements: for every x^i in `left`, adds x^i·`right`. The sum of two elements is `^`. */
export function multiply(left: bigint, right: bigint): bigint {
  let product = 0n;
  let shifted = right;
  for (let bit = ONE; bit > 0n; bit >>= 1n) {
    if (left & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ REDUCTION : shifted >> 1n;
  }
  return product;
}

/** The element that `element` times it is one: element^(2^128 − 2), the product of its squares of squares. Zero gives zero. */
export function invert(element: bigint): bigint {
  let inverse = ONE;
  let square = element;
  for (let i = 1; i < DEGREE; i++) {
    square = multiply(square, square);
    inverse = multiply(inverse, square);
  }
  return inverse;
}

/** GHASH: the blocks as coefficients of a polynomial without constant term, evaluated at `hashKey`. */
export function hashBlocks(hashKey: bigint, blocks: readonly bigint[]): bigint {
  return blocks.reduce((sum, block) => multiply(sum ^ block, hashKey), 0n);
}
