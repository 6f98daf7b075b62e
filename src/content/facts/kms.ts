import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** AWS KMS and the audit trail. */
export const kmsFacts = {
  'F-KMS-001': {
    text: 'A domain key, shared by the HSMs of a Region, wraps the backing keys; it is rotated daily.',
    grade: 'documented',
    ...SOURCES.hierarchy,
  },
  'F-KMS-002': {
    text: 'A backing key is in plaintext only inside HSMs; outside it exists only as an exported key token under the domain key.',
    grade: 'documented',
    ...SOURCES.hierarchy,
  },
  'F-KMS-003': {
    text: 'A KMS key is a container: it has an ARN, a policy, a state and one or more backing keys, one of them active.',
    grade: 'documented',
    ...SOURCES.hierarchy,
  },
  'F-KMS-004': {
    text: 'For each encryption the HSM derives a one-time key from the backing key and a random nonce.',
    grade: 'documented',
    ...SOURCES.hierarchy,
  },
  'F-KMS-005': {
    text: 'A data key has 256 bits and is handed out in plaintext and in encrypted form.',
    grade: 'documented',
    ...SOURCES.hierarchy,
  },
  'F-KMS-006': {
    text: 'The one-time key comes from the counter-mode derivation of NIST SP 800-108 with HMAC-SHA-256.',
    grade: 'documented',
    ...SOURCES.primitives,
  },
  'F-KMS-007': {
    text: 'KMS encrypts with AES-256-GCM and binds the encryption context as AAD.',
    grade: 'documented',
    ...SOURCES.primitives,
  },
  'F-KMS-008': {
    text: 'To make a data key, the HSM draws it, opens the backing key, derives the one-time key and encrypts the data key under it.',
    grade: 'documented',
    ...SOURCES.dataKeys,
  },
  'F-KMS-009': {
    text: 'KMS keeps neither the plaintext nor the ciphertext of what it encrypts: the caller keeps the blob.',
    grade: 'documented',
    ...SOURCES.dataKeys,
  },
  'F-KMS-010': {
    text: 'The HSM draws random numbers with a NIST SP 800-90A generator based on AES-256.',
    grade: 'documented',
    ...SOURCES.primitives,
  },
  'F-KMS-011': {
    text: 'The nonce length, the labels of the derivation and the layout of the blob are not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-KMS-012': {
    text: 'A data key is random: it has no mathematical relation to the caller or the KMS key.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-015': {
    text: 'The ciphertext blob tells KMS which key and which material made it, so Decrypt needs no key id.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-016': {
    text: 'Naming the key at Decrypt is recommended: a blob of another key is then refused.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-017': {
    text: 'KMS encrypts at most 4,096 bytes at a time: it is made for keys, not for files.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-018': {
    text: 'KMS cannot open the messages of the encryption clients; it opens only its own blobs.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-019': {
    text: 'An emulator lays its blob out as key id, IV, tag and ciphertext; this is not AWS’s layout.',
    grade: 'secondary',
    ...SOURCES.moto,
  },
  'F-KMS-020': {
    text: 'KMS is called by HTTPS POST with JSON; the operation stands in the header X-Amz-Target.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-021': {
    text: 'GenerateDataKey takes a key id and a key spec and returns a plaintext data key and a ciphertext blob.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-022': {
    text: 'GenerateDataKeyWithoutPlaintext returns only the ciphertext blob.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-023': {
    text: 'Decrypt takes a ciphertext blob and its encryption context and returns the plaintext.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-024': {
    text: 'Encrypt takes up to 4,096 bytes and returns a ciphertext blob.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-025': {
    text: 'ReEncrypt moves a blob to another KMS key without showing the plaintext.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-026': {
    text: 'DescribeKey tells the state, the manager and the current material of a KMS key.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-027': {
    text: 'ScheduleKeyDeletion starts a waiting time after which a KMS key is gone.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-028': {
    text: 'EnableKeyRotation sets a rotation period between 90 and 2,560 days.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-029': {
    text: 'RotateKeyOnDemand gives a KMS key new material at once.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-030': {
    text: 'ListKeyRotations lists the material versions of a KMS key.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-031': {
    text: 'The answer’s KeyMaterialId tells which version of the key material was used.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-032': {
    text: 'A data key is asked for by key spec or by number of bytes, never by both.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-033': {
    text: 'For symmetric KMS keys the algorithm is called SYMMETRIC_DEFAULT.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-KMS-034': {
    text: 'Changes of policy, grants and key state take a moment to be felt everywhere.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-040': {
    text: 'You see AWS managed and customer managed keys in your account, but not AWS owned ones.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KMS-041': {
    text: 'You can edit the key policy of a customer managed key only.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KMS-042': {
    text: 'You can disable or delete a customer managed key only.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KMS-043': {
    text: 'AWS managed keys rotate every year; for customer managed keys you decide.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-044': {
    text: 'Only customer managed keys have a monthly fee.',
    grade: 'documented',
    ...SOURCES.kmsPrice,
  },
  'F-KMS-045': {
    text: 'Calls with AWS managed and customer managed keys count against your request quota.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-046': {
    text: 'Only customer managed keys can be used from another account.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-KMS-050': {
    text: 'Rotation replaces the current key material; key id, ARN and policy stay.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-051': {
    text: 'Old key material is kept as long as the KMS key, and Decrypt picks the right version itself.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-052': {
    text: 'Automatic rotation of a customer managed key is off until you enable it.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-053': { text: 'AWS managed keys rotate about once a year.', grade: 'documented', ...SOURCES.kmsRotation },
  'F-KMS-054': { text: 'A KMS key takes at most 25 rotations on demand.', grade: 'documented', ...SOURCES.kmsModel },
  'F-KMS-055': {
    text: 'Only symmetric KMS keys with material from KMS rotate automatically.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-056': {
    text: 'Rotation leaves data, data keys and blobs as they are.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-057': {
    text: 'A disabled key is not rotated; what it missed happens when it is enabled again.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-058': {
    text: 'Pointing an alias at a new key is rotation by hand: old objects still need the old key.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-059': {
    text: 'Only the first and the second rotation add to the monthly price of a KMS key.',
    grade: 'documented',
    ...SOURCES.kmsRotation,
  },
  'F-KMS-060': { text: 'An enabled KMS key works.', grade: 'documented', ...SOURCES.kmsState },
  'F-KMS-061': { text: 'A disabled KMS key answers DisabledException.', grade: 'documented', ...SOURCES.kmsState },
  'F-KMS-062': {
    text: 'A KMS key that waits for its deletion answers KMSInvalidStateException.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-KMS-063': {
    text: 'A KMS key without its imported material answers KMSInvalidStateException.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-KMS-064': {
    text: 'A KMS key whose custom key store is disconnected cannot be used.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-KMS-065': {
    text: 'Some states occur only while a KMS key is created, updated or replicated.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-KMS-066': {
    text: 'A KMS key waits 7 to 30 days for its deletion, 30 by default.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-067': {
    text: 'A deleted KMS key takes everything under it along: nothing of it can be opened again.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-068': {
    text: 'A KMS key whose deletion was cancelled is disabled at first.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-069': {
    text: 'Disabling a KMS key can be undone; deleting it cannot.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-KMS-070': {
    text: 'KMS looks at the key policy, the caller’s IAM policies and grants together.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KMS-071': {
    text: 'An explicit deny always wins, and without any allow the answer is no.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KMS-072': {
    text: 'IAM policies count for a KMS key only if its key policy leaves it to the account.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KMS-073': {
    text: 'Across accounts both sides must say yes: the key policy and the caller’s own IAM policy.',
    grade: 'documented',
    ...SOURCES.kmsPolicy,
  },
  'F-KMS-074': {
    text: 'A grant can only allow, for one grantee and the operations it lists.',
    grade: 'documented',
    ...SOURCES.kmsGrants,
  },
  'F-KMS-075': {
    text: 'The condition kms:ViaService limits a key to requests that come through one service.',
    grade: 'documented',
    ...SOURCES.kmsConditions,
  },
  'F-KMS-076': {
    text: 'A condition can tie permission for a key to the encryption context, for S3 to aws:s3:arn.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-KMS-077': {
    text: 'With a customer managed key, storage administrators can manage objects without being able to read them.',
    grade: 'derived',
    ...derived,
  },
  'F-KMS-078': {
    text: 'The policy of aws/s3 also checks kms:CallerAccount.',
    grade: 'documented',
    ...SOURCES.kmsConditions,
  },
  'F-CT-001': {
    text: 'For SSE-S3 by default, CloudTrail’s S3 data event says Default_SSE_S3, and there is no KMS event.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-002': {
    text: 'For SSE-S3 by header, CloudTrail’s S3 data event says SSE_S3, and there is no KMS event.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-003': {
    text: 'For SSE-KMS by default, the data event says Default_SSE_KMS; KMS logs GenerateDataKey or Decrypt.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-004': {
    text: 'For SSE-KMS by header, the data event says SSE_KMS; KMS logs GenerateDataKey or Decrypt.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-005': {
    text: 'For SSE-C the data event says SSE_C, and there is no KMS event.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-006': {
    text: 'What the data event says for DSSE-KMS is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-CT-007': {
    text: 'With client-side encryption under KMS the client’s own principal stands in the KMS events.',
    grade: 'derived',
    ...derived,
  },
  'F-CT-010': {
    text: 'For a multipart upload the mode is logged with the call that begins it.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-011': {
    text: 'A KMS event that S3 caused names the requester and shows the encryption context.',
    grade: 'documented',
    ...SOURCES.kmsUsage,
  },
  'F-CT-012': {
    text: 'CloudTrail logs GenerateDataKey and Decrypt as read-only events.',
    grade: 'documented',
    ...SOURCES.kmsUsage,
  },
  'F-CT-013': {
    text: 'CloudTrail never logs a plaintext or a blob, but it does log the encryption context.',
    grade: 'documented',
    ...SOURCES.kmsUsage,
  },
  'F-CT-014': {
    text: 'CloudTrail logs changes of a bucket’s encryption rule under the names of the API calls.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-CT-015': {
    text: 'Uploads and downloads are data events, recorded only if a trail selects them; KMS calls are recorded by default.',
    grade: 'documented',
    ...SOURCES.dataEvents,
  },
  'F-CT-016': {
    text: 'With a Bucket Key one KMS event covers many objects and carries the bucket’s ARN.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-CT-017': {
    text: 'Access by presigned URL shows in the event as QueryString.',
    grade: 'secondary',
    ...SOURCES.report,
  },
} as const satisfies Record<string, Fact>;
