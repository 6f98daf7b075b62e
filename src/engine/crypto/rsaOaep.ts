import type { Bytes } from '../bytes/bytes.ts';
import { ALGORITHMS } from './algorithms.ts';
import { orDecryptionFailed, subtle } from './subtle.ts';

/** SHA-1 is what the S3 Encryption Client names for RSA; in OAEP it need not resist collisions (RFC 8017, 7.1). */
const RSA = { name: 'RSA-OAEP', hash: 'SHA-1' } as const;
const PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);

/** An RSA key pair of 2,048 bits for OAEP with SHA-1. The private key's bytes are given out to nobody. Not seedable. */
export async function generateRsaPair(): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> {
  const { modulusBits } = ALGORITHMS.rsaOaep;
  const parameters = { ...RSA, modulusLength: modulusBits, publicExponent: PUBLIC_EXPONENT };
  const pair = await subtle().generateKey(parameters, false, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
  return { publicKey: pair.publicKey, privateKey: pair.privateKey };
}

/** A private key handle from PKCS#8 (RFC 5208). */
export async function importRsaPrivateKey(pkcs8: Bytes): Promise<CryptoKey> {
  return subtle().importKey('pkcs8', pkcs8, RSA, false, ['decrypt', 'unwrapKey']);
}

/** A public key handle from SubjectPublicKeyInfo (RFC 5280, 4.1). */
export async function importRsaPublicKey(spki: Bytes): Promise<CryptoKey> {
  return subtle().importKey('spki', spki, RSA, true, ['encrypt', 'wrapKey']);
}

/** A public key as SubjectPublicKeyInfo, 294 bytes for 2,048 bits. */
export async function exportRsaPublicKey(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle().exportKey('spki', publicKey));
}

/** At most 214 bytes sealed to a public key: 256 bytes, different every time (RFC 8017, 7.1.1). */
export async function sealRsaOaep(options: {
  readonly publicKey: CryptoKey;
  readonly plaintext: Bytes;
}): Promise<Bytes> {
  return new Uint8Array(await subtle().encrypt({ name: RSA.name }, options.publicKey, options.plaintext));
}

/**
 * What was sealed to the public half of `privateKey`.
 * @throws EngineError `decryption-failed`, whatever the reason.
 */
export async function openRsaOaep(options: { readonly privateKey: CryptoKey; readonly sealed: Bytes }): Promise<Bytes> {
  return orDecryptionFailed(
    async () => new Uint8Array(await subtle().decrypt({ name: RSA.name }, options.privateKey, options.sealed)),
  );
}
