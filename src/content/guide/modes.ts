import type { FactId } from '../../engine/index.ts';
import type { GuideMode } from './requirement.ts';

/** What to know about a mode once it is chosen. */
export interface GuideModeText {
  /** The full name. */
  readonly name: string;
  /** Headers of the upload; for client-side modes what the client does instead. */
  readonly headers: readonly string[];
  /** Stands before or instead of the headers. */
  readonly send: string;
  /** In money and work: one sentence. */
  readonly costs: string;
  /** What surprises people who choose it: one sentence. */
  readonly caution: string;
  /** Sources of all these sentences. */
  readonly facts: readonly FactId[];
}

/** In the order of administration, the least first: of two modes that do equally well the earlier one is advised. */
export const GUIDE_MODES: readonly GuideMode[] = [
  'sse-s3',
  'sse-kms-aws',
  'sse-kms-cmk',
  'dsse-kms',
  'sse-c',
  'cse-kms',
  'cse-aes',
  'cse-rsa',
];

export const GUIDE_MODE_TEXTS: Readonly<Record<GuideMode, GuideModeText>> = {
  'sse-s3': {
    name: 'SSE-S3',
    send: 'Nothing: it is the default. Or say so:',
    headers: ['x-amz-server-side-encryption: AES256'],
    costs: 'No charge and no administration.',
    caution: 'Whoever may read in S3 reads plaintext.',
    facts: ['F-S3M-001', 'F-GEN-020', 'F-S3M-023'],
  },
  'sse-kms-aws': {
    name: 'SSE-KMS with aws/s3',
    send: 'Nothing, when it is the bucket’s default. Otherwise:',
    headers: ['x-amz-server-side-encryption: aws:kms'],
    costs: 'Charges for KMS requests, but no fee for the key; a Bucket Key spares most requests.',
    caution: 'No other account can be let in, and S3 administrators of this one are in already.',
    facts: ['F-KSM-001', 'F-KMS-044', 'F-BKY-001', 'F-KSM-036', 'F-KSM-037'],
  },
  'sse-kms-cmk': {
    name: 'SSE-KMS with a customer managed key',
    send: 'Nothing, when it is the bucket’s default. Otherwise:',
    headers: [
      'x-amz-server-side-encryption: aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id: <ARN of your key>',
    ],
    costs: 'A monthly fee for the key, and charges for KMS requests, most of which a Bucket Key spares.',
    caution: 'Readers need kms:Decrypt and writers kms:GenerateDataKey, besides their permissions for S3.',
    facts: ['F-KSM-001', 'F-HDR-002', 'F-KMS-044', 'F-BKY-001', 'F-KSM-050', 'F-KSM-051'],
  },
  'dsse-kms': {
    name: 'DSSE-KMS',
    send: 'Nothing, when it is the bucket’s default. Otherwise:',
    headers: [
      'x-amz-server-side-encryption: aws:kms:dsse',
      'x-amz-server-side-encryption-aws-kms-key-id: <ARN of your key>',
    ],
    costs: 'More than SSE-KMS, for each object a KMS request, and a little more time.',
    caution: 'Bucket Keys do not work here; choose it only when a rule asks for two layers.',
    facts: ['F-DSS-001', 'F-DSS-020', 'F-DSS-021', 'F-DSS-025', 'F-DSS-026'],
  },
  'sse-c': {
    name: 'SSE-C',
    send: 'With each upload and each download, over HTTPS:',
    headers: [
      'x-amz-server-side-encryption-customer-algorithm: AES256',
      'x-amz-server-side-encryption-customer-key: <your key, Base64>',
      'x-amz-server-side-encryption-customer-key-MD5: <its MD5, Base64>',
    ],
    costs: 'No charge; keeping, rotating and assigning the keys is your work.',
    caution: 'New buckets block it since April 2026: set the blocked encryption type to NONE first.',
    facts: ['F-SSC-002', 'F-GEN-020', 'F-SSC-023', 'F-BLK-006', 'F-BLK-008'],
  },
  'cse-aes': {
    name: 'Client-side, with an AES key of your own',
    send: 'No encryption header: the client uploads ciphertext, with its envelope as metadata:',
    headers: ['x-amz-meta-x-amz-3: <encrypted data key>', 'x-amz-meta-x-amz-w: 02'],
    costs: 'No charge for keys; the encryption client in each application, and a secret key to guard.',
    caution: 'Lose the key, and every object is lost; and whatever reads in S3 itself sees ciphertext.',
    facts: ['F-CSR-006', 'F-CSR-001', 'F-CSR-030', 'F-ERR-108'],
  },
  'cse-rsa': {
    name: 'Client-side, with an RSA key pair of your own',
    send: 'No encryption header: the client uploads ciphertext, with its envelope as metadata:',
    headers: ['x-amz-meta-x-amz-3: <encrypted data key>', 'x-amz-meta-x-amz-w: 22'],
    costs: 'No charge for keys; the encryption client in each application, and a private key to guard.',
    caution: 'Lose the private key, and every object is lost; the public one is enough to upload.',
    facts: ['F-CSR-006', 'F-CSR-001', 'F-CSR-003', 'F-ERR-108'],
  },
  'cse-kms': {
    name: 'Client-side, with a KMS key',
    send: 'No encryption header: the client asks KMS, then uploads ciphertext with its envelope as metadata:',
    headers: ['x-amz-meta-x-amz-3: <encrypted data key>', 'x-amz-meta-x-amz-w: 12'],
    costs: 'A KMS request for each object, without Bucket Keys, and the encryption client in each application.',
    caution: 'Your own principals need the permissions at KMS; aws/s3 does not serve here.',
    facts: ['F-CSK-001', 'F-CSK-020', 'F-CSK-026', 'F-CSK-027'],
  },
};
