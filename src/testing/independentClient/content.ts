/** How an object's bytes are encrypted, on Node's own cryptography (facts, sections 15.2, 15.5, 15.6 and 15.8). */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const TAG_BYTES = 16;
/** Suite 0x0073 as bytes: what V3 authenticates beside the content (F-FMT-073). */
const SUITE_BYTES = Buffer.from('0073', 'hex');
/** V3's only IV (F-FMT-078). */
const ONES = Buffer.alloc(12, 1);

/** AES-256-GCM; ciphertext and then the 16-byte tag. */
export function encryptGcm(secret: Buffer, iv: Buffer, aad: Buffer | undefined, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES });
  if (aad) cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the tag does not verify. */
export function decryptGcm(secret: Buffer, iv: Buffer, aad: Buffer | undefined, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new Error('shorter than a tag');
  const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES });
  if (aad) decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
}

/** AES-256-CBC with PKCS#7 padding (F-FMT-010). */
export function encryptCbc(secret: Buffer, iv: Buffer, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** @throws Error when the padding is none. */
export function decryptCbc(secret: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', secret, iv);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

/** V3's two outputs of HKDF-SHA-512 (F-FMT-070…072). @throws Error for other lengths than 32 and 28 bytes (F-FMT-080). */
export function deriveV3(dataKey: Buffer, messageId: Buffer): { commitment: Buffer; derivedKey: Buffer } {
  if (dataKey.length !== 32 || messageId.length !== 28) throw new Error('wrong length of data key or message id');
  const derive = (purpose: string, length: number) => {
    const info = Buffer.concat([SUITE_BYTES, Buffer.from(purpose, 'ascii')]);
    return Buffer.from(hkdfSync('sha512', dataKey, messageId, info, length));
  };
  return { commitment: derive('COMMITKEY', 28), derivedKey: derive('DERIVEKEY', 32) };
}

/** The object's bytes under a V3 derived key (F-FMT-073). */
export const encryptV3 = (derivedKey: Buffer, plaintext: Buffer): Buffer =>
  encryptGcm(derivedKey, ONES, SUITE_BYTES, plaintext);

/** @throws Error when the tag does not verify. */
export const decryptV3 = (derivedKey: Buffer, body: Buffer): Buffer => decryptGcm(derivedKey, ONES, SUITE_BYTES, body);

/**
 * Bytes `first` to `last`, both counted in, without any check that they are what was written (F-FMT-092, F-FMT-094). `iv` is V2's;
 * V3 has its own. `first` is a multiple of 16.
 */
export function decryptRange(
  secret: Buffer,
  iv: Buffer | undefined,
  body: Buffer,
  first: number,
  last: number,
): Buffer {
  const counter = Buffer.alloc(16);
  (iv ?? ONES).copy(counter);
  counter.writeUInt32BE(2 + first / 16, 12);
  const end = Math.min(last + 1, body.length - TAG_BYTES);
  return createDecipheriv('aes-256-ctr', secret, counter).update(body.subarray(first, end));
}
