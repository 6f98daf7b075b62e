import type { Bytes } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { ALGORITHMS } from './algorithms.ts';
import { orDecryptionFailed, subtle } from './subtle.ts';

const { keyBytes } = ALGORITHMS.aesKeyWrap;

/** A handle of a wrapping key for AES key wrap, from 32 raw bytes. */
export async function importKeyWrapKey(raw: Bytes): Promise<CryptoKey> {
  invariant(raw.length === keyBytes, 'an AES-256 key has 32 bytes');
  return subtle().importKey('raw', raw, 'AES-KW', false, ['wrapKey', 'unwrapKey']);
}

/** 32 key bytes wrapped under `wrappingKey`: 40 bytes (RFC 3394). The same input always gives the same output. */
export async function wrapKeyBytes(wrappingKey: CryptoKey, dataKey: Bytes): Promise<Bytes> {
  invariant(dataKey.length === keyBytes, 'a data key has 32 bytes');
  // WebCrypto wraps handles only, and only those whose bytes may leave.
  const handle = await subtle().importKey('raw', dataKey, 'AES-GCM', true, ['encrypt']);
  return new Uint8Array(await subtle().wrapKey('raw', handle, wrappingKey, 'AES-KW'));
}

/**
 * The 32 key bytes inside 40 wrapped ones.
 * @throws EngineError `decryption-failed` when they were changed or the wrapping key is another.
 */
export async function unwrapKeyBytes(wrappingKey: CryptoKey, wrapped: Bytes): Promise<Bytes> {
  return orDecryptionFailed(async () => {
    const handle = await subtle().unwrapKey('raw', wrapped, wrappingKey, 'AES-KW', 'AES-GCM', true, ['encrypt']);
    return new Uint8Array(await subtle().exportKey('raw', handle));
  });
}
