/** Wrapping and unwrapping the data key on the customer's side: raw AES, raw RSA, KMS (facts, section 15.4). */

import type { Bytes } from '../../bytes/bytes.ts';
import { concat, utf8, zeroize } from '../../bytes/bytes.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { openRsaOaep, sealRsaOaep } from '../../crypto/rsaOaep.ts';
import { EngineError, invariant } from '../../errors.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { type Customer, holdAtClient } from '../customer.ts';
import { encodePseudoKey, parsePseudoKey, SUITE, WRAP_CODES, type WrapCode } from './format.ts';

export type RawKeyring = 'aes' | 'rsa';

/** The wrapped data key and the code that tells how. */
export interface WrappedDataKey {
  readonly encryptedDataKey: Artifact;
  readonly bytes: Bytes;
  readonly wrapCode: WrapCode;
}

/** A data key of the client's own making (F-CSR-002). */
export async function makeDataKey(customer: Customer): Promise<Artifact> {
  customer.recorder.step('client.makeDataKey', 'client');
  const bytes = customer.random.bytes(32);
  const dataKey = await customer.recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdAtClient(customer, dataKey, bytes);
  customer.recorder.emit({
    verb: 'generated',
    place: 'client',
    outputs: [dataKey.id],
    algorithm: '256 random bits',
    facts: ['F-CSR-002'],
  });
  return dataKey;
}

/** Wraps under the customer's AES key or RSA public key (F-CSR-003). */
export async function wrapDataKey(customer: Customer, keyring: RawKeyring, dataKey: Artifact): Promise<WrappedDataKey> {
  customer.recorder.step('client.wrapDataKey', 'client');
  return keyring === 'aes' ? wrapWithAes(customer, dataKey) : wrapWithRsa(customer, dataKey);
}

async function wrapWithAes(customer: Customer, dataKey: Artifact): Promise<WrappedDataKey> {
  const wrappingKey = customer.keyRing.wrappingKey;
  invariant(wrappingKey, 'a client with an AES keyring has a wrapping key');
  const iv = customer.random.bytes(12);
  const sealed = await sealAesGcm({
    cryptoKey: await importAesGcmKey(customer.room.getBytes(wrappingKey)),
    iv,
    aad: utf8(SUITE),
    plaintext: customer.room.getBytes(dataKey.id),
  });
  const bytes = concat(iv, sealed);
  const encryptedDataKey = await customer.recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes,
    isSecret: false,
    fields: [
      { label: 'IV', start: 0, end: 12, factId: 'F-FMT-050' },
      { label: 'encrypted data key', start: 12, end: 44, factId: 'F-FMT-050' },
      { label: 'authentication tag', start: 44, end: 60, factId: 'F-FMT-050' },
    ],
    lock: { keyId: wrappingKey, contents: [dataKey.id], algorithm: 'AES-256-GCM' },
  });
  holdAtClient(customer, encryptedDataKey, bytes);
  customer.recorder.emit({
    verb: 'wrapped',
    place: 'client',
    inputs: [dataKey.id, wrappingKey],
    outputs: [encryptedDataKey.id],
    key: wrappingKey,
    algorithm: 'AES-256-GCM',
    facts: ['F-CSR-003', 'F-FMT-050'],
  });
  return { encryptedDataKey, bytes, wrapCode: WRAP_CODES['AES/GCM'] };
}

async function wrapWithRsa(customer: Customer, dataKey: Artifact): Promise<WrappedDataKey> {
  const rsa = customer.keyRing.rsa;
  invariant(rsa, 'a client with an RSA keyring has a key pair');
  const pseudoKey = encodePseudoKey(customer.room.getBytes(dataKey.id));
  const bytes = await sealRsaOaep({ publicKey: rsa.publicHandle, plaintext: pseudoKey });
  zeroize(pseudoKey);
  const encryptedDataKey = await customer.recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes,
    isSecret: false,
    fields: [{ label: 'RSA-OAEP of length, data key and suite', start: 0, end: bytes.length, factId: 'F-FMT-051' }],
    lock: { keyId: rsa.privateKey, contents: [dataKey.id], algorithm: 'RSA-OAEP-SHA1' },
  });
  holdAtClient(customer, encryptedDataKey, bytes);
  customer.recorder.emit({
    verb: 'wrapped',
    place: 'client',
    inputs: [dataKey.id, rsa.publicKey],
    outputs: [encryptedDataKey.id],
    key: rsa.publicKey,
    algorithm: 'RSA-OAEP-SHA1',
    facts: ['F-CSR-003', 'F-FMT-051'],
  });
  return { encryptedDataKey, bytes, wrapCode: WRAP_CODES['RSA-OAEP-SHA1'] };
}

/**
 * Opens the encrypted data key with a key of the ring. `undefined` when the ring has none that fits, or it does not open
 * (F-ERR-108): one outcome for all causes.
 */
export async function unwrapDataKey(
  customer: Customer,
  encryptedDataKey: Artifact,
  wrapCode: WrapCode,
): Promise<Artifact | undefined> {
  const { keyRing, recorder, room } = customer;
  const keyId = wrapCode === WRAP_CODES['RSA-OAEP-SHA1'] ? keyRing.rsa?.privateKey : keyRing.wrappingKey;
  if (keyId === undefined) return undefined;
  recorder.step('client.unwrapDataKey', 'client');
  const stored = room.getBytes(encryptedDataKey.id);
  const bytes = await open();
  if (!bytes) return undefined;
  const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdAtClient(customer, dataKey, bytes);
  recorder.emit({
    verb: 'unwrapped',
    place: 'client',
    inputs: [encryptedDataKey.id, keyId],
    outputs: [dataKey.id],
    key: keyId,
    algorithm: wrapCode === WRAP_CODES['RSA-OAEP-SHA1'] ? 'RSA-OAEP-SHA1' : 'AES-256-GCM',
    facts: ['F-CSR-012', wrapCode === WRAP_CODES['RSA-OAEP-SHA1'] ? 'F-FMT-051' : 'F-FMT-050'],
  });
  return dataKey;

  async function open(): Promise<Bytes | undefined> {
    invariant(keyId, 'unwrapping needs a key');
    try {
      if (wrapCode !== WRAP_CODES['RSA-OAEP-SHA1']) {
        return await openAesGcm({
          cryptoKey: await importAesGcmKey(room.getBytes(keyId)),
          iv: stored.slice(0, 12),
          aad: utf8(SUITE),
          sealed: stored.slice(12),
        });
      }
      const pseudoKey = await openRsaOaep({ privateKey: room.getKey(keyId), sealed: stored });
      const inner = parsePseudoKey(pseudoKey);
      zeroize(pseudoKey);
      return inner;
    } catch (thrown) {
      if (thrown instanceof EngineError && thrown.code === 'decryption-failed') return undefined;
      throw thrown;
    }
  }
}
