import { isLike } from './wildcard.ts';

/** What an action of S3 is about: a bucket's ARN or an object's. */
export type S3Target = 'bucket' | 'object';

/** Settings of a bucket that have an action to read and one to write. */
const SETTINGS = [
  'AccelerateConfiguration',
  'AnalyticsConfiguration',
  'BucketAcl',
  'BucketCORS',
  'BucketLogging',
  'BucketNotification',
  'BucketObjectLockConfiguration',
  'BucketOwnershipControls',
  'BucketPolicy',
  'BucketPublicAccessBlock',
  'BucketRequestPayment',
  'BucketTagging',
  'BucketVersioning',
  'BucketWebsite',
  'EncryptionConfiguration',
  'IntelligentTieringConfiguration',
  'InventoryConfiguration',
  'LifecycleConfiguration',
  'MetricsConfiguration',
  'ReplicationConfiguration',
] as const;

/** The actions that a bucket policy may name, after `s3:` (Service Authorization Reference, Amazon S3). */
export const S3_ACTIONS: Readonly<Record<S3Target, readonly string[]>> = {
  bucket: [
    ...SETTINGS.flatMap(setting => [`Get${setting}`, `Put${setting}`]),
    'CreateBucket',
    'DeleteBucket',
    'DeleteBucketPolicy',
    'DeleteBucketWebsite',
    'GetBucketLocation',
    'GetBucketPolicyStatus',
    'ListBucket',
    'ListBucketMultipartUploads',
    'ListBucketVersions',
  ],
  object: [
    'AbortMultipartUpload',
    'BypassGovernanceRetention',
    'DeleteObject',
    'DeleteObjectTagging',
    'DeleteObjectVersion',
    'DeleteObjectVersionTagging',
    'GetObject',
    'GetObjectAcl',
    'GetObjectAttributes',
    'GetObjectLegalHold',
    'GetObjectRetention',
    'GetObjectTagging',
    'GetObjectTorrent',
    'GetObjectVersion',
    'GetObjectVersionAcl',
    'GetObjectVersionAttributes',
    'GetObjectVersionForReplication',
    'GetObjectVersionTagging',
    'GetObjectVersionTorrent',
    'InitiateReplication',
    'ListMultipartUploadParts',
    'ObjectOwnerOverrideToBucketOwner',
    'PutObject',
    'PutObjectAcl',
    'PutObjectLegalHold',
    'PutObjectRetention',
    'PutObjectTagging',
    'PutObjectVersionAcl',
    'PutObjectVersionTagging',
    'ReplicateDelete',
    'ReplicateObject',
    'ReplicateTags',
    'RestoreObject',
    'UpdateObjectEncryption',
  ],
};

/** What the actions that a pattern such as `s3:Get*` names are about; empty when it names none. */
export function targetsOf(pattern: string): S3Target[] {
  const wanted = pattern.toLowerCase();
  return (['bucket', 'object'] as const).filter(target =>
    S3_ACTIONS[target].some(name => isLike(`s3:${name}`.toLowerCase(), wanted)),
  );
}
