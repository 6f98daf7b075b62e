import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** SSE-KMS. */
export const sseKmsFacts = {
  'F-KSM-001': {
    text: 'For SSE-KMS you send a signed upload over TLS with aws:kms, or with no header when the bucket’s default is KMS.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-002': {
    text: 'S3 checks its own permissions and finds the KMS key: from the header, else the default, else aws/s3.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-003': {
    text: 'S3 calls GenerateDataKey on behalf of the requester, for a 256-bit key and with the object’s ARN as encryption context.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-004': {
    text: 'KMS checks that the requester may use the KMS key, makes the data key in an HSM and encrypts a copy under the KMS key.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-005': {
    text: 'KMS answers with the data key twice: in plaintext and encrypted.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-006': {
    text: 'S3 encrypts the object with the plaintext data key and removes that key from memory as soon as it can.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-007': {
    text: 'S3 stores the encrypted data key as metadata beside the ciphertext.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-008': {
    text: 'The answer names aws:kms and the ARN of the KMS key; its ETag tells nothing about the content.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-KSM-010': {
    text: 'You download an SSE-KMS object over TLS, signed, and with no encryption header.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-011': {
    text: 'S3 checks s3:GetObject and reads the encrypted data key and its context from storage.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-012': {
    text: 'S3 asks KMS to decrypt the data key on the requester’s behalf, with the same encryption context as at upload.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-013': {
    text: 'KMS finds the right key material from the blob, checks kms:Decrypt and the context, and returns the data key.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-014': {
    text: 'S3 decrypts the object, sends it and drops the data key as soon as possible.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-020': {
    text: 'With a Bucket Key S3 calls KMS only when it has no live bucket-level key for this bucket, requester and KMS key.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-KSM-021': {
    text: 'A bucket-level key lives in S3 for a limited time and serves many objects, each with a data key of its own.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-KSM-022': {
    text: 'What S3 stores with an object that was protected through a Bucket Key is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-KSM-023': {
    text: 'A download calls KMS only when S3 no longer holds the bucket-level key it needs.',
    grade: 'derived',
    ...derived,
  },
  'F-KSM-024': {
    text: 'Each role session counts as another requester and gets bucket-level keys of its own.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-KSM-030': {
    text: 'Only symmetric KMS keys can protect S3 objects.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-031': {
    text: 'The KMS key has to be in the same Region as the bucket.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-032': {
    text: 'S3 treats a multi-Region KMS key like any single-Region key.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-KSM-033': {
    text: 'The key aws/s3 appears in your account when SSE-KMS is first used without naming a key.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-034': {
    text: 'KMS describes aws/s3 as a key that AWS manages, enabled and with material from KMS.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-KSM-035': {
    text: 'The policy of aws/s3 admits every principal of the account, but only for requests that come through S3.',
    grade: 'secondary',
    source: 'Dumps of the key policy of aws/s3 in public repositories',
  },
  'F-KSM-036': {
    text: 'Under aws/s3 permission for S3 is as good as permission for the key: roles inside the account are not kept apart.',
    grade: 'derived',
    ...derived,
  },
  'F-KSM-037': {
    text: 'Objects under aws/s3 cannot be shared with another account; a customer managed key can admit it.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-038': {
    text: 'When nobody names a key, the aws/s3 of the uploading account is used, even in a bucket of another account.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-039': {
    text: 'An alias is looked up in the requester’s account, so a full key ARN is safer.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-040': {
    text: 'A key of another account has to be named by its full ARN.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-041': {
    text: 'Keys from an external key store may be used; their availability is then up to you.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-042': {
    text: 'You can disable, delete, rotate and re-permit a customer managed key, but not an AWS managed one.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KSM-050': {
    text: 'An upload under a KMS key needs s3:PutObject and kms:GenerateDataKey.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-051': {
    text: 'A download under a KMS key needs s3:GetObject and kms:Decrypt.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-052': {
    text: 'A multipart upload under a KMS key needs kms:GenerateDataKey to begin and kms:Decrypt for its parts.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-053': {
    text: 'Completing a multipart upload with an extra checksum needs kms:Decrypt.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-054': {
    text: 'Listing the parts of an upload under a KMS key needs kms:Decrypt.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-055': {
    text: 'A plain HEAD of an object under a KMS key needs no KMS permission.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-056': {
    text: 'A HEAD that asks for the checksum needs kms:GenerateDataKey and kms:Decrypt.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-057': {
    text: 'A copy between KMS keys needs kms:Decrypt on the source key and kms:GenerateDataKey on the target key.',
    grade: 'derived',
    ...derived,
  },
  'F-KSM-058': {
    text: 'S3 also uses kms:Decrypt to verify a Bucket Key before it works with it.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-KSM-059': {
    text: 'UpdateObjectEncryption needs its own S3 permission and several KMS permissions.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-KSM-060': {
    text: 'KMS-protected objects are read and written only over TLS and with a valid signature.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-061': {
    text: 'Anonymous readers and static websites cannot get at KMS-protected objects.',
    grade: 'derived',
    ...derived,
  },
  'F-KSM-062': {
    text: 'CloudFront needs origin access control in front of SSE-KMS objects; the older origin access identity cannot do it.',
    grade: 'documented',
    ...SOURCES.cloudFront,
  },
  'F-KSM-063': {
    text: 'There are two gates, one at S3 and one at KMS: if either stays shut, S3 answers 403 AccessDenied.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KSM-064': {
    text: 'A reader in another account needs four permissions: bucket policy and own IAM for S3, key policy and own IAM for KMS.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KSM-065': {
    text: 'Uploads and downloads do not need kms:DescribeKey.',
    grade: 'derived',
    ...derived,
  },
  'F-KSM-070': {
    text: 'Without a Bucket Key S3 binds the object’s ARN to the data key, under the name aws:s3:arn.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-071': {
    text: 'With a Bucket Key the bound value is the bucket’s ARN.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-072': {
    text: 'Extra context that you send is stored with the object, and S3 adds its own pair to it.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-073': {
    text: 'The encryption context is not secret and stands in CloudTrail in clear text.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KSM-074': {
    text: 'KMS decrypts only when it is given exactly the same encryption context as at encryption.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KSM-075': {
    text: 'On a download you supply no context: S3 replays the one it stored.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-076': {
    text: 'A copy does not take over the extra context of its source.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-077': {
    text: 'A key policy tied to object ARNs no longer matches once a Bucket Key is used.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-KSM-078': {
    text: 'Whether S3 refuses extra context names that start with aws: is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-KSM-080': {
    text: 'Without a Bucket Key each upload costs one GenerateDataKey and each download one Decrypt, within your KMS quota.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KSM-081': {
    text: 'Two uploads of the same bytes under the same KMS key get different ETags.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-KSM-082': {
    text: 'PutBucketEncryption takes any KMS key id unchecked.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-KSM-083': {
    text: 'While a KMS key is disabled its objects cannot be read and new uploads under it fail.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-KSM-084': {
    text: 'A KMS key that waits for its deletion opens nothing; when it is gone, so are its objects.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-KSM-085': {
    text: 'Rotation of key material asks nothing of your objects: old encrypted data keys still open.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KSM-086': {
    text: 'Rotation encrypts nothing again and does not mend a data key that leaked.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
} as const satisfies Record<string, Fact>;
