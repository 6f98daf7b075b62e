import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Uploads in parts, and the ETags that come of them. */
export const multipartFacts = {
  'F-ETG-005': {
    text: 'The ETag of a multipart object is the MD5 of its parts’ binary ETags, a hyphen and the number of parts.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ETG-006': {
    text: 'The ETag depends on the content only, never on metadata.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-007': {
    text: 'In directory buckets an ETag is never the MD5 of the content.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-008': {
    text: 'S3 checks a Content-MD5 header in any case, whatever the ETag will be.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-009': {
    text: 'UpdateObjectEncryption keeps the ETag, so an object under a KMS key may still carry its MD5.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-MPU-001': {
    text: 'The mode is fixed when the upload is created; the parts repeat no header unless it is SSE-C.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-MPU-002': {
    text: 'An upload that is created without encryption headers takes the bucket’s default.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-MPU-003': {
    text: 'Under a KMS key the caller needs kms:GenerateDataKey to create an upload and kms:Decrypt for its parts.',
    grade: 'documented',
    ...SOURCES.multipart,
  },
  'F-MPU-004': {
    text: 'When small files upload and large ones are denied, kms:Decrypt is usually missing.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-MPU-005': {
    text: 'With SSE-C every part must repeat the same key; a missing or another key is refused with 400.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-MPU-006': {
    text: 'To complete or list an upload, SSE-C headers matter only with checksums or a policy that asks for them.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-MPU-007': {
    text: 'Under a KMS key, creating, each part and completing all answer with mode, key ARN and Bucket Key flag.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-MPU-008': {
    text: 'For uploads in parts from another account, key policy and IAM policy must both give the KMS rights.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-MPU-009': {
    text: 'A client encrypts parts in order with one continuing cipher; only the last part carries the tag.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
} as const satisfies Record<string, Fact>;
