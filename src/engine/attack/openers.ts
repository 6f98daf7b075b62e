/** Locks as whoever finds them meets them: bytes, and a value that may be their key. */
import { type Bytes, equalBytes, utf8, zeroize } from '../bytes/bytes.ts';
import { COMMITTED_IV, COMMITTING_GCM, GCM, SUITE_ID } from '../client/s3EncryptionClient/suites.ts';
import { importAesGcmKey, openAesGcm } from '../crypto/aesGcm.ts';
import { deriveCommitment, deriveContentKey } from '../crypto/commitment.ts';
import { openObject } from '../crypto/objectCipher.ts';
import { EngineError } from '../errors.ts';
import { bodyOf } from '../http/message.ts';
import { parseRequestHead, parseResponseHead } from '../wire/head.ts';
import { readMessage } from '../wire/messageReader.ts';
import { deriveTrafficKey, openRecords } from '../wire/records.ts';
import type { Message } from '../wire/unpack.ts';

/** Bytes of every key that could open anything here. */
export const KEY_BYTES = 32;
const IV_BYTES = 12;

/** What stands beside a client's ciphertext, as far as it is held. */
export interface Companions {
  readonly ivs: readonly Bytes[];
  readonly messageIds: readonly (readonly [id: string, bytes: Bytes])[];
  readonly commitments: readonly Bytes[];
}

export interface OpenedContent {
  readonly bytes: Bytes;
  /** The key that was derived on the way, and from which message id. */
  readonly derived?: { readonly bytes: Bytes; readonly messageId: string };
  readonly facts: readonly string[];
}

/** An object as S3 keeps it, or as an encryption client has sent it, under a key that may be right. */
export async function openContent(
  sealed: Bytes,
  keyBytes: Bytes,
  { ivs, messageIds, commitments }: Companions,
): Promise<OpenedContent | undefined> {
  const cryptoKey = await importAesGcmKey(keyBytes);
  const atRest = await orUndefined(() => openObject({ cryptoKey, sealed }));
  if (atRest) return { bytes: atRest, facts: ['F-SIM-001'] };
  for (const [messageId, idBytes] of messageIds) {
    const commitment = await deriveCommitment(keyBytes, idBytes);
    if (!commitments.some(stored => equalBytes(stored, commitment))) continue;
    const derived = await deriveContentKey(keyBytes, idBytes);
    const contentKey = await importAesGcmKey(derived);
    const bytes = await orUndefined(() =>
      openAesGcm({ cryptoKey: contentKey, iv: COMMITTED_IV, aad: SUITE_ID, sealed }),
    );
    if (bytes) return { bytes, derived: { bytes: derived, messageId }, facts: ['F-FMT-072', 'F-CSR-014'] };
    zeroize(derived);
  }
  for (const iv of ivs) {
    const bytes = await orUndefined(() => openAesGcm({ cryptoKey, iv, sealed }));
    if (bytes) return { bytes, facts: ['F-FMT-065', 'F-CSR-014'] };
  }
  return undefined;
}

/** Where the IV stands in a wrapped data key, and what is bound to it: under S3's keys, and under a client's AES key. */
const WRAPS: readonly { readonly ivAt: number; readonly aad?: Bytes; readonly facts: readonly string[] }[] = [
  { ivAt: 1, facts: ['F-SIM-003'] },
  { ivAt: 0, facts: ['F-SIM-010'] },
  { ivAt: 0, aad: utf8(COMMITTING_GCM.name), facts: ['F-CSR-012'] },
  { ivAt: 0, aad: utf8(GCM.name), facts: ['F-CSR-012'] },
];

/** A data key out of an encrypted data key, under a key that may be right. */
export async function openDataKey(
  wrapped: Bytes,
  keyBytes: Bytes,
): Promise<{ readonly bytes: Bytes; readonly facts: readonly string[] } | undefined> {
  const cryptoKey = await importAesGcmKey(keyBytes);
  for (const { ivAt, aad, facts } of WRAPS) {
    const iv = wrapped.slice(ivAt, ivAt + IV_BYTES);
    const sealed = wrapped.slice(ivAt + IV_BYTES);
    if (iv.length < IV_BYTES) continue;
    const bytes = await orUndefined(() => openAesGcm({ cryptoKey, iv, aad, sealed }));
    if (bytes?.length === KEY_BYTES) return { bytes, facts };
    if (bytes) zeroize(bytes);
  }
  return undefined;
}

/** A recorded message in its two forms: as it is parsed, and its body in one buffer. */
export interface OpenedTraffic {
  readonly message: Message;
  readonly body: Bytes;
}

/** Recorded traffic under a value that may be its session key; either direction. */
export async function openTraffic(records: Bytes, keyBytes: Bytes): Promise<OpenedTraffic | undefined> {
  for (const direction of ['request', 'response'] as const) {
    const traffic = await deriveTrafficKey(keyBytes, direction);
    const content = await orUndefined(() => openRecords(traffic, records));
    if (content) return direction === 'request' ? read(content, parseRequestHead) : read(content, parseResponseHead);
  }
  return undefined;
}

function read<H extends Pick<Message, 'headers'>>(
  content: Bytes,
  parseHead: (bytes: Uint8Array) => H | undefined,
): OpenedTraffic {
  const reader = readMessage(parseHead, content.length);
  reader.feed(content);
  zeroize(content);
  const { head, body } = reader.finish();
  return { message: { headers: head.headers, body: bodyOf(body) }, body };
}

async function orUndefined<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'decryption-failed') return undefined;
    throw thrown;
  }
}
