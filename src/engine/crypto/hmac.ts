import type { Bytes } from '../bytes/bytes.ts';
import { subtle } from './subtle.ts';

/** HMAC-SHA-256, 32 bytes (RFC 2104). `secret` is at least one byte. */
export async function hmacSha256(secret: Bytes, message: Bytes): Promise<Bytes> {
  return hmacWith(await importHmac(secret, 'SHA-256'), message);
}

/** HMAC-SHA-512, 64 bytes (RFC 2104). `secret` is at least one byte. */
export async function hmacSha512(secret: Bytes, message: Bytes): Promise<Bytes> {
  return hmacWith(await importHmac(secret, 'SHA-512'), message);
}

/** A handle for HMAC-SHA-256 whose bytes the platform gives out to nobody. */
export async function importHmacKey(raw: Bytes): Promise<CryptoKey> {
  return importHmac(raw, 'SHA-256');
}

/** The HMAC under a handle. */
export async function hmacWith(keyHandle: CryptoKey, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle().sign('HMAC', keyHandle, message));
}

async function importHmac(raw: Bytes, hash: 'SHA-256' | 'SHA-512'): Promise<CryptoKey> {
  return subtle().importKey('raw', raw, { name: 'HMAC', hash }, false, ['sign']);
}
