/** The S3 Encryption Client's newest format, V3: metadata keys and constants (facts, sections 15.3 to 15.6). */

import type { Bytes } from '../../bytes/bytes.ts';
import { concat, utf8 } from '../../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../../bytes/text.ts';
import { findHeader, type Header } from '../../http/message.ts';

/** Content suite 0x0073: AES-256-GCM, HKDF-SHA-512, key commitment; as decimal text in metadata (F-FMT-013, F-FMT-030). */
export const SUITE = '115';
/** The suite id as two bytes: AAD of the content (F-FMT-073). */
export const SUITE_ID: Bytes = new Uint8Array([0x00, 0x73]);
/** Twelve bytes of ones, not zeros (F-FMT-078); safe since the derived key is fresh for every object (F-FMT-077). */
export const CONTENT_IV: Bytes = new Uint8Array(12).fill(0x01);
export const MESSAGE_ID_BYTES = 28;
export const COMMITMENT_BYTES = 28;

/** How the data key is wrapped (F-FMT-032). */
export const WRAP_CODES = { 'AES/GCM': '02', 'kms+context': '12', 'RSA-OAEP-SHA1': '22' } as const;
export type WrapCode = (typeof WRAP_CODES)[keyof typeof WRAP_CODES];

export interface Envelope {
  readonly wrapCode: WrapCode;
  readonly encryptedDataKey: Bytes;
  /** 28 bytes. */
  readonly messageId: Bytes;
  /** 28 bytes. */
  readonly commitment: Bytes;
  /** `x-amz-t`: KMS encryption context; only with `kms+context`. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

const PREFIX = 'x-amz-meta-';

/** User metadata of an object in V3 (F-FMT-074). */
export function encodeEnvelope(envelope: Envelope): Header[] {
  return [
    [`${PREFIX}x-amz-c`, SUITE],
    [`${PREFIX}x-amz-3`, toBase64(envelope.encryptedDataKey)],
    [`${PREFIX}x-amz-w`, envelope.wrapCode],
    [`${PREFIX}x-amz-d`, toBase64(envelope.commitment)],
    [`${PREFIX}x-amz-i`, toBase64(envelope.messageId)],
    ...(envelope.encryptionContext
      ? ([[`${PREFIX}x-amz-t`, JSON.stringify(envelope.encryptionContext)]] as const)
      : []),
  ];
}

/** Why metadata is not a V3 envelope. */
export type EnvelopeProblem = 'not-encrypted-by-client' | 'tampered-metadata';

/** Reads the envelope back (F-FMT-040). Refuses what is incomplete, mixed or of wrong length (F-ERR-102, F-FMT-080, F-FMT-081). */
export function parseEnvelope(headers: readonly Header[]): { envelope: Envelope } | { problem: EnvelopeProblem } {
  const value = (name: string) => findHeader({ headers }, `${PREFIX}${name}`);
  const [encryptedKey, commitmentText, messageText] = [value('x-amz-3'), value('x-amz-d'), value('x-amz-i')];
  if (encryptedKey === undefined && commitmentText === undefined && messageText === undefined) {
    return { problem: 'not-encrypted-by-client' };
  }
  const encryptedDataKey = parseBase64(encryptedKey ?? '');
  const commitment = parseBase64(commitmentText ?? '');
  const messageId = parseBase64(messageText ?? '');
  const wrapCode = Object.values(WRAP_CODES).find(code => code === value('x-amz-w'));
  const isMixed = value('x-amz-key') !== undefined || value('x-amz-key-v2') !== undefined;
  const isComplete =
    encryptedDataKey?.length && commitment?.length === COMMITMENT_BYTES && messageId?.length === MESSAGE_ID_BYTES;
  if (!isComplete || !wrapCode || isMixed || value('x-amz-c') !== SUITE || messageId.every(byte => byte === 0)) {
    return { problem: 'tampered-metadata' };
  }
  const context = parseContext(value('x-amz-t'));
  if (context === 'malformed') return { problem: 'tampered-metadata' };
  return {
    envelope: { wrapCode, encryptedDataKey, commitment, messageId, ...(context ? { encryptionContext: context } : {}) },
  };
}

function parseContext(text: string | undefined): Record<string, string> | undefined | 'malformed' {
  if (text === undefined) return undefined;
  try {
    const pairs: unknown = JSON.parse(text);
    const isMap = typeof pairs === 'object' && pairs !== null && !Array.isArray(pairs);
    return isMap && Object.values(pairs).every(part => typeof part === 'string')
      ? (pairs as Record<string, string>)
      : 'malformed';
  } catch {
    return 'malformed';
  }
}

/** What RSA wraps: key length, key, content suite as text (F-FMT-051; 36 bytes). */
export function encodePseudoKey(dataKey: Bytes): Bytes {
  return concat(new Uint8Array([dataKey.length]), dataKey, utf8(SUITE));
}

/** The data key in a pseudo-key, or `undefined` when its length or suite is not the expected one (F-FMT-059, F-ERR-109). */
export function parsePseudoKey(bytes: Bytes): Bytes | undefined {
  const isExpected = bytes.length === 36 && bytes[0] === 32 && toBase64(bytes.slice(33)) === toBase64(utf8(SUITE));
  return isExpected ? bytes.slice(1, 33) : undefined;
}
