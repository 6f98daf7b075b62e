import { type S3Call, s3Record, sseAppliedOf } from '../audit/s3Record.ts';
import type { S3Request } from './context.ts';
import type { Refusal } from './refusal.ts';
import type { StoredEncryption } from './storedObject.ts';

const METHODS = {
  'SSE-S3': 'AES256',
  'SSE-KMS': 'aws:kms',
  'DSSE-KMS': 'aws:kms:dsse',
  'SSE-C': 'SSE-C',
  'NOT-SSE': undefined,
} as const;

type Told = Pick<S3Call, 'eventName'> & Partial<S3Call>;

/** Writes the event of this request into the trail, in a step of its own. */
async function log(asked: S3Request, told: Told): Promise<void> {
  const { s3, principal, bucket, objectName, connection } = asked;
  s3.recorder.step('s3.log', 's3');
  await s3.trail.log(
    s3Record({
      random: s3.random,
      time: s3.clock.now(),
      region: s3.region,
      recipientAccountId: bucket.ownerAccountId,
      caller: principal,
      sourceIp: connection.sourceIp,
      bucketName: bucket.name,
      ...(objectName === '' ? {} : { objectName }),
      ...told,
    }),
  );
}

/** A data event: recorded only where a trail selects it (F-CT-015); the lab's trail does. */
export async function logDataEvent(
  asked: S3Request,
  eventName: 'PutObject' | 'GetObject',
  encryption: StoredEncryption,
  isDefault: boolean,
  contentLength: number,
): Promise<void> {
  const applied = eventName === 'PutObject' ? sseAppliedOf(METHODS[encryption.type], isDefault) : undefined;
  await log(asked, {
    eventName,
    ...(eventName === 'PutObject' ? { bytesIn: contentLength } : { bytesOut: contentLength }),
    ...(applied === undefined ? {} : { sseApplied: applied }),
  });
}

export async function logManagementEvent(asked: S3Request, eventName: 'PutBucketEncryption'): Promise<void> {
  await log(asked, { eventName });
}

/** A refused call leaves an event too, with the error; one that this S3 does not know has no name to be written under. */
export async function logRefusal(asked: S3Request, refusal: Refusal): Promise<void> {
  const { code, message } = refusal.error;
  if (code === 'NotImplemented') return;
  const onObject = asked.request.method === 'PUT' ? 'PutObject' : 'GetObject';
  await log(asked, { eventName: asked.objectName === '' ? 'PutBucketEncryption' : onObject, error: { code, message } });
}
