import { md5 as hash } from '@noble/hashes/legacy.js';
import { type Bytes, copyOf } from '../bytes/bytes.ts';

/**
 * MD5, 16 bytes (RFC 1321). Broken as a hash; here only because S3 speaks it: ETags and the MD5 of a customer's key.
 * WebCrypto has none.
 */
export function md5(bytes: Uint8Array): Bytes {
  return copyOf(hash(bytes));
}
