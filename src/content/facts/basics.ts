import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived } = SOURCES;

/** Basics, headers and the time before encryption by default. */
export const basicFacts = {
  'F-GEN-001': {
    text: 'With server-side encryption S3 receives plaintext, encrypts it on the way to its disks and decrypts it for whoever may read it.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-GEN-002': {
    text: 'With client-side encryption only ciphertext leaves your side, and S3 keeps bytes that it cannot read.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-003': {
    text: 'A general purpose bucket knows four server-side modes, and each object has exactly one of them at a time.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-GEN-004': {
    text: 'Encryption belongs to each object and each version: one bucket can hold objects of every mode.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-GEN-005': {
    text: 'A bucket only holds settings: a default mode, a switch for Bucket Keys and a list of blocked modes.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-006': {
    text: 'Since 5 January 2023 S3 encrypts every new object, with SSE-S3 if nothing else is asked for, at no charge.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-007': {
    text: 'Encryption at rest can no longer be switched off.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-008': {
    text: 'An object stored without encryption before 2023 stays that way until it is written again.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-009': {
    text: 'Server-side encryption covers the content of an object, not its metadata.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-GEN-010': {
    text: 'Under SSE-KMS and DSSE-KMS S3 stores the checksum of the object encrypted as well.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-GEN-011': {
    text: 'A listing shows encrypted and unencrypted objects alike.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-GEN-012': {
    text: 'A presigned URL works for encrypted objects too, unless the mode needs headers of its own, as SSE-C does.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-GEN-013': {
    text: 'DSSE-KMS is available since June 2023.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-014': {
    text: 'The values aws:fsx and aws:backup exist in the service model but are not for ordinary uploads.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-015': {
    text: 'Directory buckets offer only SSE-S3 and SSE-KMS.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-016': {
    text: 'An object can be as large as 50 TB; one copy call takes at most 5 GB.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-017': {
    text: 'S3 demands TLS 1.2 or newer on its HTTPS endpoints and recommends TLS 1.3.',
    grade: 'documented',
    ...SOURCES.network,
  },
  'F-GEN-018': {
    text: 'S3 still takes many requests over plain HTTP unless a policy forbids it; SSE-C and KMS-protected objects never travel that way.',
    grade: 'documented',
    ...SOURCES.policies,
  },
  'F-GEN-019': {
    text: 'An object you encrypted yourself gets S3’s own layer at rest on top: two independent layers.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-020': {
    text: 'SSE-S3 and SSE-C cost nothing extra, SSE-KMS adds KMS charges, and DSSE-KMS costs more again.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-GEN-021': {
    text: 'How an object is encrypted shows in response headers, S3 Inventory, Storage Lens, the console and CloudTrail data events.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-GEN-022': {
    text: 'S3’s reports name the modes SSE-S3, SSE-KMS, DSSE-KMS, SSE-C and NOT-SSE.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-GEN-030': {
    text: 'The modes differ in who makes the data key, what wraps it, who sees plaintext and who controls the policy.',
    grade: 'derived',
    ...derived,
  },
  'F-HDR-001': {
    text: 'The header x-amz-server-side-encryption names the mode: AES256, aws:kms or aws:kms:dsse.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-002': {
    text: 'The header x-amz-server-side-encryption-aws-kms-key-id names the KMS key, by id, ARN or alias.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-003': {
    text: 'The header x-amz-server-side-encryption-context carries extra encryption context: Base64 of a JSON object of strings.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-004': {
    text: 'The header x-amz-server-side-encryption-bucket-key-enabled switches the Bucket Key for one object.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-005': {
    text: 'For SSE-C the algorithm header has one legal value, AES256.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-006': {
    text: 'The SSE-C key header carries exactly 32 bytes in Base64, which makes 44 characters.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-007': {
    text: 'The SSE-C key MD5 header carries the 16-byte MD5 of the key in Base64, so that damage on the way is noticed.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-011': {
    text: 'Names of HTTP headers mean the same in upper and lower case.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-012': {
    text: 'The value for SSE-S3 is AES256; AES-256 with a hyphen is refused.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-013': {
    text: 'The key MD5 is computed over the 32 raw bytes of the key, not over their Base64 text.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-014': {
    text: 'The Python SDK computes a missing key MD5 itself and then encodes the key once more, which spoils a key that is Base64 already.',
    grade: 'documented',
    ...SOURCES.botocore,
  },
  'F-HDR-015': {
    text: 'Uploads by browser form use the same names as form fields.',
    grade: 'documented',
    ...SOURCES.post,
  },
  'F-HDR-020': {
    text: 'PutObject takes either the SSE headers or the three SSE-C headers, and its answer tells what was used.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-021': {
    text: 'GetObject takes no SSE header; only SSE-C needs its three headers again.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-022': {
    text: 'HeadObject follows the same header rules as GetObject.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-031': {
    text: 'No answer ever contains the SSE-C key; it repeats only the algorithm and the key MD5.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-032': {
    text: 'The answer to an SSE-C request has no x-amz-server-side-encryption header: the SSE-C algorithm header stands in its place.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-033': {
    text: 'Under KMS the answer gives the full ARN of the KMS key, even when the request named only an id or nothing.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-034': {
    text: 'The answer mentions the Bucket Key only when one is in use.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-035': {
    text: 'Under SSE-S3 the answer says AES256, also when the mode came from the bucket’s default.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HDR-036': {
    text: 'When a request asks for KMS but names no key, S3 takes the AWS managed key aws/s3.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-037': {
    text: 'A mode named in the request wins over the bucket’s default.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-NON-001': {
    text: 'Before 5 January 2023 an upload without any encryption setting lay on the disks as plaintext.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-NON-002': {
    text: 'The answer for such an old object has no x-amz-server-side-encryption header.',
    grade: 'derived',
    ...derived,
  },
  'F-NON-003': {
    text: 'Asking for the rule of an unconfigured bucket used to fail with ServerSideEncryptionConfigurationNotFoundError.',
    grade: 'documented',
    ...SOURCES.errors,
  },
  'F-NON-004': {
    text: 'Today every bucket has a rule: one that nobody configured answers AES256.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-NON-005': {
    text: 'S3’s reports label old unencrypted objects NOT-SSE.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-NON-006': {
    text: 'UpdateObjectEncryption does not take an unencrypted object: it has to be copied.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-NON-007': {
    text: 'Replicating an unencrypted object encrypts the replica by the default of the target bucket.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-NON-008': {
    text: 'S3 Inventory finds old unencrypted objects and S3 Batch Operations can copy them into encrypted ones.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
} as const satisfies Record<string, Fact>;
