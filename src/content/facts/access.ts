import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** HEAD, presigned URLs, versions, replication: ways to an object besides PUT and GET. */
export const accessFacts = {
  'F-HED-001': {
    text: 'HEAD gives the headers of GET and no body, not even for an error: all you see is the status.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HED-002': {
    text: 'HEAD takes no header for SSE-S3, SSE-KMS or DSSE-KMS: sending one gives 400.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HED-003': {
    text: 'HEAD of an SSE-C object needs the key headers: without them 400, with another key 403.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-HED-004': {
    text: 'HEAD of an object under a KMS key needs no KMS permission, unless it asks for the checksum.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HED-005': {
    text: 'HEAD is expected to work while the object’s KMS key is disabled; nobody recorded it.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-PRE-001': {
    text: 'A presigned GET needs no encryption header; under a KMS key the URL must be signed with Signature Version 4.',
    grade: 'documented',
    ...SOURCES.sse,
  },
  'F-PRE-002': {
    text: 'If an encryption header is part of a presigned PUT’s signature, the uploader must send exactly that header.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-PRE-003': {
    text: 'A presigned URL works with the rights its signer has when it is used, KMS rights included.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-PRE-004': {
    text: 'A presigned URL for SSE-C needs the key headers from whoever uses it; the key is not in the URL.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-PRE-005': {
    text: 'A browser form carries its encryption fields itself, and the signed policy must allow them.',
    grade: 'documented',
    ...SOURCES.post,
  },
  'F-VER-001': {
    text: 'Every version keeps the encryption it was written with; a new bucket default does not change it.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-VER-002': {
    text: 'A delete marker has no encryption: there is nothing in it.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-VER-003': {
    text: 'A copy makes a new version under the new encryption; UpdateObjectEncryption changes a version in place.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-REP-001': {
    text: 'SSE-S3 objects are replicated without special settings.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-REP-002': {
    text: 'SSE-KMS objects are replicated only if the rule asks for it and names a KMS key for the replicas.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-003': {
    text: 'The replica’s KMS key must live in the target Region; a wrong one is noticed only when replication fails.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-004': {
    text: 'The replication role needs kms:Decrypt on the source’s key and kms:Encrypt on the replica’s key.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-005': {
    text: 'To replicate SSE-KMS objects the role needs s3:GetObjectVersionForReplication.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-006': {
    text: 'A replica keeps the source’s type of encryption; the target’s default counts for unencrypted sources only.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-007': {
    text: 'An object under a Bucket Key stays one on the replica; policies must then name the bucket’s ARN.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-REP-008': {
    text: 'SSE-C objects are replicated too, unless the target bucket blocks SSE-C.',
    grade: 'documented',
    ...SOURCES.blockFaq,
  },
  'F-REP-009': {
    text: 'That DSSE-KMS objects need the same consent to be replicated as SSE-KMS objects is told by others only.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-MTX-001': {
    text: 'The modes differ in rights, KMS calls, ETag, copies, parts, HEAD, versions and replication.',
    grade: 'derived',
    ...SOURCES.derived,
  },
} as const satisfies Record<string, Fact>;
