import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** The formats of the S3 Encryption Client: who writes which, and which ciphers they use. */
export const clientVersionFacts = {
  'F-FMT-001': {
    text: 'Format V1 is what the first clients wrote, with AES-CBC; today’s clients read it on request at most.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-002': {
    text: 'Format V2 is AES-256-GCM without key commitment, written by clients of the generation before.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-003': {
    text: 'Format V3 is AES-256-GCM with HKDF and key commitment, and what today’s clients write.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-004': {
    text: 'The clients that write format V3 by default appeared in the middle of December 2025.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-005': {
    text: 'Without commitment, a swapped instruction file could make an object open to another plaintext (CVE-2025-14763).',
    grade: 'secondary',
    ...SOURCES.clientAdvisory,
  },
  'F-FMT-006': {
    text: 'A commitment policy says what a client writes and opens; the default demands commitment for both.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-007': {
    text: 'Version 2 of the Java client is out of support, and version 3 was in maintenance until July 2026.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-010': {
    text: 'Content suite 112 means AES-256-CBC with an IV of 16 bytes and no tag; it is only read any more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-011': {
    text: 'Content suite 113 means AES-256-CTR without derivation: it reads byte ranges of format V2.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-012': {
    text: 'Content suite 114 means AES-256-GCM with an IV of 12 bytes and no commitment, as in format V2.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-014': {
    text: 'Content suite 116 means AES-256-CTR for byte ranges of format V3; its keys are derived as for suite 115.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
} as const satisfies Record<string, Fact>;
