import type { EncryptionContext } from '../../kms/api.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import { decryptDataKey, generateDataKey } from '../askKms.ts';
import { bucketArn } from '../bucket.ts';
import type { BucketKey } from '../bucketKeys.ts';
import type { EncryptionChoice } from '../chooseEncryption.ts';
import { forget, holdInMemory, type S3Request } from '../context.ts';
import type { StoredEncryption } from '../storedObject.ts';

type SseKms = Extract<StoredEncryption, { type: 'SSE-KMS' }>;

/**
 * The live bucket-level key of this bucket, requester, KMS key and context; without one, KMS makes it, with the bucket's
 * ARN in the context (F-KSM-020). Its blob is in memory afterwards. @throws Refusal
 */
export async function bucketKeyForWriting(
  asked: S3Request,
  choice: Pick<EncryptionChoice, 'kmsKeyId' | 'context'>,
): Promise<{ bucketKey: BucketKey; context: EncryptionContext }> {
  const { s3, bucket } = asked;
  const context = bucketContext(asked, choice.context);
  const live = findLive(
    asked,
    one =>
      one.bucketName === bucket.name &&
      (one.kmsKeyId === choice.kmsKeyId || one.kmsKeyArn === choice.kmsKeyId) &&
      isSameContext(one.context, context),
  );
  if (live) {
    if (!s3.memory.has(live.encryptedId)) copyFromKeys(asked, live.encryptedId);
    return { bucketKey: live, context };
  }
  const made = await generateDataKey(asked, choice.kmsKeyId, context);
  const bucketKey = {
    id: made.dataKey.id,
    encryptedId: made.encryptedDataKey.id,
    bucketName: bucket.name,
    requesterArn: asked.principal.arn,
    kmsKeyArn: made.kmsKeyArn,
    kmsKeyId: choice.kmsKeyId,
    context,
    expiresAt: s3.bucketKeys.endOf(s3.clock.now()),
  };
  keep(asked, bucketKey);
  return { bucketKey, context };
}

/** The bucket-level key under which a stored object's data key is; opened by KMS when S3 has it no more (F-KSM-023). @throws Refusal */
export async function bucketKeyForReading(asked: S3Request, encryption: SseKms): Promise<BucketKey> {
  const { s3, bucket } = asked;
  const encryptedId = encryption.encryptedBucketKey ?? '';
  const live = findLive(asked, one => one.encryptedId === encryptedId);
  if (live) return live;
  const opened = await decryptDataKey(asked, encryptedId, encryption.context);
  const bucketKey = {
    id: opened.id,
    encryptedId,
    bucketName: bucket.name,
    requesterArn: asked.principal.arn,
    kmsKeyArn: encryption.kmsKeyArn,
    kmsKeyId: encryption.kmsKeyArn,
    context: encryption.context,
    expiresAt: s3.bucketKeys.endOf(s3.clock.now()),
  };
  keep(asked, bucketKey);
  return bucketKey;
}

/** With a Bucket Key the context is the bucket's ARN (F-KSM-071). */
export function bucketContext({ bucket }: S3Request, own: EncryptionContext): EncryptionContext {
  return { ...own, 'aws:s3:arn': bucketArn(bucket.name) };
}

/** Pairs in any order; names and values are compared exactly (F-KSM-074). */
function isSameContext(left: EncryptionContext, right: EncryptionContext): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every(name => left[name] === right[name]);
}

/** A live key of this requester, and the trace of the search. What has expired is overwritten on the way. */
function findLive(asked: S3Request, isWanted: (one: BucketKey) => boolean): BucketKey | undefined {
  const { s3, bucket, principal } = asked;
  s3.recorder.step('s3.findBucketKey', 's3');
  const live = s3.bucketKeys.find(asked, isWanted);
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'bucket-key',
    inputs: live ? [live.id] : [],
    left: { label: 'a key is wanted for', text: `${bucket.name} · ${principal.arn}` },
    right: { label: 'S3 holds', text: live ? `${live.bucketName} · ${live.requesterArn}` : 'none' },
    isEqual: live !== undefined,
    facts: ['F-KSM-020', 'F-BKY-007', 'F-SIM-010'],
  });
  return live;
}

/** Moves a bucket-level key from the request's memory to where S3 keeps its keys. */
function keep({ s3 }: S3Request, bucketKey: BucketKey): void {
  const { keys, memory, recorder } = s3;
  recorder.step('s3.findBucketKey', 's3');
  const ids = [bucketKey.id, bucketKey.encryptedId];
  for (const id of ids) if (!keys.has(id)) keys.hold(id, memory.getBytes(id).slice());
  recorder.emit({
    verb: 'stored',
    from: 's3.memory',
    place: 's3.keys',
    outputs: ids,
    facts: ['F-KSM-021', 'F-SIM-010'],
  });
  forget(s3, [bucketKey.id]);
  s3.bucketKeys.add(bucketKey);
}

function copyFromKeys({ s3 }: S3Request, id: ArtifactId): void {
  holdInMemory(s3, s3.recorder.get(id), s3.keys.getBytes(id).slice());
  s3.recorder.emit({ verb: 'loaded', from: 's3.keys', place: 's3.memory', outputs: [id], facts: ['F-SIM-010'] });
}
