import type { Bytes } from '../bytes/bytes.ts';
import { subtle } from './subtle.ts';

/** Extract and expand (RFC 5869): `byteLength` bytes that only who knows `inputKey` can compute. Empty salt and info are allowed. */
export async function hkdf(
  hash: 'SHA-256' | 'SHA-512',
  options: { readonly inputKey: Bytes; readonly salt: Bytes; readonly info: Bytes; readonly byteLength: number },
): Promise<Bytes> {
  const { salt, info } = options;
  const handle = await subtle().importKey('raw', options.inputKey, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await subtle().deriveBits({ name: 'HKDF', hash, salt, info }, handle, 8 * options.byteLength));
}
