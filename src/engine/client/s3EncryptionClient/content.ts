/** Content encryption of V3: derive, commit, encrypt; and back (F-FMT-070…075). */

import type { Bytes } from '../../bytes/bytes.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { deriveCommitted } from '../../crypto/commitment.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { type Customer, holdAtClient } from '../customer.ts';
import { CONTENT_IV, MESSAGE_ID_BYTES, SUITE_ID } from './format.ts';

export interface ContentKeys {
  readonly derivedKey: Artifact;
  readonly commitment: Artifact;
  readonly messageId: Artifact;
}

async function derive(customer: Customer, dataKey: Artifact, messageId: Artifact) {
  const { commitment, derivedKey } = await deriveCommitted(
    customer.room.getBytes(dataKey.id),
    customer.room.getBytes(messageId.id),
  );
  const commitmentArtifact = await customer.recorder.identify({
    kind: 'commitment',
    name: 'key commitment',
    bytes: commitment,
    isSecret: false,
    fields: [{ label: 'key commitment', start: 0, end: commitment.length, factId: 'F-FMT-071' }],
  });
  const derivedArtifact = await customer.recorder.identify({
    kind: 'derived-key',
    name: 'derived key',
    bytes: derivedKey,
    isSecret: true,
    letter: `${dataKey.letter ?? ''}′`,
    derivedFrom: [dataKey.id],
  });
  return { commitment, commitmentArtifact, derivedKey, derivedArtifact };
}

/** A fresh message id; from it and the data key, the commitment and the key that encrypts (F-CSR-004). */
export async function deriveForWriting(customer: Customer, dataKey: Artifact): Promise<ContentKeys> {
  const { recorder } = customer;
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
  const derived = await derive(customer, dataKey, messageId);
  holdAtClient(customer, derived.commitmentArtifact, derived.commitment);
  holdAtClient(customer, derived.derivedArtifact, derived.derivedKey);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    outputs: [derived.commitmentArtifact.id, derived.derivedArtifact.id],
    key: dataKey.id,
    algorithm: 'HKDF-SHA-512',
    facts: ['F-FMT-070', 'F-FMT-071', 'F-FMT-072'],
  });
  return { derivedKey: derived.derivedArtifact, commitment: derived.commitmentArtifact, messageId };
}

/**
 * Recomputes the commitment and compares it with the stored one; only then is the derived key kept (F-CSR-013, F-FMT-075).
 * `undefined` on a mismatch.
 */
export async function deriveForReading(
  customer: Customer,
  dataKey: Artifact,
  messageId: Artifact,
  stored: Bytes,
): Promise<Artifact | undefined> {
  const { recorder } = customer;
  recorder.step('client.checkCommitment', 'client');
  const derived = await derive(customer, dataKey, messageId);
  const isEqual = equalBytes(stored, derived.commitment);
  recorder.emit({
    verb: 'compared',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    what: 'commitment',
    left: { label: 'commitment stored with the object', text: toBase64(stored) },
    right: { label: 'commitment of the key just unwrapped', text: toBase64(derived.commitment) },
    isEqual,
    facts: ['F-CSR-013', 'F-FMT-075'],
  });
  if (!isEqual) {
    derived.derivedKey.fill(0);
    return undefined;
  }
  holdAtClient(customer, derived.derivedArtifact, derived.derivedKey);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [dataKey.id, messageId.id],
    outputs: [derived.derivedArtifact.id],
    key: dataKey.id,
    algorithm: 'HKDF-SHA-512',
    facts: ['F-FMT-072'],
  });
  return derived.derivedArtifact;
}

/** The whole object in one AES-256-GCM call, tag appended (F-CSR-005, F-FMT-073). */
export async function encryptContent(customer: Customer, plaintext: Artifact, derivedKey: Artifact): Promise<Artifact> {
  const { recorder, room } = customer;
  recorder.step('client.encrypt', 'client');
  const plain = room.getBytes(plaintext.id);
  await customer.pace?.checkpoint('encrypt', 0, plain.length);
  const bytes = await sealAesGcm({
    cryptoKey: await importAesGcmKey(room.getBytes(derivedKey.id)),
    iv: CONTENT_IV,
    aad: SUITE_ID,
    plaintext: plain,
  });
  const ciphertext = await recorder.identify({
    kind: 'ciphertext-object',
    name: plaintext.name,
    bytes,
    isSecret: false,
    fields: [
      { label: 'ciphertext', start: 0, end: bytes.length - 16, factId: 'F-FMT-073' },
      { label: 'authentication tag', start: bytes.length - 16, end: bytes.length, factId: 'F-CSR-005' },
    ],
    lock: { keyId: derivedKey.id, contents: [plaintext.id], algorithm: 'AES-256-GCM' },
  });
  holdAtClient(customer, ciphertext, bytes);
  recorder.emit({
    verb: 'encrypted',
    place: 'client',
    inputs: [plaintext.id, derivedKey.id],
    outputs: [ciphertext.id],
    key: derivedKey.id,
    algorithm: 'AES-256-GCM',
    facts: ['F-CSR-005', 'F-FMT-073'],
  });
  return ciphertext;
}

/** Opens the object; no plaintext before the tag is verified (F-CSR-014). @throws EngineError `decryption-failed` */
export async function decryptContent(
  customer: Customer,
  ciphertext: Artifact,
  derivedKey: Artifact,
  name: string,
): Promise<Artifact> {
  const { recorder, room } = customer;
  recorder.step('client.decrypt', 'client');
  const sealed = room.getBytes(ciphertext.id);
  await customer.pace?.checkpoint('decrypt', 0, sealed.length);
  const bytes = await openAesGcm({
    cryptoKey: await importAesGcmKey(room.getBytes(derivedKey.id)),
    iv: CONTENT_IV,
    aad: SUITE_ID,
    sealed,
  });
  const plaintext = await recorder.identify({ kind: 'plaintext-object', name, bytes, isSecret: true });
  holdAtClient(customer, plaintext, bytes);
  recorder.emit({
    verb: 'decrypted',
    place: 'client',
    inputs: [ciphertext.id, derivedKey.id],
    outputs: [plaintext.id],
    key: derivedKey.id,
    algorithm: 'AES-256-GCM',
    facts: ['F-CSR-014'],
  });
  return plaintext;
}
