import { type Bytes, concat, uint32, utf8 } from '../bytes/bytes.ts';
import { hmacWith } from './hmac.ts';

const LABEL = utf8('lab-kms');
const SEPARATOR = new Uint8Array(1);

/**
 * The 32 bytes that seal one KMS call: one counter-mode block,
 * HMAC-SHA-256(backing key, `00000001` ‖ "lab-kms" ‖ `00` ‖ nonce ‖ `00000100`). Family F-KMS-006, layout ours (F-SIM-008).
 * `backingKey` is an HMAC handle; `nonce` as many bytes as the caller stores with the result.
 */
export async function deriveCallKey(backingKey: CryptoKey, nonce: Bytes): Promise<Bytes> {
  return hmacWith(backingKey, concat(uint32(1), LABEL, SEPARATOR, nonce, uint32(256)));
}
