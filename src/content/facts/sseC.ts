import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { unpublished } = SOURCES;

/** SSE-C. */
export const sseCFacts = {
  'F-SSC-001': {
    text: 'For SSE-C you choose a 256-bit key yourself and remember which key belongs to which object.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-002': {
    text: 'You send the plaintext and your key to S3, in one HTTPS request with three headers.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-003': {
    text: 'S3 checks permissions and whether the bucket blocks SSE-C.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-SSC-004': {
    text: 'S3 refuses SSE-C over plain HTTP, and a key that was sent that way counts as compromised.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-005': {
    text: 'S3 computes the key’s MD5 itself and compares: this finds damage on the way and proves nothing more.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-SSC-006': {
    text: 'S3 encrypts the object with AES-256, using the key you sent.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-007': {
    text: 'Beside the ciphertext S3 keeps a randomly salted HMAC of your key.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-008': {
    text: 'After the upload S3 removes your key from its memory.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-009': {
    text: 'The answer repeats the SSE-C algorithm and the key MD5; its ETag is not the MD5 of the content.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-010': {
    text: 'A download needs the same three headers again, over HTTPS.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-SSC-011': {
    text: 'S3 computes the salted HMAC of the key you send and compares it with the stored one.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-012': {
    text: 'If the HMACs match, S3 decrypts, sends the object and drops the key; if not, it answers 403.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-020': {
    text: 'The salted HMAC gives back neither the key nor the object: if you lose the key, you lose the object.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-021': {
    text: 'The hash function of the HMAC, the length of the salt and its place are not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-SSC-022': {
    text: 'The only legal SSE-C algorithm is AES256.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-023': {
    text: 'Keeping, rotating and assigning SSE-C keys is entirely up to you.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-024': {
    text: 'SSE-C cannot be a bucket’s default.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-SSC-025': {
    text: 'The S3 console cannot upload with SSE-C.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-026': {
    text: 'A presigned URL for an SSE-C object works only for a program that sends the SSE-C headers itself.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-027': {
    text: 'A HEAD of an SSE-C object needs the headers as well.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-028': {
    text: 'Deleting and listing SSE-C objects needs no key.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-029': {
    text: 'Each version of an object may have its own SSE-C key.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-030': {
    text: 'In a multipart upload the three headers go with the beginning and with every part.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-031': {
    text: 'Completing a multipart upload works without the SSE-C headers when no extra checksum is asked for.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-032': {
    text: 'SSE-C objects can be replicated without giving S3 the key.',
    grade: 'documented',
    ...SOURCES.replication,
  },
  'F-SSC-033': {
    text: 'Replication of SSE-C objects fails when the target bucket blocks SSE-C.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-SSC-034': {
    text: 'SSE-C involves no KMS permission, event or cost; CloudTrail data events say SSE_C.',
    grade: 'documented',
    ...SOURCES.tracking,
  },
  'F-SSC-035': {
    text: 'A policy can require or forbid SSE-C by testing whether its algorithm header is there.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-SSC-036': {
    text: 'Two uploads of the same bytes with the same SSE-C key get different ETags.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-037': {
    text: 'An SSE-C upload still returns ordinary checksums of the plaintext.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-SSC-038': {
    text: 'Since April 2026 new general purpose buckets block SSE-C until you lift the block.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-SSC-039': {
    text: 'The key MD5 names the key in answers, but it is not how S3 recognises the right key.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
} as const satisfies Record<string, Fact>;
