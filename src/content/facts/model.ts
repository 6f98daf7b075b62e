import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, lab, unpublished } = SOURCES;

/** What is known of the algorithms at rest, and what this lab assumes where AWS is silent. */
export const modelFacts = {
  'F-ALG-001': {
    text: 'SSE-S3 uses AES with 256-bit keys in Galois/Counter Mode.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-ALG-002': {
    text: 'Each SSE-S3 object has its own key, encrypted under a root key that S3 rotates.',
    grade: 'documented',
    ...SOURCES.sseS3,
  },
  'F-ALG-003': {
    text: 'SSE-KMS asks for a 256-bit data key, so the object’s cipher is AES-256.',
    grade: 'documented',
    ...SOURCES.sseKms,
  },
  'F-ALG-004': {
    text: 'DSSE-KMS has two independent AES-256 layers with two separate keys.',
    grade: 'documented',
    ...SOURCES.dsse,
  },
  'F-ALG-005': {
    text: 'SSE-C is AES-256 with your key; the mode of operation is not published.',
    grade: 'documented',
    ...SOURCES.sseC,
  },
  'F-ALG-006': {
    text: 'Inside KMS it is AES-256-GCM under a key that is derived anew for every call.',
    grade: 'documented',
    ...SOURCES.primitives,
  },
  'F-ALG-007': {
    text: 'In transit it is TLS 1.2 or 1.3; plain HTTP works only without KMS and SSE-C, and only while no policy forbids it.',
    grade: 'documented',
    ...SOURCES.network,
  },
  'F-ALG-008': {
    text: 'SSE-S3 and SSE-KMS both use envelope encryption.',
    grade: 'documented',
    ...SOURCES.update,
  },
  'F-ALG-009': {
    text: 'An object may be larger than AES-GCM allows for one key and IV, so S3 has to cut it into pieces.',
    grade: 'derived',
    ...derived,
  },
  'F-ALG-010': {
    text: 'A part of an object can be read alone, which also needs encryption in pieces.',
    grade: 'derived',
    ...derived,
  },
  'F-ALG-020': {
    text: 'How S3 chooses IVs, cuts pieces and binds AAD is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-021': {
    text: 'How S3 wraps and stores its data keys, and where its root keys live, is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-022': {
    text: 'The hash function and the salt of the SSE-C check are not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-023': {
    text: 'How a Bucket Key is built, how long it lives and what is stored of it is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-024': {
    text: 'How the key of DSSE-KMS’s second layer is assigned and wrapped is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-025': {
    text: 'The layout of a KMS ciphertext blob is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-026': {
    text: 'How the ETags of KMS and SSE-C objects are formed is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ALG-027': {
    text: 'Whether S3 keeps plaintext data keys of SSE-S3 in a cache is not published; the lab discards them.',
    grade: 'model',
    ...unpublished,
  },
  'F-SIM-001': {
    text: 'Objects are encrypted at rest with AES-256-GCM, a random 96-bit IV and a 128-bit tag.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-002': { text: 'S3’s own data keys are 32 random bytes, new for each object.', grade: 'model', ...lab },
  'F-SIM-003': {
    text: 'S3 wraps its data keys with AES-256-GCM under the root key and notes the root key’s version beside them.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-004': { text: 'The layer at rest binds no AAD.', grade: 'model', ...lab },
  'F-SIM-005': {
    text: 'The SSE-C check is HMAC-SHA-256 of your key, with a random 32-byte salt as HMAC key.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-006': { text: 'Under SSE-C your key encrypts the object directly.', grade: 'model', ...lab },
  'F-SIM-007': {
    text: 'The KMS blob holds a version, the key id, the material id, a nonce, an IV, the ciphertext and a tag.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-008': {
    text: 'The one-time key is one block of the counter-mode derivation over a label of the lab and the nonce.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-009': {
    text: 'KMS binds the encryption context sorted by name, each text with its length before it.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-010': {
    text: 'A Bucket Key is a data key from KMS that S3 keeps for a while and wraps the objects’ data keys with.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-011': { text: 'A Bucket Key lives for a few simulated minutes.', grade: 'model', ...lab },
  'F-SIM-012': { text: 'ETags under KMS and SSE-C are 16 random bytes in hex.', grade: 'model', ...lab },
  'F-SIM-013': {
    text: 'The second layer of DSSE-KMS has a random key for each object, wrapped under S3’s root key.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-014': { text: 'Changes in KMS may be felt after a short delay that can be switched.', grade: 'model', ...lab },
  'F-SIM-015': { text: 'Request ids are random and mean nothing.', grade: 'model', ...lab },
  'F-SIM-016': {
    text: 'A discarded secret is overwritten with zeros; JavaScript cannot promise that no copy is left.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-020': {
    text: 'One S3-compatible server seals each object key by HMAC and encrypts in packages of 64 KiB; it is not AWS.',
    grade: 'model',
    ...SOURCES.minio,
  },
  'F-SIM-021': {
    text: 'What the lab assumes always wears another badge than what AWS documents.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-100': {
    text: 'The TLS-like line of the lab: X25519 agreement, HKDF-SHA-256, AES-256-GCM records shaped as in TLS 1.3; certificates are left out.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-101': {
    text: 'Inside AWS, S3 reaches KMS over a line that this lab takes as safe and does not draw.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-102': {
    text: 'Large objects are encrypted in frames of 256 KiB whose order, length and end are authenticated.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-103': { text: 'The lab’s customer keeps one key ring per principal in memory.', grade: 'model', ...lab },
  'F-SIM-104': {
    text: 'The lab names one SHA-256 checksum header for every upload; real clients often send CRC checksums.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-105': {
    text: 'A bit that turns over on a disk is a deed of this lab: real S3 keeps several copies and repairs them before anybody reads.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-106': {
    text: 'The lab’s attacker tries every key it holds on every lock it holds, and asks S3 and KMS as whoever its credentials make it.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-108': {
    text: 'Somebody who can change what travels is played by the lab: it turns over one bit of what is on the line.',
    grade: 'model',
    ...lab,
  },
  'F-SIM-107': {
    text: 'A changed run and the one it left are both run from one seed: up to the change they are the same, byte for byte.',
    grade: 'model',
    ...lab,
  },
} as const satisfies Record<string, Fact>;
