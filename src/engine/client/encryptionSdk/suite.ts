/** The AWS Encryption SDK's algorithm suite with key commitment and without signature (its specification: algorithm-suites.md). */

import { type Bytes, concat, uint16, utf8 } from '../../bytes/bytes.ts';
import { hkdf } from '../../crypto/hkdf.ts';

/** Every size and number of the suite that this engine writes. Lengths in bytes. */
export const SUITE = {
  /** AES-256-GCM, HKDF-SHA-512, key commitment, no signature. */
  id: 0x0478,
  messageIdBytes: 32,
  dataKeyBytes: 32,
  commitmentBytes: 32,
  ivBytes: 12,
  tagBytes: 16,
} as const;

/** What the suite makes of a data key. */
export interface MessageKeys {
  /** 32 secret bytes that seal header and frames. */
  readonly derivedKey: Bytes;
  /** 32 public bytes that stand in the header and fit one data key only. */
  readonly commitment: Bytes;
}

/**
 * Derived key and commitment, by HKDF-SHA-512 with the message id (32 bytes) as salt (key-derivation.md). Not what the
 * S3 Encryption Client derives: other suite number, and its commitment is not derived with the number (F-FMT-071).
 */
export async function deriveMessageKeys(dataKey: Bytes, messageId: Bytes): Promise<MessageKeys> {
  const options = { inputKey: dataKey, salt: messageId };
  const [derivedKey, commitment] = await Promise.all([
    hkdf('SHA-512', { ...options, info: concat(uint16(SUITE.id), utf8('DERIVEKEY')), byteLength: SUITE.dataKeyBytes }),
    hkdf('SHA-512', { ...options, info: utf8('COMMITKEY'), byteLength: SUITE.commitmentBytes }),
  ]);
  return { derivedKey, commitment };
}
