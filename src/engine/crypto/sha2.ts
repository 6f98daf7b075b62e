import type { Bytes } from '../bytes/bytes.ts';
import { subtle } from './subtle.ts';

/** SHA-256, 32 bytes (FIPS 180-4). */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle().digest('SHA-256', bytes));
}

/** SHA-512, 64 bytes (FIPS 180-4). */
export async function sha512(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle().digest('SHA-512', bytes));
}
