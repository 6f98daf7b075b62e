import type { Narration } from '../narrationTypes.ts';

/** Words for what AWS KMS does besides data keys. */
export const kmsOperationNarration = {
  'kms.rewrapDataKey': {
    otherwise: {
      title: 'KMS wraps it under another key',
      say: 'Inside the HSM, KMS opens the blob and wraps it under another **KMS key**: the plaintext never comes out.',
    },
  },
  'kms.administer': {
    otherwise: {
      title: 'KMS changes what it keeps',
      say: 'KMS changes a **KMS key**, its policy, its aliases or its state; what was encrypted before stays as it is.',
    },
  },
  'kms.throttle': {
    otherwise: {
      title: 'The request quota is used up',
      say: 'Too many calls in this second: the **request quota** is one for your account and Region, S3’s calls included.',
    },
  },
  'kms.random': {
    otherwise: {
      title: 'KMS draws random bytes',
      say: 'The **HSM** draws random bytes and hands them out; it keeps none of them.',
    },
  },
  'kms.makeKeyPair': {
    otherwise: {
      title: 'KMS makes a key pair',
      say: 'KMS makes a **key pair**: the private half is wrapped under your KMS key, the public half is for everybody.',
    },
  },
  'kms.mac': {
    otherwise: {
      title: 'KMS computes an HMAC',
      say: 'Inside the HSM, KMS computes an **HMAC** of your message, under a key that never leaves it.',
    },
  },
} as const satisfies Partial<Narration>;
