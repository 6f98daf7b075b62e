import { type Bytes, concat, zeroize } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { orDecryptionFailed, subtle } from './subtle.ts';

/** Bytes of one AES block. */
const BLOCK = 16;

/** A handle for AES-256-CBC from 32 raw bytes. */
export async function importAesCbcKey(raw: Bytes): Promise<CryptoKey> {
  invariant(raw.length === 32, 'an AES-256 key has 32 bytes');
  return subtle().importKey('raw', raw, 'AES-CBC', false, ['encrypt', 'decrypt']);
}

/**
 * Opens AES-CBC with PKCS#7 padding (F-FMT-010): nothing of it is authenticated.
 * @throws EngineError `decryption-failed`, whatever the reason
 */
export async function openAesCbc(options: { cryptoKey: CryptoKey; iv: Bytes; sealed: Bytes }): Promise<Bytes> {
  const { cryptoKey, iv, sealed } = options;
  return orDecryptionFailed(
    async () => new Uint8Array(await subtle().decrypt({ name: 'AES-CBC', iv }, cryptoKey, sealed)),
  );
}

/**
 * Opens AES-ECB with PKCS#5 padding, block by block (F-FMT-056): WebCrypto has no ECB, but its CBC over one block with an
 * IV of zeros is the same permutation (F-WEB-005). Only for the wrapped keys of old objects.
 * @throws EngineError `decryption-failed`, whatever the reason
 */
export async function openAesEcb(cryptoKey: CryptoKey, sealed: Bytes): Promise<Bytes> {
  return orDecryptionFailed(async () => {
    if (sealed.length === 0 || sealed.length % BLOCK !== 0) throw new RangeError('no whole blocks');
    const blocks: Bytes[] = [];
    for (let at = 0; at < sealed.length; at += BLOCK) {
      blocks.push(await openBlock(cryptoKey, sealed.slice(at, at + BLOCK)));
    }
    const padded = concat(...blocks);
    for (const block of blocks) zeroize(block);
    const padding = padded.at(-1) ?? 0;
    const isPadded = padding >= 1 && padding <= BLOCK && padded.slice(-padding).every(byte => byte === padding);
    const plaintext = isPadded ? padded.slice(0, padded.length - padding) : undefined;
    zeroize(padded);
    if (!plaintext) throw new RangeError('no padding');
    return plaintext;
  });
}

/** One block through the inverse permutation: CBC wants padding behind it, so it is given some. */
async function openBlock(cryptoKey: CryptoKey, block: Bytes): Promise<Bytes> {
  const empty = new Uint8Array(0);
  // Encrypting nothing under IV = C gives E(C xor padding): decrypted behind C it is valid padding.
  const padding = new Uint8Array(await subtle().encrypt({ name: 'AES-CBC', iv: block }, cryptoKey, empty));
  const iv = new Uint8Array(BLOCK);
  return new Uint8Array(await subtle().decrypt({ name: 'AES-CBC', iv }, cryptoKey, concat(block, padding)));
}
