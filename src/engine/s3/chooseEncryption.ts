import { findHeader } from '../http/message.ts';
import type { EncryptionContext } from '../kms/api.ts';
import type { FactId } from '../trace/event.ts';
import { parseContextHeader } from './askKms.ts';
import { isSseAlgorithm, objectArn, type SseAlgorithm } from './bucket.ts';
import type { S3Request } from './context.ts';
import { type CustomerKey, findCustomerKeyHeaders, parseCustomerKey } from './customerKey.ts';
import { authorize, type Claim, refuseTransport } from './gate.ts';
import { REFUSALS } from './refusal.ts';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY_ID = `${SSE}-aws-kms-key-id`;
const BUCKET_KEY = `${SSE}-bucket-key-enabled`;

/** How a new object will be encrypted. */
export interface EncryptionChoice {
  /** `undefined`: nothing at rest (F-NON-001). */
  readonly algorithm: SseAlgorithm | 'SSE-C' | undefined;
  /** The bucket's default chose, not the request. */
  readonly isDefault: boolean;
  /** As named: id, ARN or alias; empty for modes without KMS. */
  readonly kmsKeyId: string;
  /** A Bucket Key shall be used (F-BKY-004). */
  readonly isBucketKey: boolean;
  /** The caller's own pairs (F-HDR-003). */
  readonly context: EncryptionContext;
  /** With SSE-C. */
  readonly customerKey?: CustomerKey;
}

/**
 * Everything that stands before a write of an object: which mode is meant, whether it may come over this line, whether
 * the caller may, and whether the mode's headers are in order. In the order that fits AWS's answers (F-ERR-018, F-ERR-035).
 *
 * @param action the IAM action, for example `s3:PutObject`
 * @throws Refusal
 */
export function admitWrite(asked: S3Request, action: string, claim: Claim = {}): EncryptionChoice {
  const { request, bucket, connection, principal, objectName } = asked;
  const customerHeaders = findCustomerKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(asked, action, REFUSALS.sseCOverHttp());
  const choice = choose(asked, customerHeaders !== undefined);
  if (choice.algorithm?.startsWith('aws:kms') && !connection.isSecure) {
    refuseTransport(asked, action, REFUSALS.kmsOverHttp());
  }
  const facts: FactId[] = [choice.algorithm === 'AES256' ? 'F-S3M-002' : 'F-KSM-002'];
  authorize(asked, action, { facts, ...claim });
  if (customerHeaders && bucket.encryption?.blockedTypes.includes('SSE-C')) {
    throw REFUSALS.sseCBlocked(principal.arn, objectArn(bucket.name, objectName));
  }
  const sse = findHeader(request, SSE);
  if (customerHeaders && sse !== undefined) throw REFUSALS.sseCWithSse(sse);
  if (!customerHeaders) return choice;
  return { ...choice, customerKey: parseCustomerKey(customerHeaders, true) };
}

/** Request header, then bucket default, then nothing (F-S3M-003, F-HDR-036, F-HDR-037). @throws Refusal */
function choose(asked: S3Request, hasCustomerKey: boolean): EncryptionChoice {
  const { request, bucket } = asked;
  const plain = { kmsKeyId: '', isBucketKey: false, context: {} };
  if (hasCustomerKey) return { ...plain, algorithm: 'SSE-C', isDefault: false };
  const named = findHeader(request, SSE);
  const kmsKeyId = findHeader(request, KMS_KEY_ID);
  if (named !== undefined && !isSseAlgorithm(named)) throw REFUSALS.sseUnknown(named);
  if (kmsKeyId !== undefined && !named?.startsWith('aws:kms')) throw REFUSALS.kmsKeyWithoutKms();
  const wanted = findHeader(request, BUCKET_KEY)?.toLowerCase();
  if (wanted !== undefined && wanted !== 'true' && wanted !== 'false') throw REFUSALS.bucketKeyMalformed(wanted);
  const algorithm = named ?? bucket.encryption?.algorithm;
  const isDefault = named === undefined;
  if (algorithm === undefined || algorithm === 'AES256') return { ...plain, algorithm, isDefault };
  const defaultKey = isDefault ? bucket.encryption?.kmsKeyId : undefined;
  const isOn = wanted === undefined ? (bucket.encryption?.isBucketKeyEnabled ?? false) : wanted === 'true';
  return {
    algorithm,
    isDefault,
    kmsKeyId: kmsKeyId ?? defaultKey ?? 'alias/aws/s3',
    // Two layers never use a Bucket Key: the header is accepted and has no effect (F-DSS-021, F-DSS-022).
    isBucketKey: algorithm === 'aws:kms' && isOn,
    context: parseContextHeader(asked),
  };
}
