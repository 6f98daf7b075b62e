/** One AES-GCM ciphertext that two keys open. */

import { type Bytes, concat, equalBytes, uint32, zeroize } from '../../bytes/bytes.ts';
import { ALGORITHMS } from '../../crypto/algorithms.ts';
import { subtle } from '../../crypto/subtle.ts';
import { invariant } from '../../errors.ts';
import type { Field } from '../../trace/artifact.ts';
import { blockOf, elementsOf, hashBlocks, invert, multiply } from './galoisField.ts';

const { ivBytes, keyBytes, tagBytes } = ALGORITHMS.aesGcm;
const BLOCK_BYTES = 16;
/** Fills a text up to whole blocks: a space, since a reader of text passes over it. */
const FILLER = 0x20;

/** What the forger chooses: everything. */
export interface TwoKeyWish {
  /** Two different keys of 32 raw bytes; they stay the caller's to overwrite. */
  readonly keys: readonly [Bytes, Bytes];
  /** 12 bytes, the same for both keys. */
  readonly iv: Bytes;
  /** The same for both keys; no bytes for the client's format V2. */
  readonly aad: Bytes;
  /** What each key shall open it to, of any length. */
  readonly texts: readonly [Bytes, Bytes];
}

/**
 * A ciphertext ‖ tag (16 bytes) that AES-256-GCM verifies under **both** keys, and that says something else under each.
 *
 * A GCM tag proves that somebody with the key made the ciphertext, not that only one key fits it. Under a known key the
 * tag is a linear function of every ciphertext block, so who knows two keys solves for one block at which both tags agree:
 *
 * | blocks | under key 0 | under key 1 |
 * |---|---|---|
 * | as many as text 0 takes | text 0, filled up with spaces | noise |
 * | as many as text 1 takes | noise | text 1, filled up with spaces |
 * | 1, solved for | noise | noise |
 *
 * Each plaintext is partly noise, about half of it. Many file formats do not mind: they look at a header or a trailer and
 * pass over comments or unknown chunks.
 *
 * This is why exchanging the encrypted data key beside an untouched object can change what the object says (F-FMT-005),
 * and why a commitment to the data key ends it: each key has another commitment (F-FMT-071, F-FMT-075). Both keys must be
 * known when the ciphertext is made; nobody can do this to an object that somebody else encrypted.
 *
 * Takes time in proportion to the length, some ten thousand blocks a second.
 */
export async function forgeTwoKeyCiphertext(wish: TwoKeyWish): Promise<Bytes> {
  const { keys, iv, aad } = wish;
  invariant(!equalBytes(keys[0], keys[1]), 'a ciphertext for two keys wants two different keys');
  invariant(iv.length === ivBytes, 'an AES-GCM IV has 12 bytes');
  const [first, second] = await Promise.all([platformKey(keys[0]), platformKey(keys[1])]);
  const [text0, text1] = [fillUp(wish.texts[0]), fillUp(wish.texts[1])];
  const chosen = concat(
    await encryptBlocks(first, iv, 0, text0),
    await encryptBlocks(second, iv, text0.length / BLOCK_BYTES, text1),
  );
  const lengths = lengthBlock(aad.length, chosen.length + BLOCK_BYTES);
  // The last ciphertext block is left zero: what it adds to a tag is itself times H², the same unknown for both keys.
  const blocks = [...elementsOf(aad), ...elementsOf(chosen), 0n, lengths];
  const [left, right] = await Promise.all([first, second].map(key => tagFunction(key, iv, blocks)));
  invariant(left && right, 'there are two keys');
  const difference = left.tagOfZero ^ right.tagOfZero;
  const solved = multiply(difference, invert(left.weight ^ right.weight));
  return concat(chosen, blockOf(solved), blockOf(left.tagOfZero ^ multiply(solved, left.weight)));
}

/** The parts of such a ciphertext for the hex view, from the lengths of the two texts in bytes. */
export function twoKeyFields(textBytes: readonly [number, number]): Field[] {
  const [wholeFirst, wholeSecond] = [wholeBlocks(textBytes[0]), wholeBlocks(textBytes[1])];
  const factId = 'F-FMT-005';
  let end = 0;
  const next = (label: string, length: number): Field => {
    const start = end;
    end += length;
    return { label, start, end, factId };
  };
  return [
    next('says something under the first key', wholeFirst),
    next('says something under the second key', wholeSecond),
    next('solved for: makes both tags equal', BLOCK_BYTES),
    next('authentication tag, right under both keys', tagBytes),
  ].filter(({ start, end: fieldEnd }) => start < fieldEnd);
}

/** The tag under one key as a linear function of the open block: tagOfZero + block·weight. */
async function tagFunction(key: PlatformKey, iv: Bytes, blocks: readonly bigint[]) {
  const hashKey = await encryptBlock(key, new Uint8Array(BLOCK_BYTES));
  const mask = await encryptBlock(key, concat(iv, uint32(1)));
  const [h = 0n] = elementsOf(hashKey);
  const [maskElement = 0n] = elementsOf(mask);
  zeroize(hashKey);
  return { tagOfZero: hashBlocks(h, blocks) ^ maskElement, weight: multiply(h, h) };
}

interface PlatformKey {
  readonly cbc: CryptoKey;
  readonly ctr: CryptoKey;
}

/** The platform gives no bare block cipher: one block of CBC from a zero IV is it, and CTR is GCM without its tag. */
async function platformKey(raw: Bytes): Promise<PlatformKey> {
  invariant(raw.length === keyBytes, 'an AES-256 key has 32 bytes');
  const [cbc, ctr] = await Promise.all(
    ['AES-CBC', 'AES-CTR'].map(name => subtle().importKey('raw', raw, name, false, ['encrypt'])),
  );
  invariant(cbc && ctr, 'one key serves two ciphers');
  return { cbc, ctr };
}

/** AES of one block; the second block that comes back is the platform's padding. */
async function encryptBlock(key: PlatformKey, block: Bytes): Promise<Bytes> {
  const padded = await subtle().encrypt({ name: 'AES-CBC', iv: new Uint8Array(BLOCK_BYTES) }, key.cbc, block);
  return new Uint8Array(padded).slice(0, BLOCK_BYTES);
}

/** GCM's encryption of the blocks from number `from` on; its counter starts at 2, since 1 masks the tag. */
async function encryptBlocks(key: PlatformKey, iv: Bytes, from: number, plaintext: Bytes): Promise<Bytes> {
  const counter = concat(iv, uint32(2 + from));
  return new Uint8Array(await subtle().encrypt({ name: 'AES-CTR', counter, length: 32 }, key.ctr, plaintext));
}

function lengthBlock(aadBytes: number, ciphertextBytes: number): bigint {
  return (BigInt(8 * aadBytes) << 64n) | BigInt(8 * ciphertextBytes);
}

function wholeBlocks(byteLength: number): number {
  return Math.ceil(byteLength / BLOCK_BYTES) * BLOCK_BYTES;
}

function fillUp(text: Bytes): Bytes {
  const filled = new Uint8Array(wholeBlocks(text.length)).fill(FILLER);
  filled.set(text);
  return filled;
}
