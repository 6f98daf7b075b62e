/** Encrypting and opening the object's bytes, suite by suite (facts, sections 15.5, 15.6 and 15.8). */
import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { importAesCbcKey, openAesCbc } from '../../crypto/aesCbc.ts';
import { importAesCtrKey, openInsideGcm } from '../../crypto/aesCtr.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { deriveCommitment, deriveContentKey } from '../../crypto/commitment.ts';
import { EngineError } from '../../errors.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, holdAtClient } from '../customer.ts';
import { type ClientResult, manipulated } from './failures.ts';
import { COMMITTED_IV, type ContentSuite, GCM, MESSAGE_ID_BYTES, SUITE_ID, TAG_BYTES } from './suites.ts';

/** A key and what goes with it, ready to encrypt or open one object. */
export interface ContentKey {
  readonly keyId: ArtifactId;
  readonly iv: Bytes;
  /** Absent: nothing besides the content is authenticated (F-FMT-065). */
  readonly aad?: Bytes;
}

/** The key that encrypts or opens the content, from now on in the customer's room (F-FMT-072). */
async function holdContentKey(customer: Customer, dataKey: Artifact, messageId: Artifact): Promise<Artifact> {
  const { recorder, room } = customer;
  const bytes = await deriveContentKey(room.getBytes(dataKey.id), room.getBytes(messageId.id));
  const derivedKey = await recorder.identify({
    kind: 'derived-key',
    name: 'derived key',
    bytes,
    isSecret: true,
    letter: `${dataKey.letter ?? ''}′`,
    derivedFrom: [dataKey.id],
  });
  holdAtClient(customer, derivedKey, bytes);
  return derivedKey;
}

/** V3: a fresh message id; from it and the data key, the commitment and the key that encrypts (F-CSR-004, F-FMT-070…072). */
export async function deriveForWriting(
  customer: Customer,
  dataKey: Artifact,
): Promise<{ content: ContentKey; commitment: Artifact; messageId: Artifact }> {
  const { recorder, room } = customer;
  recorder.step('client.deriveKeys', 'client');
  const idBytes = customer.random.bytes(MESSAGE_ID_BYTES);
  const messageId = await recorder.identify({
    kind: 'message-id',
    name: 'message id',
    bytes: idBytes,
    isSecret: false,
    fields: [{ label: 'message id', start: 0, end: MESSAGE_ID_BYTES, factId: 'F-FMT-034' }],
  });
  holdAtClient(customer, messageId, idBytes);
  recorder.emit({ verb: 'generated', place: 'client', outputs: [messageId.id], facts: ['F-CSR-004'] });
  const bytes = await deriveCommitment(room.getBytes(dataKey.id), idBytes);
  const commitment = await recorder.identify({
    kind: 'commitment',
    name: 'key commitment',
    bytes,
    isSecret: false,
    fields: [{ label: 'key commitment', start: 0, end: bytes.length, factId: 'F-FMT-071' }],
  });
  holdAtClient(customer, commitment, bytes);
  const derivedKey = await holdContentKey(customer, dataKey, messageId);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    outputs: [commitment.id, derivedKey.id],
    key: dataKey.id,
    algorithm: 'HKDF-SHA-512',
    facts: ['F-FMT-070', 'F-FMT-071', 'F-FMT-072'],
  });
  return { content: committed(derivedKey.id), commitment, messageId };
}

function committed(keyId: ArtifactId): ContentKey {
  return { keyId, iv: COMMITTED_IV, aad: SUITE_ID };
}

/** V2: the data key itself encrypts, with a random IV (F-CSR-004, F-FMT-065). */
export async function drawIv(customer: Customer, dataKey: Artifact): Promise<{ content: ContentKey; iv: Artifact }> {
  customer.recorder.step('client.encrypt', 'client');
  const bytes = customer.random.bytes(GCM.ivBytes);
  const iv = await identifyIv(customer, bytes);
  holdAtClient(customer, iv, bytes);
  customer.recorder.emit({ verb: 'generated', place: 'client', outputs: [iv.id], facts: ['F-CSR-004', 'F-FMT-065'] });
  return { content: { keyId: dataKey.id, iv: bytes.slice() }, iv };
}

/** The IV that stands in the envelope: public. */
export async function identifyIv(customer: Customer, bytes: Bytes): Promise<Artifact> {
  return customer.recorder.identify({
    kind: 'nonce',
    name: 'IV',
    bytes,
    isSecret: false,
    fields: [{ label: 'IV', start: 0, end: bytes.length, factId: 'F-FMT-023' }],
  });
}

/**
 * Recomputes the commitment and compares it with the stored one in constant time; only when they agree is the key derived that
 * opens the content (F-CSR-013, F-FMT-075).
 */
export async function deriveForReading(
  customer: Customer,
  dataKey: Artifact,
  messageId: Artifact,
  stored: Bytes,
): Promise<ClientResult<ContentKey>> {
  const { recorder, room } = customer;
  recorder.step('client.checkCommitment', 'client');
  const commitment = await deriveCommitment(room.getBytes(dataKey.id), room.getBytes(messageId.id));
  const isEqual = equalBytes(stored, commitment);
  recorder.emit({
    verb: 'compared',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    what: 'commitment',
    left: { label: 'commitment stored with the object', text: toBase64(stored) },
    right: { label: 'commitment of the key just unwrapped', text: toBase64(commitment) },
    isEqual,
    facts: ['F-CSR-013', 'F-FMT-075'],
  });
  if (!isEqual) return manipulated('KeyCommitmentMismatch');
  const derivedKey = await holdContentKey(customer, dataKey, messageId);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    outputs: [derivedKey.id],
    key: dataKey.id,
    algorithm: 'HKDF-SHA-512',
    facts: ['F-FMT-072'],
  });
  return { ok: committed(derivedKey.id) };
}

/** The whole object in one AES-256-GCM call, tag appended (F-CSR-005, F-FMT-065, F-FMT-073). */
export async function encryptContent(customer: Customer, plaintext: Artifact, key: ContentKey): Promise<Artifact> {
  const { recorder, room } = customer;
  recorder.step('client.encrypt', 'client');
  const plain = room.getBytes(plaintext.id);
  await customer.pace?.checkpoint('encrypt', 0, plain.length);
  const bytes = await sealAesGcm({
    cryptoKey: await importAesGcmKey(room.getBytes(key.keyId)),
    iv: key.iv,
    aad: key.aad,
    plaintext: plain,
  });
  const fact = key.aad ? 'F-FMT-073' : 'F-FMT-065';
  const ciphertext = await recorder.identify({
    kind: 'ciphertext-object',
    name: plaintext.name,
    bytes,
    isSecret: false,
    fields: [
      { label: 'ciphertext', start: 0, end: bytes.length - TAG_BYTES, factId: fact },
      { label: 'authentication tag', start: bytes.length - TAG_BYTES, end: bytes.length, factId: 'F-CSR-005' },
    ],
    lock: { keyId: key.keyId, contents: [plaintext.id], algorithm: 'AES-256-GCM' },
  });
  holdAtClient(customer, ciphertext, bytes);
  recorder.emit({
    verb: 'encrypted',
    place: 'client',
    inputs: [plaintext.id, key.keyId],
    outputs: [ciphertext.id],
    key: key.keyId,
    algorithm: 'AES-256-GCM',
    facts: ['F-CSR-005', fact],
  });
  return ciphertext;
}

/**
 * Opens the whole object. Under GCM there is no plaintext before the tag is verified (F-CSR-014); of the CBC of old objects nothing is
 * authenticated (F-FMT-010).
 */
export async function decryptContent(
  customer: Customer,
  ciphertext: Artifact,
  key: ContentKey,
  objectName: string,
  suite: ContentSuite,
): Promise<ClientResult<Artifact>> {
  const { recorder, room } = customer;
  recorder.step('client.decrypt', 'client');
  const sealed = room.getBytes(ciphertext.id);
  const raw = room.getBytes(key.keyId);
  const { iv, aad } = key;
  await customer.pace?.checkpoint('decrypt', 0, sealed.length);
  const bytes = await orUndefined(async () =>
    suite.isAuthenticated
      ? openAesGcm({ cryptoKey: await importAesGcmKey(raw), iv, aad, sealed })
      : openAesCbc({ cryptoKey: await importAesCbcKey(raw), iv, sealed }),
  );
  if (!bytes) return manipulated(suite.isAuthenticated ? 'AuthenticationTagMismatch' : 'PaddingMismatch');
  const [algorithm, fact] = suite.isAuthenticated ? ['AES-256-GCM', 'F-CSR-014'] : ['AES-256-CBC', 'F-FMT-010'];
  return { ok: await tellDecrypted(customer, { ciphertext, key, objectName, bytes, algorithm, facts: [fact] }) };
}

/** Bytes of a plaintext, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Whole numbers, in order, of which no sum with a block loses a digit. */
export function isRange({ first, last }: ByteRange): boolean {
  return Number.isSafeInteger(first) && first >= 0 && first <= last && Number.isSafeInteger(last + 64);
}

/** Which bytes of the ciphertext a range of the plaintext needs (F-FMT-093). */
export function widenRange({ first, last }: ByteRange): ByteRange {
  return { first: Math.max(0, first - (first % 16) - 16), last: last + (16 - (last % 16)) + 16 };
}

/**
 * Opens a part of the object as the counter mode inside GCM (F-FMT-092…096). Nothing tells whether it was changed.
 * @param part `offset` of the ciphertext at hand, and `total` bytes of the whole, tag included
 */
export async function decryptRange(
  customer: Customer,
  ciphertext: Artifact,
  key: ContentKey,
  objectName: string,
  range: ByteRange,
  part: { readonly offset: number; readonly total: number },
): Promise<Artifact> {
  const { recorder, room } = customer;
  recorder.step('client.decryptRange', 'client');
  const plainBytes = part.total - TAG_BYTES;
  // What reaches into the tag is cut off (F-FMT-096).
  const sealed = room.getBytes(ciphertext.id).slice(0, Math.max(0, plainBytes - part.offset));
  const opened = await openInsideGcm({
    cryptoKey: await importAesCtrKey(room.getBytes(key.keyId)),
    iv: key.iv,
    offset: part.offset,
    sealed,
  });
  const bytes = opened.slice(range.first - part.offset, range.last + 1 - part.offset);
  opened.fill(0);
  const facts = ['F-FMT-092', 'F-FMT-094'];
  return tellDecrypted(customer, { ciphertext, key, objectName, bytes, algorithm: 'AES-256-CTR', facts });
}

async function tellDecrypted(
  customer: Customer,
  {
    ciphertext,
    key,
    objectName,
    bytes,
    algorithm,
    facts,
  }: {
    readonly ciphertext: Artifact;
    readonly key: ContentKey;
    readonly objectName: string;
    readonly bytes: Bytes;
    readonly algorithm: string;
    readonly facts: readonly string[];
  },
): Promise<Artifact> {
  const plaintext = await customer.recorder.identify({
    kind: 'plaintext-object',
    name: objectName,
    bytes,
    isSecret: true,
  });
  holdAtClient(customer, plaintext, bytes);
  customer.recorder.emit({
    verb: 'decrypted',
    place: 'client',
    inputs: [ciphertext.id, key.keyId],
    outputs: [plaintext.id],
    key: key.keyId,
    algorithm,
    facts,
  });
  return plaintext;
}

async function orUndefined(open: () => Promise<Bytes>): Promise<Bytes | undefined> {
  try {
    return await open();
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'decryption-failed') return undefined;
    throw thrown;
  }
}
