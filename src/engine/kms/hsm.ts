/** What happens inside the hardware security module: making key material, and opening it for one call. */

import type { Bytes } from '../bytes/bytes.ts';
import { concat, utf8, zeroize } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { importAesGcmKey, sealAesGcm } from '../crypto/aesGcm.ts';
import { deriveCallKey } from '../crypto/counterKdf.ts';
import { subtle } from '../crypto/subtle.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { IV_BYTES } from './blob.ts';
import type { KeyMaterial, KmsKey } from './keyStore.ts';
import type { KmsOptions, KmsParts } from './parts.ts';

const KEY_BYTES = 32;
const TAG_BITS = 128;

/** Makes the domain key and keeps it in the HSM as a handle that gives no bytes out (F-KMS-001). */
export async function installDomainKey({ random, recorder, hsm, region }: KmsOptions): Promise<ArtifactId> {
  const raw = random.bytes(KEY_BYTES);
  const cryptoKey = await importAesGcmKey(raw);
  zeroize(raw);
  const domainKey = await recorder.identify({
    kind: 'domain-key',
    name: 'domain key',
    bytes: { handle: `kms-domain-${region}`, byteLength: KEY_BYTES },
    isSecret: true,
  });
  hsm.hold(domainKey.id, cryptoKey);
  return domainKey.id;
}

/** Makes a backing key and exports it as a token under the domain key; no plaintext copy is left (F-KMS-002). */
export async function makeKeyMaterial(
  options: KmsOptions,
  domainKeyId: ArtifactId,
  keyArn: string,
): Promise<KeyMaterial> {
  const { random, recorder, host, hsm } = options;
  const id = toHex(random.bytes(32));
  const raw = random.bytes(KEY_BYTES);
  const iv = random.bytes(IV_BYTES);
  const domainKey = hsm.getKey(domainKeyId);
  const token = concat(iv, await sealAesGcm({ cryptoKey: domainKey, iv, aad: tokenAad(keyArn, id), plaintext: raw }));
  zeroize(raw);
  const backingKey = await recorder.identify({
    kind: 'backing-key',
    name: 'KMS key',
    bytes: { handle: id, byteLength: KEY_BYTES },
    isSecret: true,
  });
  const exported = await recorder.identify({
    kind: 'exported-key-token',
    name: 'exported key token',
    bytes: token,
    isSecret: false,
    fields: [
      { label: 'IV', start: 0, end: IV_BYTES },
      { label: 'encrypted backing key', start: IV_BYTES, end: IV_BYTES + KEY_BYTES, factId: 'F-KMS-002' },
      { label: 'authentication tag', start: IV_BYTES + KEY_BYTES, end: token.length },
    ],
    lock: { keyId: domainKeyId, contents: [backingKey.id], algorithm: 'AES-256-GCM' },
  });
  host.hold(exported.id, token);
  return { id, tokenId: exported.id, backingKeyId: backingKey.id };
}

/**
 * Opens the backing key, derives the one-time key for this call from it and a nonce, lets `use` work with that, and
 * discards both, also when `use` throws (F-KMS-004, F-KMS-008).
 */
export async function withCallKey<T>(
  parts: KmsParts,
  kmsKey: KmsKey,
  nonce: Bytes,
  use: (callKey: Artifact, cryptoKey: CryptoKey) => Promise<T>,
): Promise<T> {
  const { recorder, hsm } = parts;
  const backingKey = await openBackingKey(parts, kmsKey);
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

/** Unwraps the exported token into an HMAC key whose bytes even this page cannot read. */
async function openBackingKey({ recorder, host, hsm, domainKeyId }: KmsParts, kmsKey: KmsKey): Promise<Artifact> {
  const { id, tokenId, backingKeyId } = kmsKey.material;
  const token = host.getBytes(tokenId);
  const cryptoKey = await subtle().unwrapKey(
    'raw',
    token.slice(IV_BYTES),
    hsm.getKey(domainKeyId),
    {
      name: 'AES-GCM',
      iv: token.slice(0, IV_BYTES),
      additionalData: tokenAad(kmsKey.arn, id),
      tagLength: TAG_BITS,
    },
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
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

/** A token counts only for its own key and version. */
function tokenAad(keyArn: string, materialId: string): Bytes {
  return utf8(`${keyArn} ${materialId}`);
}
