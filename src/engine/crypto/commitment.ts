import { type Bytes, concat, utf8 } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { hkdf } from './hkdf.ts';

/** Number of the V3 algorithm suite, 115, as two bytes (F-FMT-071). */
export const SUITE_ID: Bytes = new Uint8Array([0x00, 0x73]);
const MESSAGE_ID_BYTES = 28;
const COMMITMENT_BYTES = 28;
const DERIVED_KEY_BYTES = 32;

/** What the V3 format makes of a data key. */
export interface Committed {
  /** 28 public bytes that fit one data key only (F-FMT-071). */
  readonly commitment: Bytes;
  /** 32 secret bytes that seal the object (F-FMT-072). */
  readonly derivedKey: Bytes;
}

/** Key commitment and derived key of a data key (32 bytes) and a message id (28 bytes), by HKDF-SHA-512 (F-FMT-070…072). */
export async function deriveCommitted(dataKey: Bytes, messageId: Bytes): Promise<Committed> {
  const [commitment, derivedKey] = await Promise.all([
    deriveCommitment(dataKey, messageId),
    deriveContentKey(dataKey, messageId),
  ]);
  return { commitment, derivedKey };
}

/** The commitment alone: a reader compares it before there is any key that could open something (F-CSR-013, F-FMT-071). */
export async function deriveCommitment(dataKey: Bytes, messageId: Bytes): Promise<Bytes> {
  return derive(dataKey, messageId, 'COMMITKEY', COMMITMENT_BYTES);
}

/** The key that seals the object, 32 secret bytes (F-FMT-072). */
export async function deriveContentKey(dataKey: Bytes, messageId: Bytes): Promise<Bytes> {
  return derive(dataKey, messageId, 'DERIVEKEY', DERIVED_KEY_BYTES);
}

async function derive(dataKey: Bytes, messageId: Bytes, purpose: string, byteLength: number): Promise<Bytes> {
  invariant(messageId.length === MESSAGE_ID_BYTES, 'a message id has 28 bytes');
  return hkdf('SHA-512', { inputKey: dataKey, salt: messageId, info: concat(SUITE_ID, utf8(purpose)), byteLength });
}
