/**
 * Where an artifact can be.
 *
 * - `client`: the memory of the customer's program ("your side").
 * - `network`: what somebody who taps the line between the customer and AWS has recorded.
 * - `s3.memory`, `s3.disk`: Amazon S3 while it works, and what it keeps.
 * - `s3.keys`: where S3 keeps its own root key. AWS does not publish how (F-ALG-021): our model.
 * - `kms.host`: AWS KMS outside the HSM; here lie exported key tokens (F-KMS-002).
 * - `kms.hsm`: inside the HSM boundary.
 * - `audit`: CloudTrail.
 */
export const PLACES = ['client', 'network', 's3.memory', 's3.disk', 's3.keys', 'kms.host', 'kms.hsm', 'audit'] as const;
export type Place = (typeof PLACES)[number];

/** Who does something. `tap` is the eavesdropper, `trail` is CloudTrail. */
export type Actor = 'client' | 's3' | 'kms' | 'tap' | 'trail';
