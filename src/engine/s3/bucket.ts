/** Names of S3's default algorithms, as they stand on the wire (F-HDR-001, F-HDR-012). */
export const SSE_ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
export type SseAlgorithm = (typeof SSE_ALGORITHMS)[number];

export function isSseAlgorithm(text: string): text is SseAlgorithm {
  return SSE_ALGORITHMS.some(algorithm => algorithm === text);
}

/** A bucket's encryption rule (F-GEN-005). */
export interface BucketEncryption {
  readonly algorithm: SseAlgorithm;
  readonly kmsKeyId?: string;
  readonly isBucketKeyEnabled: boolean;
  /** `['SSE-C']` in new buckets since April 2026 (F-BLK-006). */
  readonly blockedTypes: readonly 'SSE-C'[];
}

export interface Bucket {
  readonly name: string;
  readonly ownerAccountId: string;
  /** `undefined`: a bucket of before 5 January 2023 that nobody configured; what it stores is not encrypted (F-NON-001). */
  encryption: BucketEncryption | undefined;
}

/** The rule of a bucket that nobody configured, as of today (F-BKT-001, F-BLK-006). */
export const DEFAULT_ENCRYPTION: BucketEncryption = {
  algorithm: 'AES256',
  isBucketKeyEnabled: false,
  blockedTypes: ['SSE-C'],
};

export function bucketArn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

export function objectArn(bucketName: string, objectName: string): string {
  return `${bucketArn(bucketName)}/${objectName}`;
}
