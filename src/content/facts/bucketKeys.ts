import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** S3 Bucket Keys. */
export const bucketKeyFacts = {
  'F-BKT-012': {
    text: 'AWS’s example of a bucket’s encryption rule shows KMSKeyID; the real name of the element is KMSMasterKeyID.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-BKY-001': {
    text: 'A Bucket Key spares calls from S3 to KMS: the cost of KMS requests can fall by up to 99 per cent.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-002': {
    text: 'Bucket Keys exist for SSE-KMS only: not for DSSE-KMS, and SSE-S3 needs none.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-003': {
    text: 'Bucket Keys are off unless switched on; directory buckets always use them.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKY-004': {
    text: 'The bucket’s rule switches Bucket Keys on; a request may decide otherwise for its own object.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-005': {
    text: 'A request’s Bucket Key header does not change the bucket’s setting.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKY-006': {
    text: 'Switching Bucket Keys on does not change objects that exist; a copy or an update does.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-007': {
    text: 'A Bucket Key is short-lived, and one of its bucket, its requester and its KMS key alone.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-008': {
    text: 'How long a Bucket Key lives is not published.',
    grade: 'model',
    ...SOURCES.unpublished,
  },
  'F-BKY-009': {
    text: 'With Bucket Keys there are fewer KMS events, and they name the bucket’s ARN instead of the object’s.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-010': {
    text: 'With Bucket Keys, conditions on the object’s ARN in the encryption context match no more.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-011': {
    text: 'A replica of an unencrypted object has another ETag if its bucket uses Bucket Keys.',
    grade: 'documented',
    ...SOURCES.bucketKey,
  },
  'F-BKY-012': {
    text: 'With Bucket Keys S3 may feel a change of KMS permissions late; AWS does not say so.',
    grade: 'model',
    ...SOURCES.unpublished,
  },
  'F-BKY-013': {
    text: 'Copies from or to directory buckets use no Bucket Key: each calls KMS.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKY-014': {
    text: 'A hundred million KMS requests cost about 300 USD; with 99 per cent fewer calls it is about 3 USD.',
    grade: 'derived',
    ...SOURCES.derived,
  },
} as const satisfies Record<string, Fact>;
