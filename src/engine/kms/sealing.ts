/** Locks bytes under a KMS key and opens them again: AES-256-GCM with a one-time key, or RSA-OAEP. */

import { type Bytes, concat } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { openAesGcm, sealAesGcm } from '../crypto/aesGcm.ts';
import { orDecryptionFailed, subtle } from '../crypto/subtle.ts';
import { EngineError, invariant } from '../errors.ts';
import type { Artifact, ArtifactId, ArtifactKind } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import type { EncryptionContext } from './api.ts';
import { type Blob, blobFields, encodeBlob, encodeBlobHeader, IV_BYTES, NONCE_BYTES } from './blob.ts';
import { encodeEncryptionContext } from './encryptionContext.ts';
import { currentOf, type Opening, withBackingKey, withCallKey } from './hsm.ts';
import type { KmsParts } from './parts.ts';
import type { KeyMaterial, KeyRow } from './rows.ts';

const OAEP_HASHES: Readonly<Record<string, 'SHA-1' | 'SHA-256'>> = {
  RSAES_OAEP_SHA_1: 'SHA-1',
  RSAES_OAEP_SHA_256: 'SHA-256',
};

/** The plaintext of a call in the memory of KMS, and what shall be said of its lock. */
interface Sealing {
  readonly plaintextId: ArtifactId;
  readonly plaintext: Bytes;
  readonly facts: readonly FactId[];
}

/** The most bytes that OAEP seals: the modulus without two hashes and two bytes (RFC 8017, 7.1.1). */
export function maxOaepBytes(algorithm: string, modulusBits: number): number {
  return modulusBits / 8 - 2 * (OAEP_HASHES[algorithm] === 'SHA-1' ? 20 : 32) - 2;
}

/** A data key in its lock is an encrypted data key; anything else is ciphertext. */
function lockedKind(plaintext: Artifact): { kind: ArtifactKind; name: string; verb: 'wrapped' | 'encrypted' } {
  return plaintext.kind === 'data-key'
    ? { kind: 'encrypted-data-key', name: 'encrypted data key', verb: 'wrapped' }
    : { kind: 'ciphertext-object', name: 'ciphertext blob', verb: 'encrypted' };
}

/** Locks bytes under the current material, with the context as additional authenticated data; the blob is in the HSM. */
export async function seal(
  parts: KmsParts,
  kmsKey: KeyRow,
  context: EncryptionContext,
  { plaintextId, plaintext, facts }: Sealing,
): Promise<Artifact> {
  const { recorder, random, hsm } = parts;
  const material = currentOf(kmsKey);
  const { kind, name, verb } = lockedKind(recorder.get(plaintextId));
  const nonce = random.bytes(NONCE_BYTES);
  const iv = random.bytes(IV_BYTES);
  const header = { keyId: kmsKey.keyId, keyMaterialId: material.id, nonce };
  return withCallKey(parts, kmsKey, material, nonce, async (callKey, cryptoKey) => {
    const aad = concat(encodeEncryptionContext(context), encodeBlobHeader(header));
    const blob = encodeBlob({ ...header, iv, sealed: await sealAesGcm({ cryptoKey, iv, aad, plaintext }) });
    const artifact = await recorder.identify({
      kind,
      name,
      bytes: blob,
      isSecret: false,
      fields: blobFields(blob, kind === 'encrypted-data-key' ? 'data key' : 'plaintext'),
      lock: { keyId: callKey.id, contents: [plaintextId], algorithm: 'AES-256-GCM' },
    });
    hsm.hold(artifact.id, blob);
    recorder.emit({
      verb,
      place: 'kms.hsm',
      inputs: [plaintextId, callKey.id],
      outputs: [artifact.id],
      key: callKey.id,
      algorithm: 'AES-256-GCM',
      facts: [...facts, 'F-KMS-007', 'F-SIM-007', 'F-SIM-009'],
    });
    return artifact;
  });
}

/** What is in a blob that arrived, in the HSM now; `undefined` when blob and context do not verify. */
export async function open(
  parts: KmsParts,
  kmsKey: KeyRow,
  context: EncryptionContext,
  blobId: ArtifactId,
  blob: Blob,
): Promise<Artifact | undefined> {
  const material = kmsKey.materials.find(({ id }) => id === blob.keyMaterialId);
  if (!material) return undefined;
  return orUndefined(() =>
    withCallKey(parts, kmsKey, material, blob.nonce, async (callKey, cryptoKey) => {
      const aad = concat(encodeEncryptionContext(context), encodeBlobHeader(blob));
      const bytes = await openAesGcm({ cryptoKey, iv: blob.iv, aad, sealed: blob.sealed });
      return tellOpened(parts, blobId, callKey, bytes, 'AES-256-GCM', [
        'F-KSM-013',
        'F-KMS-007',
        'F-KSM-074',
        'F-SIM-009',
      ]);
    }),
  );
}

/** Locks bytes to the public half of an RSA key. */
export async function sealToRsa(
  parts: KmsParts,
  kmsKey: KeyRow,
  algorithm: string,
  { plaintextId, plaintext, facts }: Sealing,
): Promise<Artifact> {
  const { recorder, hsm } = parts;
  const material = currentOf(kmsKey);
  const hash = OAEP_HASHES[algorithm];
  const spki = parseBase64(material.publicKey ?? '');
  invariant(hash && spki, 'an RSA key has a public half');
  const { kind, name, verb } = lockedKind(recorder.get(plaintextId));
  return withBackingKey(parts, kmsKey, material, oaepOpening(hash), async backingKey => {
    const publicKey = await subtle().importKey('spki', spki, { name: 'RSA-OAEP', hash }, false, ['encrypt']);
    const sealed = new Uint8Array(await subtle().encrypt({ name: 'RSA-OAEP' }, publicKey, plaintext));
    const artifact = await recorder.identify({
      kind,
      name,
      bytes: sealed,
      isSecret: false,
      lock: { keyId: backingKey.id, contents: [plaintextId], algorithm },
    });
    hsm.hold(artifact.id, sealed);
    recorder.emit({
      verb,
      place: 'kms.hsm',
      inputs: [plaintextId, backingKey.id],
      outputs: [artifact.id],
      key: backingKey.id,
      algorithm,
      facts,
    });
    return artifact;
  });
}

/** What was locked to an RSA key, in the HSM now; `undefined` when it was not. */
export async function openWithRsa(
  parts: KmsParts,
  kmsKey: KeyRow,
  algorithm: string,
  blobId: ArtifactId,
): Promise<Artifact | undefined> {
  const hash = OAEP_HASHES[algorithm];
  invariant(hash, 'an RSA key opens with OAEP');
  const material: KeyMaterial = currentOf(kmsKey);
  return orUndefined(() =>
    withBackingKey(parts, kmsKey, material, oaepOpening(hash), async (backingKey, privateKey) => {
      const sealed = parts.host.getBytes(blobId);
      const bytes = await orDecryptionFailed(
        async () => new Uint8Array(await subtle().decrypt({ name: 'RSA-OAEP' }, privateKey, sealed)),
      );
      return tellOpened(parts, blobId, backingKey, bytes, algorithm, ['F-KMS-023']);
    }),
  );
}

async function tellOpened(
  { recorder, hsm }: KmsParts,
  blobId: ArtifactId,
  lockingKey: Artifact,
  bytes: Bytes,
  algorithm: string,
  facts: readonly FactId[],
): Promise<Artifact> {
  const isData = recorder.get(blobId).kind === 'ciphertext-object';
  const opened = await recorder.identify({
    kind: isData ? 'plaintext-object' : 'data-key',
    name: isData ? 'plaintext' : 'data key',
    bytes,
    isSecret: true,
  });
  hsm.hold(opened.id, bytes);
  recorder.emit({
    verb: opened.kind === 'data-key' ? 'unwrapped' : 'decrypted',
    place: 'kms.hsm',
    inputs: [blobId, lockingKey.id],
    outputs: [opened.id],
    key: lockingKey.id,
    algorithm,
    facts,
  });
  return opened;
}

function oaepOpening(hash: 'SHA-1' | 'SHA-256'): Opening {
  return { format: 'pkcs8', algorithm: { name: 'RSA-OAEP', hash }, usages: ['decrypt'] };
}

async function orUndefined<T>(opening: () => Promise<T>): Promise<T | undefined> {
  try {
    return await opening();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'decryption-failed') return undefined;
    throw error;
  }
}
