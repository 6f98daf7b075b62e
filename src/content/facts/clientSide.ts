import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived } = SOURCES;

/** Client-side encryption, with your own wrapping key and with KMS. */
export const clientSideFacts = {
  'F-CSR-001': {
    text: 'The client’s wrapping key, AES or RSA, never goes to AWS.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-002': {
    text: 'The client makes a fresh random 256-bit data key for each object.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-003': {
    text: 'The client wraps the data key with AES-GCM under its AES key, or with RSA-OAEP under its public key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-004': {
    text: 'In format V3 a random message id and the data key give both the derived key and the key commitment.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-005': {
    text: 'The client encrypts the object with AES-256-GCM; the tag makes it 16 bytes longer.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-006': {
    text: 'The client uploads ciphertext and puts the encrypted data key and its companions into user metadata.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-007': {
    text: 'S3 takes the ciphertext like any other bytes and adds its own encryption at rest.',
    grade: 'documented',
    ...SOURCES.defaultFaq,
  },
  'F-CSR-010': {
    text: 'On a download S3 takes off only its own layer and hands you your ciphertext.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-011': {
    text: 'The names of the metadata keys tell the client which format it has before it.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-012': {
    text: 'The client picks the wrapping key that fits and unwraps the data key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-013': {
    text: 'The client checks the key commitment before it decrypts anything, and stops if it differs.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-014': {
    text: 'The client gives out no plaintext before the authentication tag is verified.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-020': {
    text: 'With a raw wrapping key only S3 permissions are needed.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-021': {
    text: 'CloudTrail sees S3’s layer only; it knows nothing of the client’s.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-022': {
    text: 'A raw wrapping key has no encryption context; the material description is not bound to the encrypted data key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-023': {
    text: 'The stored length is that of the plaintext plus 16 bytes of tag.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-024': {
    text: 'The ETag of a client-side encrypted object is the MD5 of its ciphertext.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-025': {
    text: 'A copy keeps working with the same wrapping key as long as its metadata is kept.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-026': {
    text: 'Wrapping the data key anew without touching the object needs an instruction file.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-027': {
    text: 'Deleting through the client also deletes the instruction file.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSR-028': {
    text: 'The console and presigned URLs hand out ciphertext only.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-029': {
    text: 'User metadata may take 2 KB for each object; the envelope fits.',
    grade: 'documented',
    ...SOURCES.metadata,
  },
  'F-CSR-030': {
    text: 'Every service that reads the object on the server side sees ciphertext.',
    grade: 'derived',
    ...derived,
  },
  'F-CSR-031': {
    text: 'AES-GCM takes just under 64 GiB for one key and IV, and the client refuses more.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-032': {
    text: 'The Java client does not send a streamed encrypted body a second time by itself.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSR-033': {
    text: 'The client does not read objects that are not encrypted.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-001': {
    text: 'The client itself calls GenerateDataKey, with its KMS key and an encryption context.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-002': {
    text: 'KMS answers the client with the plaintext data key and the ciphertext blob, over TLS.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-CSK-003': {
    text: 'In format V3 the client derives the encrypting key and the commitment from the data key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-004': {
    text: 'The client encrypts with AES-256-GCM and then drops the plaintext data key.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-005': {
    text: 'The blob, the message id and the encryption context travel to S3 as metadata.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-010': {
    text: 'The client downloads ciphertext and metadata.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-011': {
    text: 'The client compares the context you give with the stored one before it calls KMS.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSK-012': {
    text: 'The client calls Decrypt itself, with key id, blob and the whole stored context.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-013': {
    text: 'After the answer of KMS the client checks the commitment, decrypts and checks the tag.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-020': {
    text: 'The client’s own principal needs kms:GenerateDataKey to write and kms:Decrypt to read; S3 has no part in it.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-021': {
    text: 'The usual write path does not need kms:Encrypt.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-CSK-022': {
    text: 'The client always binds the pair aws:x-amz-cek-alg; nobody else may set it.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-023': {
    text: 'On the client side the object’s ARN is not part of the encryption context.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-CSK-024': {
    text: 'CloudTrail shows the KMS calls as the caller’s own, not as made by S3.',
    grade: 'derived',
    ...derived,
  },
  'F-CSK-025': {
    text: 'A client may leave out the key id when decrypting, since the blob tells it.',
    grade: 'documented',
    ...SOURCES.goClient,
  },
  'F-CSK-026': {
    text: 'The key aws/s3 does not serve client-side encryption: its policy admits requests through S3 only.',
    grade: 'derived',
    ...derived,
  },
  'F-CSK-027': {
    text: 'The client makes one KMS request for each write and each read; Bucket Keys do not help it.',
    grade: 'documented',
    ...SOURCES.cse,
  },
  'F-CSK-028': {
    text: 'The .NET client does not combine KMS keys with instruction files.',
    grade: 'documented',
    ...SOURCES.netClient,
  },
} as const satisfies Record<string, Fact>;
