import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** What the WebCrypto of a browser can do of what the S3 Encryption Client needs. */
export const webCryptoFacts = {
  'F-WEB-001': {
    text: 'WebCrypto’s HKDF gives commitment and derived key directly, with the message id as salt.',
    grade: 'derived',
    ...SOURCES.webCrypto,
  },
  'F-WEB-002': {
    text: 'WebCrypto puts the tag behind the ciphertext, in the order in which the client stores it.',
    grade: 'derived',
    ...SOURCES.webCrypto,
  },
  'F-WEB-003': {
    text: 'AES-CTR with a counter of 32 bits repeats what AES-GCM does inside, so it can read a byte range.',
    grade: 'derived',
    ...SOURCES.webCrypto,
  },
  'F-WEB-004': {
    text: 'WebCrypto’s RSA-OAEP with SHA-1 opens what the client wraps, by encrypt and decrypt.',
    grade: 'derived',
    ...SOURCES.webCrypto,
  },
  'F-WEB-005': {
    text: 'WebCrypto has AES key wrap, but no RSA PKCS#1 v1.5 decryption; AES-ECB can be built from AES-CBC.',
    grade: 'derived',
    ...SOURCES.webCrypto,
  },
  'F-WEB-006': {
    text: 'WebCrypto takes the same hash for both parts of RSA-OAEP, so it cannot open all that Java wrote.',
    grade: 'secondary',
    ...SOURCES.webCrypto,
  },
} as const satisfies Record<string, Fact>;
