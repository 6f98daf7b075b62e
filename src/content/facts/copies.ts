import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Changing the encryption of what is stored: by copy, and in place. */
export const copyFacts = {
  'F-CPY-001': {
    text: 'A copy is a new object: its headers or the target bucket’s default decide its encryption, not the source.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-CPY-002': {
    text: 'An SSE-KMS object copied onto itself without headers became an SSE-S3 object, the bucket’s default.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-CPY-003': {
    text: 'An SSE-C object copied without encryption for the target became an SSE-S3 object with an MD5 ETag.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-CPY-004': {
    text: 'A copy may take one SSE-C key for its source and another for its target: that is how such a key is rotated.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-CPY-005': {
    text: 'To copy an SSE-KMS object you send no header for the source but need kms:Decrypt on its key.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-CPY-006': {
    text: 'An object may be copied onto itself with another encryption: the classic way to encrypt anew.',
    grade: 'documented',
    ...SOURCES.bucketEncryption,
  },
  'F-CPY-007': {
    text: 'One copy takes at most 5 GB; larger objects are copied in parts.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-CPY-008': {
    text: 'A copy has a new date, in a versioned bucket a new version; the old version keeps its encryption.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-CPY-009': {
    text: 'CopyObject may answer 200 and report an error in the body, so the body must be read.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-001': {
    text: 'Since January 2026 UpdateObjectEncryption changes the encryption of a stored object in place.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-002': {
    text: 'UpdateObjectEncryption encrypts only the data key anew: content, dates, ETag and checksums stay.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-UOE-003': {
    text: 'UpdateObjectEncryption usually takes milliseconds, whatever the object’s size.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-UOE-004': {
    text: 'UpdateObjectEncryption names the new KMS key by its full ARN, and may switch the Bucket Key on.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-005': {
    text: 'UpdateObjectEncryption leads only from SSE-S3 or SSE-KMS to SSE-KMS, never back.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-006': {
    text: 'The new KMS key must belong to the bucket owner’s account, unless AWS Support allowed the organisation’s keys.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-007': {
    text: 'UpdateObjectEncryption fails for objects under Object Lock.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-UOE-008': {
    text: 'UpdateObjectEncryption acts on the current version unless one is named, and triggers no replication.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-UOE-009': {
    text: 'CloudTrail notes UpdateObjectEncryption as a data event; it costs as much as a PUT.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-UOE-010': {
    text: 'S3 Batch Operations can run UpdateObjectEncryption over many objects.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-UOE-011': {
    text: 'UpdateObjectEncryption fails with InvalidRequest (400) or AccessDenied (403) and a text that says why.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ERR-070': {
    text: 'UpdateObjectEncryption answers InvalidRequest to a source, a target, a key ARN or a flag that cannot be.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ERR-071': {
    text: 'UpdateObjectEncryption answers AccessDenied to a key outside the account or organisation and under Object Lock.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ERR-072': {
    text: 'UpdateObjectEncryption answers NoSuchKey (404) where there is no such object.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
} as const satisfies Record<string, Fact>;
