import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** SSE-S3. */
export const sseS3Facts = {
  'F-S3M-001': {
    text: 'For SSE-S3 you send plaintext over TLS, with the header AES256 or with no encryption header at all.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-S3M-002': {
    text: 'Before it stores anything S3 checks s3:PutObject, the bucket policy and the blocked modes.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-S3M-003': {
    text: 'The request header decides the mode; without one the bucket’s default does.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-S3M-004': {
    text: 'Under SSE-S3 each object gets a key of its own.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-S3M-005': {
    text: 'S3 encrypts the content with AES-256 in Galois/Counter Mode.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-S3M-006': {
    text: 'S3 encrypts each data key with a root key, and it rotates that root key regularly.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-S3M-007': {
    text: 'When and how S3 drops the plaintext data key of an SSE-S3 object is not published; the lab drops it before storing.',
    grade: 'model',
    ...unpublished,
  },
  'F-S3M-008': {
    text: 'The answer to an SSE-S3 upload carries an ETag and x-amz-server-side-encryption: AES256.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-S3M-010': {
    text: 'You download an SSE-S3 object with no encryption header; sending one is an error.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-S3M-011': {
    text: 'A download needs s3:GetObject, or s3:GetObjectVersion for a given version.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-S3M-012': {
    text: 'For an authorised reader S3 opens the data key with its root key, decrypts and sends plaintext.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-S3M-020': {
    text: 'SSE-S3 needs S3 permissions only; KMS takes no part.',
    grade: 'derived',
    ...derived,
  },
  'F-S3M-021': {
    text: 'SSE-S3 leaves no KMS event in your CloudTrail.',
    grade: 'derived',
    ...derived,
  },
  'F-S3M-022': {
    text: 'You can neither see nor trigger the rotation of S3’s root key.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-S3M-023': {
    text: 'Under SSE-S3 whoever has s3:GetObject reads the plaintext: there is no second gate.',
    grade: 'derived',
    ...derived,
  },
  'F-S3M-024': {
    text: 'The ETag of an SSE-S3 object uploaded in one piece is the MD5 of its plaintext.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-S3M-025': {
    text: 'SSE-S3 uses envelope encryption too: AWS can move an object to SSE-KMS by encrypting only its data key again.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-S3M-026': {
    text: 'A bucket that takes server access logs cannot have a KMS default.',
    grade: 'documented',
    ...SOURCES.bucketEncryption,
  },
  'F-S3M-027': {
    text: 'A Bucket Key switched on together with SSE-S3 is accepted and does nothing.',
    grade: 'secondary',
    ...SOURCES.report,
  },
} as const satisfies Record<string, Fact>;
