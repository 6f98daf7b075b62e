import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Which operation takes and gives which encryption headers, beyond a plain PUT and GET. */
export const requestHeaderFacts = {
  'F-HDR-008': {
    text: 'A copy names the algorithm of its SSE-C source, AES256, in a copy-source header of its own.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-009': {
    text: 'A copy gives the key of its SSE-C source in Base64, 32 bytes, in a copy-source header of its own.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-010': {
    text: 'A copy gives the MD5 of its SSE-C source’s key in Base64 too, 16 bytes.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-023': {
    text: 'CopyObject takes all encryption headers for the target, and SSE-C keys for source and target.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-024': {
    text: 'CreateMultipartUpload takes all the encryption headers that PutObject takes.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-025': {
    text: 'UploadPart takes the SSE-C headers again and no other encryption header.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-026': {
    text: 'UploadPartCopy takes SSE-C keys for source and target, and no other encryption header.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-027': {
    text: 'CompleteMultipartUpload needs no encryption header; its answer names mode, KMS key and Bucket Key.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-028': {
    text: 'ListParts and GetObjectAttributes take only SSE-C headers and answer without encryption headers.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-HDR-029': {
    text: 'A browser form upload takes all encryption headers as form fields.',
    grade: 'documented',
    ...SOURCES.post,
  },
  'F-HDR-030': {
    text: 'Deleting and listing take no encryption headers and give none: an SSE-C object is deleted without its key.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
} as const satisfies Record<string, Fact>;
