import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** DSSE-KMS. */
export const dsseKmsFacts = {
  'F-DSS-001': {
    text: 'You ask for two layers with the header value aws:kms:dsse.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-002': {
    text: 'For the first layer S3 gets a data key from KMS.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-003': {
    text: 'The first layer is AES-256 under the data key from KMS.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-004': {
    text: 'The second layer encrypts that ciphertext again, under a separate AES-256 key that S3 manages.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-005': {
    text: 'The answer says aws:kms:dsse and names the KMS key.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-010': {
    text: 'You download a DSSE-KMS object with a signed request over TLS and no encryption header.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-011': {
    text: 'On a download the layers come off in reverse order: S3’s own first, then the one under the data key from KMS.',
    grade: 'derived',
    ...derived,
  },
  'F-DSS-020': {
    text: 'DSSE-KMS exists for rules that demand two layers of encryption and control over the keys.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-021': {
    text: 'DSSE-KMS does not work with S3 Bucket Keys.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-022': {
    text: 'A Bucket Key header sent with DSSE-KMS is reported to be ignored.',
    grade: 'secondary',
    source: 'Report: Nextcloud server, issue 62539',
    url: 'https://github.com/nextcloud/server/issues/62539',
  },
  'F-DSS-023': {
    text: 'Since there is no Bucket Key, the encryption context is the object’s ARN.',
    grade: 'derived',
    ...derived,
  },
  'F-DSS-024': {
    text: 'For DSSE-KMS the KMS key has to be in the bucket’s Region.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-025': {
    text: 'DSSE-KMS can be a bucket’s default.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-026': {
    text: 'DSSE-KMS costs more and takes a little longer than SSE-KMS.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-027': {
    text: 'Under DSSE-KMS the checksum of the object is stored encrypted.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-028': {
    text: 'Listing the parts of a DSSE-KMS upload needs kms:Decrypt.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-029': {
    text: 'UpdateObjectEncryption neither takes nor makes DSSE-KMS objects.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-030': {
    text: 'Directory buckets do not offer DSSE-KMS.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-DSS-031': {
    text: 'How the ETag of a DSSE-KMS object is formed is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-DSS-032': {
    text: 'DSSE-KMS asks for the same KMS permissions as SSE-KMS.',
    grade: 'derived',
    ...derived,
  },
  'F-DSS-033': {
    text: 'A policy can demand DSSE-KMS by denying uploads with any other mode.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-DSS-034': {
    text: 'Whether the key of the second layer is new for each object, and how it is wrapped, is not published.',
    grade: 'model',
    ...unpublished,
  },
} as const satisfies Record<string, Fact>;
