import { type BucketEncryption, DEFAULT_ENCRYPTION } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import type { XmlTree } from '../xml.ts';
import { configure, GONE, lookUp } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/**
 * GetBucketEncryption: today every bucket has a rule (F-NON-004); one of before 2023 that nobody configured has none
 * (F-NON-003; of the two statuses that are told for it, 404 is the one on record).
 * @throws Refusal
 */
export async function getBucketEncryption(asked: S3Request): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:GetEncryptionConfiguration', { facts: ['F-BKT-004', 'F-BLK-010'] });
  if (!bucket.encryption) throw BUCKET_REFUSALS.noEncryption(bucket.name);
  lookUp(asked, 'encryption', ['F-BKT-001', 'F-BLK-012']);
  return { response: xmlAnswer('ServerSideEncryptionConfiguration', { Rule: ruleOf(bucket.encryption) }) };
}

/** The rule as S3 tells it: always with what is blocked (F-BKT-005, F-BLK-012). */
function ruleOf({ algorithm, kmsKeyId, isBucketKeyEnabled, blockedTypes }: BucketEncryption): XmlTree {
  return {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyId },
    BucketKeyEnabled: isBucketKeyEnabled,
    BlockedEncryptionTypes: { EncryptionType: blockedTypes.length === 0 ? ['NONE'] : blockedTypes },
  };
}

/**
 * DeleteBucketEncryption: back to SSE-S3, as often as one likes (F-BKT-003). AWS does not say what becomes of the block
 * (F-BLK-013): our model keeps it, as a rule without the element does (F-BLK-012).
 * @throws Refusal
 */
export async function deleteBucketEncryption(asked: S3Request): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:PutEncryptionConfiguration', { facts: ['F-BKT-004', 'F-BKT-003', 'F-BLK-013'] });
  if (!bucket.encryption) return { response: GONE };
  const { blockedTypes } = bucket.encryption;
  const encryption = { ...DEFAULT_ENCRYPTION, blockedTypes };
  configure(asked, 'encryption', { ...bucket, encryption }, undefined, ['F-BKT-003', 'F-BLK-013']);
  return { response: GONE };
}
