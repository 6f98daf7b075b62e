import type { Bytes } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { ALGORITHMS } from './algorithms.ts';
import { orDecryptionFailed, subtle } from './subtle.ts';

const { ivBytes, keyBytes, tagBytes } = ALGORITHMS.aesGcm;

interface GcmOptions {
  readonly cryptoKey: CryptoKey;
  /** 12 bytes, never twice under one key (F-ALG-009). */
  readonly iv: Bytes;
  /** Authenticated with the ciphertext, not part of it. None when left out. */
  readonly aad?: Bytes | undefined;
}

/** A handle for AES-256-GCM from 32 raw bytes; the platform gives its bytes out to nobody. */
export async function importAesGcmKey(raw: Bytes): Promise<CryptoKey> {
  invariant(raw.length === keyBytes, 'an AES-256 key has 32 bytes');
  return subtle().importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
}

/** Ciphertext, as long as the plaintext, then the tag of 16 bytes (F-WEB-002). */
export async function sealAesGcm(options: GcmOptions & { readonly plaintext: Bytes }): Promise<Bytes> {
  invariant(options.iv.length === ivBytes, 'an AES-GCM IV has 12 bytes');
  return new Uint8Array(await subtle().encrypt(parametersOf(options), options.cryptoKey, options.plaintext));
}

/**
 * The plaintext of `sealed` (ciphertext ‖ tag).
 * @throws EngineError `decryption-failed`, whatever the reason.
 */
export async function openAesGcm(options: GcmOptions & { readonly sealed: Bytes }): Promise<Bytes> {
  return orDecryptionFailed(
    async () => new Uint8Array(await subtle().decrypt(parametersOf(options), options.cryptoKey, options.sealed)),
  );
}

function parametersOf(options: GcmOptions): AesGcmParams {
  const base = { name: 'AES-GCM', iv: options.iv, tagLength: 8 * tagBytes };
  return options.aad === undefined ? base : { ...base, additionalData: options.aad };
}
