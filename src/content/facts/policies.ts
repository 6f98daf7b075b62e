import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Bucket policies that enforce encryption. */
export const policyFacts = {
  'F-POL-001': {
    text: 'Bucket policies can ask for the mode, the KMS key and the SSE-C algorithm of a request.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-POL-002': {
    text: 'Policies can ask whether a request came over TLS, and over which version of it.',
    grade: 'documented',
    ...SOURCES.policies,
  },
  'F-POL-010': {
    text: 'A policy that denies uploads whose mode is not AES256 lets only SSE-S3 in.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-POL-011': {
    text: 'A policy that denies uploads whose mode is not aws:kms, or that name no KMS key, lets only SSE-KMS in.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-POL-012': {
    text: 'A policy that denies uploads whose mode is not aws:kms:dsse lets only DSSE-KMS in.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-POL-013': {
    text: 'A policy that lets only one KMS key in names it by its full ARN.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-POL-014': {
    text: 'A policy can deny uploads that name no mode at all.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-POL-015': {
    text: 'A policy can deny uploads without the SSE-C algorithm header: then only SSE-C comes in.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-POL-016': {
    text: 'A policy can deny uploads with the SSE-C algorithm header: then no SSE-C comes in.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-POL-017': {
    text: 'To enforce HTTPS, a policy denies everything, on bucket and objects, where aws:SecureTransport is false.',
    grade: 'documented',
    ...SOURCES.policies,
  },
  'F-POL-018': {
    text: 'A policy can deny every request over a TLS older than 1.2.',
    grade: 'documented',
    ...SOURCES.policies,
  },
  'F-POL-020': {
    text: 'In a Null condition, true matches when the key is absent and false when it is there.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-POL-021': {
    text: 'StringNotEquals matches a missing header too, so such a policy denies even what the default would encrypt.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-POL-022': {
    text: 'IAM does not check whether the KMS key that a policy names exists.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-POL-023': {
    text: 'A policy on the KMS key looks at the key S3 will use: from the header, the default, or aws/s3.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-POL-024': {
    text: 'The default says what happens when nobody asks; a policy says what may be asked.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-POL-025': {
    text: 'Under a policy that requires SSE-C, creating, each part and completing must all send the algorithm header.',
    grade: 'secondary',
    ...SOURCES.report,
  },
} as const satisfies Record<string, Fact>;
