/** What all modes share: making, wrapping and unwrapping data keys in S3, and putting them to use. */
import type { Bytes } from '../bytes/bytes.ts';
import { concat } from '../bytes/bytes.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../crypto/aesGcm.ts';
import { openObject, sealedFields, sealObject } from '../crypto/objectCipher.ts';
import { EngineError } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { StepName } from '../trace/step.ts';
import { holdInMemory, type S3Parts } from './context.ts';

const IV_BYTES = 12;

/** A data key of S3's own making: 32 random bytes (F-S3M-004, F-SIM-002; layer 2 of DSSE-KMS: F-DSS-004, F-SIM-013). */
export async function makeDataKey(s3: S3Parts, step: StepName, facts: readonly string[]): Promise<Artifact> {
  s3.recorder.step(step, 's3');
  const bytes = s3.random.bytes(32);
  const dataKey = await s3.recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdInMemory(s3, dataKey, bytes);
  s3.recorder.emit({
    verb: 'generated',
    place: 's3.memory',
    outputs: [dataKey.id],
    algorithm: '256 random bits',
    facts,
  });
  return dataKey;
}

/** Encrypts bytes in S3's memory under a key that is there too. */
export async function encryptUnder(
  s3: S3Parts,
  step: StepName,
  subject: {
    input: Artifact;
    keyId: ArtifactId;
    name: string;
    facts: readonly string[];
    kind?: 'ciphertext-object' | 'encrypted-checksum';
  },
): Promise<Artifact> {
  s3.recorder.step(step, 's3');
  const cryptoKey = await importAesGcmKey(s3.memory.getBytes(subject.keyId));
  const sealed = await sealObject({
    cryptoKey,
    random: s3.random,
    plaintext: s3.memory.getBytes(subject.input.id),
    ...(s3.pace ? { pace: s3.pace } : {}),
  });
  const ciphertext = await s3.recorder.identify({
    kind: subject.kind ?? 'ciphertext-object',
    name: subject.name,
    bytes: sealed,
    isSecret: false,
    fields: sealedFields(sealed),
    lock: { keyId: subject.keyId, contents: [subject.input.id], algorithm: 'AES-256-GCM' },
  });
  holdInMemory(s3, ciphertext, sealed);
  s3.recorder.emit({
    verb: 'encrypted',
    place: 's3.memory',
    inputs: [subject.input.id, subject.keyId],
    outputs: [ciphertext.id],
    key: subject.keyId,
    algorithm: 'AES-256-GCM',
    facts: [...subject.facts, ...atRestModel(sealed)],
  });
  return ciphertext;
}

/** Opens a stored ciphertext in S3's memory. @throws EngineError `decryption-failed` */
export async function decryptUnder(
  s3: S3Parts,
  step: StepName,
  subject: {
    ciphertext: Artifact;
    keyId: ArtifactId;
    kind: 'plaintext-object' | 'ciphertext-object' | 'checksum';
    name: string;
    facts: readonly string[];
  },
): Promise<Artifact> {
  s3.recorder.step(step, 's3');
  const cryptoKey = await importAesGcmKey(s3.memory.getBytes(subject.keyId));
  const sealed = s3.memory.getBytes(subject.ciphertext.id);
  const opened = await openOrTell(s3, [subject.ciphertext.id, subject.keyId], () =>
    openObject({ cryptoKey, sealed, ...(s3.pace ? { pace: s3.pace } : {}) }),
  );
  const content = await s3.recorder.identify({
    kind: subject.kind,
    name: subject.name,
    bytes: opened,
    isSecret: subject.kind === 'plaintext-object',
  });
  holdOpened(s3, content, opened);
  s3.recorder.emit({
    verb: 'decrypted',
    place: 's3.memory',
    inputs: [subject.ciphertext.id, subject.keyId],
    outputs: [content.id],
    key: subject.keyId,
    algorithm: 'AES-256-GCM',
    facts: [...subject.facts, ...atRestModel(sealed)],
  });
  return content;
}

/** Opens something; when its tag does not fit, the trace says so where it happens. @throws EngineError `decryption-failed` */
async function openOrTell(s3: S3Parts, inputs: readonly ArtifactId[], open: () => Promise<Bytes>): Promise<Bytes> {
  try {
    return await open();
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'decryption-failed') {
      const message = 'The authentication tag does not fit: nothing of it is given out.';
      s3.recorder.emit({
        verb: 'failed',
        place: 's3.memory',
        inputs,
        code: 'AuthenticationTagMismatch',
        message,
        facts: ['F-ALG-001'],
      });
    }
    throw thrown;
  }
}

/** Holds what was opened; a buffer that held the same artifact before is overwritten, not forgotten. */
function holdOpened(s3: S3Parts, artifact: Artifact, bytes: Bytes): void {
  if (s3.memory.has(artifact.id)) s3.memory.release(artifact.id, artifact.isSecret);
  holdInMemory(s3, artifact, bytes);
}

/** IV and framing are not published (F-ALG-020): which part of our model these bytes show. */
function atRestModel(sealed: Bytes): string[] {
  return sealed[0] === 1 ? ['F-SIM-001', 'F-SIM-004'] : ['F-SIM-001', 'F-SIM-102'];
}

/** Wraps a data key under S3's root key, which stays where S3 keeps it (F-S3M-006, F-SIM-003). */
export async function wrapUnderRoot(
  s3: S3Parts,
  step: StepName,
  dataKeyId: ArtifactId,
  facts: readonly string[],
): Promise<Artifact> {
  s3.recorder.step(step, 's3');
  const iv = s3.random.bytes(IV_BYTES);
  const sealed = await sealAesGcm({
    cryptoKey: s3.keys.getKey(s3.rootKey),
    iv,
    plaintext: s3.memory.getBytes(dataKeyId),
  });
  const bytes = concat(new Uint8Array([1]), iv, sealed);
  const encryptedDataKey = await s3.recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes,
    isSecret: false,
    fields: [
      { label: 'root key version', start: 0, end: 1, factId: 'F-SIM-003' },
      { label: 'IV', start: 1, end: 13, factId: 'F-SIM-003' },
      { label: 'encrypted data key', start: 13, end: 45 },
      { label: 'authentication tag', start: 45, end: 61 },
    ],
    lock: { keyId: s3.rootKey, contents: [dataKeyId], algorithm: 'AES-256-GCM' },
  });
  holdInMemory(s3, encryptedDataKey, bytes);
  s3.recorder.emit({
    verb: 'wrapped',
    place: 's3.memory',
    inputs: [dataKeyId, s3.rootKey],
    outputs: [encryptedDataKey.id],
    key: s3.rootKey,
    algorithm: 'AES-256-GCM',
    facts: [...facts, 'F-SIM-003'],
  });
  return encryptedDataKey;
}

/** Unwraps a stored data key with S3's root key. @throws EngineError `decryption-failed` */
export async function unwrapWithRoot(
  s3: S3Parts,
  step: StepName,
  edkId: ArtifactId,
  facts: readonly string[],
): Promise<Artifact> {
  s3.recorder.step(step, 's3');
  const stored = s3.memory.getBytes(edkId);
  const bytes = await openOrTell(s3, [edkId, s3.rootKey], () =>
    openAesGcm({
      cryptoKey: s3.keys.getKey(s3.rootKey),
      iv: stored.slice(1, 1 + IV_BYTES),
      sealed: stored.slice(1 + IV_BYTES),
    }),
  );
  const dataKey = await s3.recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdOpened(s3, dataKey, bytes);
  s3.recorder.emit({
    verb: 'unwrapped',
    place: 's3.memory',
    inputs: [edkId, s3.rootKey],
    outputs: [dataKey.id],
    key: s3.rootKey,
    algorithm: 'AES-256-GCM',
    facts: [...facts, 'F-SIM-003'],
  });
  return dataKey;
}

/** Wraps an object's data key under the bucket-level key in `s3.keys`: our model of it (F-SIM-010). */
export async function wrapUnderBucketKey(
  s3: S3Parts,
  bucketKeyId: ArtifactId,
  dataKeyId: ArtifactId,
): Promise<Artifact> {
  s3.recorder.step('s3.wrapDataKey', 's3');
  const iv = s3.random.bytes(IV_BYTES);
  const cryptoKey = await importAesGcmKey(s3.keys.getBytes(bucketKeyId));
  const bytes = concat(iv, await sealAesGcm({ cryptoKey, iv, plaintext: s3.memory.getBytes(dataKeyId) }));
  const encryptedDataKey = await s3.recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes,
    isSecret: false,
    fields: [
      { label: 'IV', start: 0, end: 12, factId: 'F-SIM-010' },
      { label: 'encrypted data key', start: 12, end: 44, factId: 'F-SIM-010' },
      { label: 'authentication tag', start: 44, end: 60, factId: 'F-SIM-010' },
    ],
    lock: { keyId: bucketKeyId, contents: [dataKeyId], algorithm: 'AES-256-GCM' },
  });
  holdInMemory(s3, encryptedDataKey, bytes);
  s3.recorder.emit({
    verb: 'wrapped',
    place: 's3.memory',
    inputs: [dataKeyId, bucketKeyId],
    outputs: [encryptedDataKey.id],
    key: bucketKeyId,
    algorithm: 'AES-256-GCM',
    facts: ['F-KSM-021', 'F-KSM-022', 'F-SIM-010'],
  });
  return encryptedDataKey;
}

/** Unwraps an object's data key with the bucket-level key. @throws EngineError `decryption-failed` */
export async function unwrapWithBucketKey(s3: S3Parts, bucketKeyId: ArtifactId, edkId: ArtifactId): Promise<Artifact> {
  s3.recorder.step('s3.unwrapDataKey', 's3');
  const stored = s3.memory.getBytes(edkId);
  const cryptoKey = await importAesGcmKey(s3.keys.getBytes(bucketKeyId));
  const bytes = await openOrTell(s3, [edkId, bucketKeyId], () =>
    openAesGcm({ cryptoKey, iv: stored.slice(0, IV_BYTES), sealed: stored.slice(IV_BYTES) }),
  );
  const dataKey = await s3.recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdOpened(s3, dataKey, bytes);
  s3.recorder.emit({
    verb: 'unwrapped',
    place: 's3.memory',
    inputs: [edkId, bucketKeyId],
    outputs: [dataKey.id],
    key: bucketKeyId,
    algorithm: 'AES-256-GCM',
    facts: ['F-KSM-023', 'F-SIM-010'],
  });
  return dataKey;
}
