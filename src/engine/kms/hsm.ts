/** What happens inside the hardware security module: the domain key, and opening key material for one call. */

import { type Bytes, concat, utf8, zeroize } from '../bytes/bytes.ts';
import { importAesGcmKey, sealAesGcm } from '../crypto/aesGcm.ts';
import { deriveCallKey } from '../crypto/counterKdf.ts';
import { subtle } from '../crypto/subtle.ts';
import { invariant } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { IV_BYTES } from './blob.ts';
import type { KmsOptions, KmsParts } from './parts.ts';
import type { KeyMaterial, KeyRow } from './rows.ts';

const KEY_BYTES = 32;
const TAG_BITS = 128;

/** Puts the domain key into the HSM as a handle that gives no bytes out (F-KMS-001). */
export async function installDomainKey({ random, recorder, hsm, region, domainKey }: KmsOptions): Promise<ArtifactId> {
  const raw = domainKey ?? random.bytes(KEY_BYTES);
  const cryptoKey = await importAesGcmKey(raw);
  zeroize(raw);
  const artifact = await recorder.identify({
    kind: 'domain-key',
    name: 'domain key',
    bytes: { handle: `kms-domain-${region}`, byteLength: KEY_BYTES },
    isSecret: true,
  });
  hsm.hold(artifact.id, cryptoKey);
  return artifact.id;
}

/** The platform's name of what a backing key is opened as, and what it may then do. */
export interface Opening {
  readonly format: 'raw' | 'pkcs8';
  readonly algorithm: AlgorithmIdentifier | HmacImportParams | RsaHashedImportParams | EcKeyImportParams;
  readonly usages: KeyUsage[];
}
type KeyUsage = 'sign' | 'decrypt' | 'unwrapKey';

/** A backing key from which one-time keys are derived. */
const DERIVING: Opening = { format: 'raw', algorithm: { name: 'HMAC', hash: 'SHA-256' }, usages: ['sign'] };

/** The version of the material that encrypts now. @throws EngineError `invariant` for a key without any. */
export function currentOf(kmsKey: KeyRow): KeyMaterial {
  const material = kmsKey.materials.at(-1);
  invariant(material, 'a key that may be used has material');
  return material;
}

/**
 * Opens a backing key inside the HSM, lets `use` work with it, and discards it, also when `use` throws.
 */
export async function withBackingKey<T>(
  parts: KmsParts,
  kmsKey: KeyRow,
  material: KeyMaterial,
  opening: Opening,
  use: (backingKey: Artifact, cryptoKey: CryptoKey) => Promise<T>,
): Promise<T> {
  const { recorder, hsm } = parts;
  const backingKey = await openBackingKey(parts, kmsKey, material, opening);
  try {
    return await use(backingKey, hsm.getKey(backingKey.id));
  } finally {
    discard(recorder, hsm, [backingKey.id], ['F-KMS-004']);
  }
}

/**
 * Opens the backing key, derives the one-time key for this call from it and a nonce, lets `use` work with that, and
 * discards both, also when `use` throws (F-KMS-004, F-KMS-008).
 */
export async function withCallKey<T>(
  parts: KmsParts,
  kmsKey: KeyRow,
  material: KeyMaterial,
  nonce: Bytes,
  use: (callKey: Artifact, cryptoKey: CryptoKey) => Promise<T>,
): Promise<T> {
  const { recorder, hsm } = parts;
  const backingKey = await openBackingKey(parts, kmsKey, material, DERIVING);
  const bytes = await deriveCallKey(hsm.getKey(backingKey.id), nonce);
  const callKey = await recorder.identify({
    kind: 'derived-key',
    name: 'one-time key',
    bytes,
    isSecret: true,
    letter: `${backingKey.letter}′`,
    derivedFrom: [backingKey.id],
  });
  hsm.hold(callKey.id, bytes);
  recorder.emit({
    verb: 'derived',
    place: 'kms.hsm',
    inputs: [backingKey.id],
    outputs: [callKey.id],
    key: backingKey.id,
    algorithm: 'SP 800-108 HMAC-SHA-256',
    facts: ['F-KMS-004', 'F-KMS-006', 'F-SIM-008'],
  });
  try {
    return await use(callKey, await importAesGcmKey(bytes));
  } finally {
    discard(recorder, hsm, [callKey.id, backingKey.id], ['F-KMS-004']);
  }
}

/** Unwraps the exported token into a handle whose bytes even this page cannot read. */
async function openBackingKey(
  { recorder, host, hsm, domainKeyId }: KmsParts,
  kmsKey: KeyRow,
  { id, tokenId, backingKeyId }: KeyMaterial,
  { format, algorithm, usages }: Opening,
): Promise<Artifact> {
  const token = host.getBytes(tokenId);
  const cryptoKey = await subtle().unwrapKey(
    format,
    token.slice(IV_BYTES),
    hsm.getKey(domainKeyId),
    {
      name: 'AES-GCM',
      iv: token.slice(0, IV_BYTES),
      additionalData: tokenAad(kmsKey.arn, id),
      tagLength: TAG_BITS,
    },
    algorithm,
    false,
    usages,
  );
  hsm.hold(backingKeyId, cryptoKey);
  recorder.emit({
    verb: 'unwrapped',
    place: 'kms.hsm',
    inputs: [tokenId, domainKeyId],
    outputs: [backingKeyId],
    key: domainKeyId,
    algorithm: 'AES-256-GCM',
    facts: ['F-KMS-001', 'F-KMS-002', 'F-KMS-008'],
  });
  return recorder.get(backingKeyId);
}

/** Seals raw material under the domain key. */
export async function sealToken(
  { hsm }: KmsOptions,
  domainKeyId: ArtifactId,
  keyArn: string,
  materialId: string,
  iv: Bytes,
  raw: Bytes,
): Promise<Bytes> {
  const aad = tokenAad(keyArn, materialId);
  return concat(iv, await sealAesGcm({ cryptoKey: hsm.getKey(domainKeyId), iv, aad, plaintext: raw }));
}

/** Seals a private key under the domain key; its bytes never appear outside the platform. */
export async function sealPrivateKey(
  { hsm }: KmsOptions,
  domainKeyId: ArtifactId,
  keyArn: string,
  materialId: string,
  iv: Bytes,
  privateKey: CryptoKey,
): Promise<Bytes> {
  const parameters = { name: 'AES-GCM', iv, additionalData: tokenAad(keyArn, materialId), tagLength: TAG_BITS };
  return concat(iv, new Uint8Array(await subtle().wrapKey('pkcs8', privateKey, hsm.getKey(domainKeyId), parameters)));
}

/** A token counts only for its own key and version. */
function tokenAad(keyArn: string, materialId: string): Bytes {
  return utf8(`${keyArn} ${materialId}`);
}
