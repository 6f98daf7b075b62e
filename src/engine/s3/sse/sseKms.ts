import { invariant } from '../../errors.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { decryptDataKey, encryptionContextOf, generateDataKey } from '../askKms.ts';
import type { EncryptionChoice } from '../chooseEncryption.ts';
import { forget, type S3Request } from '../context.ts';
import { makeDataKey, unwrapWithBucketKey, wrapUnderBucketKey } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import { bucketKeyForReading, bucketKeyForWriting } from './bucketKey.ts';
import { openChecksum, putOnKmsLayer, sealChecksum, takeOffKmsLayer } from './kmsLayer.ts';
import type { ClosedKeys, ObjectKeys } from './objectKeys.ts';

type SseKms = Extract<StoredEncryption, { type: 'SSE-KMS' }>;

/** SSE-KMS, upload (F-KSM-003…007); with a Bucket Key KMS is asked once for many objects (F-KSM-020…022). @throws Refusal */
export async function newKmsKeys(asked: S3Request, choice: EncryptionChoice): Promise<ObjectKeys> {
  if (choice.isBucketKey) return newBucketKeyKeys(asked, choice);
  const { s3 } = asked;
  const context = encryptionContextOf(asked, choice.context);
  const { dataKey, encryptedDataKey, kmsKeyArn } = await generateDataKey(asked, choice.kmsKeyId, context);
  return {
    ...withDataKey(asked, dataKey, ['F-KSM-006', 'F-ALG-003']),
    close: async () => {
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id], ['F-KSM-006']);
      return closed({ type: 'SSE-KMS', encryptedDataKey: encryptedDataKey.id, kmsKeyArn, context });
    },
  };
}

async function newBucketKeyKeys(asked: S3Request, choice: EncryptionChoice): Promise<ObjectKeys> {
  const { s3 } = asked;
  const { bucketKey, context } = await bucketKeyForWriting(asked, choice);
  const dataKey = await makeDataKey(s3, 's3.makeDataKey', ['F-KSM-021', 'F-SIM-010']);
  return {
    ...withDataKey(asked, dataKey, ['F-KSM-021', 'F-ALG-003']),
    close: async () => {
      const encryptedDataKey = await wrapUnderBucketKey(s3, bucketKey.id, dataKey.id);
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id], ['F-KSM-006']);
      return closed({
        type: 'SSE-KMS',
        encryptedDataKey: encryptedDataKey.id,
        kmsKeyArn: bucketKey.kmsKeyArn,
        context,
        encryptedBucketKey: bucketKey.encryptedId,
      });
    },
  };
}

/** SSE-KMS, download (F-KSM-011…014, F-KSM-023). @throws Refusal */
export async function openKmsKeys(asked: S3Request, encryption: SseKms): Promise<ObjectKeys> {
  const { s3 } = asked;
  const dataKey = await openDataKey(asked, encryption);
  return {
    ...withDataKey(asked, dataKey, ['F-KSM-014', 'F-ALG-003']),
    close: async () => {
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id], ['F-KSM-014']);
      return closed(encryption);
    },
  };
}

/** Opens only the checksum of an object: KMS is asked all the same (F-KSM-056). @throws Refusal */
export async function openKmsChecksum(asked: S3Request, encryption: SseKms, checksum: Artifact): Promise<Artifact> {
  const dataKey = await openDataKey(asked, encryption);
  const opened = await openChecksum(asked, dataKey, checksum, 'F-GEN-010');
  asked.s3.recorder.step('s3.discardKey', 's3');
  forget(asked.s3, [dataKey.id], ['F-KSM-014']);
  return opened;
}

/** The data key in memory; the caller discards it. @throws Refusal */
export async function openDataKey(asked: S3Request, encryption: SseKms): Promise<Artifact> {
  const { encryptedBucketKey, encryptedDataKey, context } = encryption;
  if (encryptedBucketKey === undefined) return decryptDataKey(asked, encryptedDataKey, context);
  const bucketKey = await bucketKeyForReading(asked, encryption);
  return unwrapWithBucketKey(asked.s3, bucketKey.id, encryptedDataKey);
}

function withDataKey(asked: S3Request, dataKey: Artifact, object: readonly string[]): Omit<ObjectKeys, 'close'> {
  const facts = { checksum: 'F-GEN-010', object };
  return {
    seal: content => putOnKmsLayer(asked, dataKey, content, facts),
    open: content => takeOffKmsLayer(asked, dataKey, content, facts),
    sealChecksum: checksum => sealChecksum(asked, dataKey, checksum, facts.checksum),
    openChecksum: checksum => openChecksum(asked, dataKey, checksum, facts.checksum),
  };
}

function closed(encryption: SseKms): ClosedKeys {
  const { encryptedDataKey, encryptedBucketKey } = encryption;
  invariant(encryptedDataKey !== encryptedBucketKey, 'an object’s data key is not the bucket’s');
  return {
    encryption,
    companions: [encryptedDataKey, ...(encryptedBucketKey === undefined ? [] : [encryptedBucketKey])],
    facts: ['F-KSM-007', 'F-KMS-009'],
  };
}
