import type { Narration } from '../narrationTypes.ts';

/** Words for what happens in AWS KMS. */
export const kmsNarration = {
  'kms.receive': {
    otherwise: {
      title: 'KMS receives your call',
      say: 'KMS receives the call from you directly: S3 has no part in **client-side encryption**.',
    },
  },
  'kms.authorize': {
    variants: [
      {
        when: { verb: 'denied' },
        text: {
          title: 'The KMS gate stays shut',
          say: 'The **KMS gate** stays shut: {because}.',
          stop: 'the policy decides at KMS',
        },
      },
      {
        when: { verb: 'authorized' },
        text: {
          title: 'The KMS gate opens',
          say: 'The **KMS gate** opens: {principal} is allowed {action}.',
          stop: 'the policy decides at KMS',
        },
      },
    ],
    otherwise: { title: 'KMS checks the policy', say: 'KMS looks at the **key policy** and at who asks.' },
  },
  'kms.makeDataKey': {
    variants: [
      {
        when: { verb: 'generated' },
        text: {
          title: 'KMS makes a data key',
          say: 'Inside its **HSM**, KMS makes {output} from 256 random bits.',
          stop: 'the data key is made',
        },
      },
    ],
    otherwise: { title: 'KMS makes a data key', say: 'KMS makes a data key inside its **HSM**.' },
  },
  'kms.wrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'KMS wraps the data key',
          say: 'A {key}, derived from the **KMS key**, locks {input}; the KMS key never leaves the HSM.',
          stop: 'the data key is wrapped',
        },
      },
    ],
    otherwise: { title: 'KMS wraps the data key', say: 'KMS locks the data key under your **KMS key**.' },
  },
  'kms.unwrapDataKey': {
    otherwise: {
      title: 'KMS opens the encrypted data key',
      say: 'Inside the HSM, the **KMS key** serves to open the encrypted data key; the encryption context must match.',
      stop: 'the data key is unwrapped',
    },
  },
  'kms.forget': {
    variants: [
      {
        when: { operation: 'download' },
        text: {
          title: 'KMS forgets the key it opened',
          say: 'KMS discards the **data key** that it opened for you, and keeps no copy of the encrypted one.',
        },
      },
    ],
    otherwise: {
      title: 'KMS forgets the keys it made',
      say: 'KMS discards the **data key** in every form: keeping the encrypted one is up to the caller.',
    },
  },
  'kms.log': {
    otherwise: {
      title: 'CloudTrail logs the KMS call',
      say: 'CloudTrail notes who asked, which KMS key and the **encryption context**; the data key is never in it.',
    },
  },
  'kms.refuse': {
    variants: [
      {
        when: { verb: 'failed' },
        text: { title: 'KMS refuses', say: 'KMS refuses with {code}: no **data key** leaves the HSM.' },
      },
    ],
    otherwise: { title: 'KMS refuses', say: 'KMS refuses: no **data key** leaves the HSM.' },
  },
  'kms.answer': {
    variants: [
      {
        when: { operation: 'download' },
        text: {
          title: 'KMS hands out the data key',
          say: 'KMS sends the data key back as **plaintext**, over a protected line.',
        },
      },
    ],
    otherwise: {
      title: 'KMS hands out the data key',
      say: 'KMS hands out two forms: the data key to work with now, the **encrypted data key** to keep.',
    },
  },
} as const satisfies Partial<Narration>;
