import type { ArtifactId } from '../trace/artifact.ts';

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

/** The four switches that keep the public out, all on in a new bucket. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A bucket and its configuration: a row, replaced when anything changes. */
export interface Bucket {
  readonly name: string;
  readonly ownerAccountId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Absent: a bucket of before 5 January 2023 that nobody configured; what it stores is not encrypted (F-NON-001). */
  readonly encryption?: BucketEncryption;
  /** Absent: never switched on. */
  readonly versioning?: 'Enabled' | 'Suspended';
  /** The policy document as it was put. */
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly objectOwnership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly tags?: Readonly<Record<string, string>>;
  /** The document on S3's disks in which the encryption rule stands, if one was put. */
  readonly encryptionDocument?: ArtifactId;
  /** Documents of the other settings on the disks. */
  readonly documents?: Readonly<Partial<Record<SettingName, ArtifactId>>>;
  /** The ownership controls were deleted: lists apply as before there were any. */
  readonly hasNoOwnershipControls?: boolean;
}

/** Settings that come as a document, which then lies on the disks. */
export type SettingName =
  | 'encryption'
  | 'ownership'
  | 'policy'
  | 'publicAccessBlock'
  | 'tagging'
  | 'versioning'
  | 'creation';

/** Everything of a bucket's settings on the disks. */
export function documentsOf({ encryptionDocument, documents = {} }: Bucket): ArtifactId[] {
  return [...(encryptionDocument === undefined ? [] : [encryptionDocument]), ...Object.values(documents)];
}

/** The rule of a bucket that nobody configured, as of today (F-BKT-001, F-BLK-006). */
export const DEFAULT_ENCRYPTION: BucketEncryption = {
  algorithm: 'AES256',
  isBucketKeyEnabled: false,
  blockedTypes: ['SSE-C'],
};

const NO_PUBLIC_ACCESS: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** A bucket as CreateBucket makes it today, or one of before 5 January 2023 that nobody configured. */
export function newBucket(
  name: string,
  ownerAccountId: string,
  createdAt: number,
  era: 'today' | 'before-2023' = 'today',
): Bucket {
  return {
    name,
    ownerAccountId,
    createdAt,
    objectOwnership: 'BucketOwnerEnforced',
    ...(era === 'today' ? { encryption: DEFAULT_ENCRYPTION, publicAccessBlock: NO_PUBLIC_ACCESS } : {}),
  };
}

export function bucketArn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

export function objectArn(bucketName: string, objectName: string): string {
  return `${bucketArn(bucketName)}/${objectName}`;
}
