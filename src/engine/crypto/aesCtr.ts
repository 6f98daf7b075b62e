import { type Bytes, concat, uint32 } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { subtle } from './subtle.ts';

/** GCM's counter is 32 bits wide; its first block of content has number 2 (NIST SP 800-38D, 7.1; F-FMT-094). */
const COUNTER_BITS = 32;
const FIRST_COUNTER = 2;
const BLOCK = 16;

/** A handle for AES-256-CTR from 32 raw bytes. */
export async function importAesCtrKey(raw: Bytes): Promise<CryptoKey> {
  invariant(raw.length === 32, 'an AES-256 key has 32 bytes');
  return subtle().importKey('raw', raw, 'AES-CTR', false, ['encrypt', 'decrypt']);
}

/**
 * Opens a part of what AES-GCM sealed, as the counter mode that is inside it: **nothing is authenticated** (F-FMT-092, F-WEB-003).
 * @param offset of the part in the content, a multiple of 16
 */
export async function openInsideGcm(options: {
  readonly cryptoKey: CryptoKey;
  /** 12 bytes. */
  readonly iv: Bytes;
  readonly offset: number;
  readonly sealed: Bytes;
}): Promise<Bytes> {
  const { cryptoKey, iv, offset, sealed } = options;
  invariant(iv.length === 12 && offset % BLOCK === 0, 'a range begins at a block');
  const counter = concat(iv, uint32(FIRST_COUNTER + offset / BLOCK));
  return new Uint8Array(await subtle().decrypt({ name: 'AES-CTR', counter, length: COUNTER_BITS }, cryptoKey, sealed));
}
