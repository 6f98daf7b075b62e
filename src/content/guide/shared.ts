import type { TraceProperty } from '../../engine/index.ts';

/** The client encrypts. */
export const CLIENT_ENCRYPTS: TraceProperty = { has: { step: 'client.encrypt' } };

/** The request carries a key of the customer's (F-SSC-002). */
export const CUSTOMER_KEY_SENT: TraceProperty = {
  asks: { header: ['x-amz-server-side-encryption-customer-algorithm', 'AES256'] },
};

/** The request names a KMS key, which somebody had to make first (F-HDR-002). */
export const OWN_KEY_NAMED: TraceProperty = {
  not: { asks: { header: ['x-amz-server-side-encryption-aws-kms-key-id', null] } },
};

/** Nothing is encrypted, decrypted or brought along on the customer's side. */
export const NO_CLIENT_CRYPTO: readonly TraceProperty[] = [
  { not: CUSTOMER_KEY_SENT },
  { lacks: { step: ['client.encrypt', 'client.decrypt'] } },
];

/** KMS lets the caller in because the policy of the customer's own key leaves it to their account (F-KMS-072). */
export const OWN_KEY_POLICY: TraceProperty = {
  has: { gate: 'kms', verb: 'authorized', because: 'EnableIamPolicies' },
};

/** KMS lets the caller in by the policy that AWS wrote for aws/s3 (F-KSM-035). */
export const AWS_KEY_POLICY: TraceProperty = {
  has: { gate: 'kms', verb: 'authorized', because: 'AllowUseThroughS3' },
};

/** S3 asks nobody but itself: no gate at KMS, no key and no cipher of the customer's. */
export const S3_ALONE: readonly TraceProperty[] = [...NO_CLIENT_CRYPTO, { lacks: { gate: 'kms' } }];
