import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived } = SOURCES;

/** The format of the S3 Encryption Client. */
export const clientFormatFacts = {
  'F-FMT-013': {
    text: 'Content suite 115 means AES-256-GCM with HKDF-SHA-512 and a 28-byte key commitment.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-020': {
    text: 'The envelope travels as user metadata, each name with the prefix x-amz-meta-.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-021': {
    text: 'x-amz-key holds the encrypted data key of format V1.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-022': {
    text: 'x-amz-key-v2 holds the encrypted data key of format V2.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-023': { text: 'x-amz-iv holds the IV in formats V1 and V2.', grade: 'documented', ...SOURCES.clientSpec },
  'F-FMT-024': {
    text: 'x-amz-matdesc holds a material description or an encryption context in formats V1 and V2.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-025': {
    text: 'x-amz-wrap-alg names how the data key is wrapped in format V2.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-026': {
    text: 'x-amz-cek-alg names the content cipher in format V2.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-027': {
    text: 'x-amz-tag-len gives the length of the tag in bits in format V2.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-028': {
    text: 'x-amz-unencrypted-content-length may give the length of the plaintext in older formats.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-029': {
    text: 'x-amz-crypto-instr-file marks an instruction file.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-030': {
    text: 'x-amz-c names the content suite in format V3, as the text 115.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-031': {
    text: 'x-amz-3 holds the encrypted data key of format V3.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-032': {
    text: 'x-amz-w tells how the data key is wrapped: 02 AES-GCM, 12 KMS, 22 RSA-OAEP.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-033': { text: 'x-amz-d holds the 28-byte key commitment.', grade: 'documented', ...SOURCES.clientSpec },
  'F-FMT-034': { text: 'x-amz-i holds the 28-byte message id.', grade: 'documented', ...SOURCES.clientSpec },
  'F-FMT-035': {
    text: 'x-amz-t holds the encryption context of a data key from KMS.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-036': {
    text: 'x-amz-m holds the material description of a raw wrapping key; an empty one is left out.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-037': {
    text: 'Format V3 stores neither IV nor tag length, since the suite fixes both.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-038': {
    text: 'The JSON in metadata may be laid out in different ways, so it is parsed, never compared as text.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-039': {
    text: 'Metadata is best kept to ASCII: other text comes back from S3 in an odd encoding.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-040': {
    text: 'Format V3 is known by x-amz-3, x-amz-d and x-amz-i together; keys of two formats at once are an error.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-050': {
    text: 'An AES-wrapped data key takes 60 bytes: IV, encrypted key and tag, with the content suite as AAD.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-051': {
    text: 'RSA-OAEP with SHA-1 wraps the key length, the data key and the name of the content suite together.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-052': {
    text: 'With kms+context the encrypted data key is the blob that KMS made.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-053': {
    text: 'The older wrap kms is only read any more, never written.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-054': {
    text: 'The older wrap AESWrap makes 40 bytes and is only read any more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-055': {
    text: 'RSA-OAEP under its older name with SHA-256 is only read any more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-056': {
    text: 'The wrap AES of format V1 is only read any more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-057': {
    text: 'The wrap RSA of format V1 is only read any more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-058': {
    text: 'Format V1 does not name its wrap, so the Java client tells it by the length of the encrypted data key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-059': {
    text: 'After an RSA unwrap the length byte and the name of the suite must be exactly as expected.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-060': {
    text: 'For ranged reads of format V3 the wrap still binds suite 115.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-065': {
    text: 'Format V2 encrypts directly with the data key, a random 12-byte IV and no AAD.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-066': { text: 'The client refuses an IV of all zeros.', grade: 'documented', ...SOURCES.javaClient },
  'F-FMT-070': {
    text: 'HKDF first mixes the data key with the message id, by HMAC-SHA-512.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-071': {
    text: 'The key commitment is 28 bytes that HKDF derives under the label COMMITKEY.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-072': {
    text: 'The derived key is 32 bytes that HKDF derives under the label DERIVEKEY.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-073': {
    text: 'Format V3 encrypts with the derived key, a fixed IV and the suite id as AAD.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-074': {
    text: 'Message id, commitment, suite and encrypted data key are stored as metadata.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-075': {
    text: 'When decrypting, the commitment is compared in constant time before the derived key is used.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-076': {
    text: 'Both derived values fit into one HMAC-SHA-512 output each.',
    grade: 'derived',
    ...derived,
  },
  'F-FMT-077': {
    text: 'The fixed IV is safe because the derived key is new for every object.',
    grade: 'derived',
    ...derived,
  },
  'F-FMT-078': {
    text: 'The fixed IV is twelve bytes of value one, not zero.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-079': {
    text: 'The content binds the suite as two bytes, the AES wrap binds it as the text 115.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-080': {
    text: 'The data key must have exactly 32 bytes and the message id exactly 28.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-081': {
    text: 'A message id of all zeros counts as missing.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-082': {
    text: 'In format V3 the KMS context holds aws:x-amz-cek-alg with the value 115.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
} as const satisfies Record<string, Fact>;
