import { sseAppliedOf as appliedOf, type S3Call, type SseApplied, s3Record } from '../audit/s3Record.ts';
import { findHeader } from '../http/message.ts';
import type { Principal } from '../iam/principal.ts';
import type { ServiceRequest } from './context.ts';
import type { Refusal } from './refusal.ts';
import type { StoredEncryption } from './storedObject.ts';

const METHODS = {
  'SSE-S3': 'AES256',
  'SSE-KMS': 'aws:kms',
  'DSSE-KMS': 'aws:kms:dsse',
  'SSE-C': 'SSE-C',
  'NOT-SSE': undefined,
} as const;

/** How S3 encrypted, for a record of a write; nothing when AWS has no word for it (F-CT-001…006). */
export function sseAppliedOf(encryption: StoredEncryption, isDefault: boolean): { sseApplied?: SseApplied } {
  const sseApplied = appliedOf(METHODS[encryption.type], isDefault);
  return sseApplied === undefined ? {} : { sseApplied };
}

/**
 * Writes the event of this request into the trail, in a step of its own. Object operations are data events, recorded
 * only where a trail selects them (F-CT-015); the lab's trail does. A refused call leaves one too, with the error.
 */
export async function logCall(asked: ServiceRequest, told: Partial<S3Call> = {}, refusal?: Refusal): Promise<void> {
  const { s3, operation, principal, bucketName, objectName, connection, request } = asked;
  const { accessKeyId } = principal as Partial<Principal>;
  const userAgent = findHeader(request, 'user-agent');
  s3.recorder.step('s3.log', 's3');
  await s3.trail.log(
    s3Record({
      random: s3.random,
      time: s3.clock.now(),
      region: s3.region,
      recipientAccountId: s3.buckets.find(bucketName)?.ownerAccountId ?? principal.accountId,
      caller: {
        arn: principal.arn,
        accountId: principal.accountId,
        ...(accessKeyId === undefined ? {} : { accessKeyId }),
      },
      sourceIp: connection.sourceIp,
      ...(userAgent === undefined ? {} : { userAgent }),
      eventName: operation.name,
      isReadOnly: operation.isReadOnly,
      isManagement: operation.isManagement,
      authType: asked.authType,
      ...(bucketName === '' ? {} : { bucketName }),
      ...(objectName === '' ? {} : { objectName }),
      ...(refusal ? { error: { code: refusal.error.code, message: refusal.error.message } } : told),
    }),
  );
}
