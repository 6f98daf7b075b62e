import type { Narration } from '../narrationTypes.ts';

/** Words for what AWS KMS does besides data keys. */
export const kmsOperationNarration = {
  'kms.rewrapDataKey': {
    otherwise: {
      title: 'KMS wraps it anew',
      say: 'Inside the HSM, KMS opens the blob and wraps it anew, under the **KMS key** that is named: no plaintext comes out.',
    },
  },
  'kms.administer': {
    variants: [
      {
        when: { verb: 'discarded', touches: 'exported-key-token' },
        text: {
          title: 'KMS deletes the KMS key',
          say: 'The waiting period is over: KMS deletes the **key material**, and nobody opens again what it has locked.',
        },
      },
      {
        when: { asks: ['kms:ScheduleKeyDeletion'] },
        text: {
          title: 'The KMS key waits for its end',
          say: 'The KMS key is **pending deletion** now: nobody can use it, and until the waiting period ends it can be kept.',
        },
      },
      {
        when: { asks: ['kms:CancelKeyDeletion'] },
        text: {
          title: 'The deletion is called off',
          say: 'The KMS key is kept, but it is **disabled** now: nobody can use it before somebody enables it.',
        },
      },
      {
        when: { asks: ['kms:EnableKey'] },
        text: {
          title: 'The KMS key is enabled',
          say: 'The KMS key is **enabled** again: what was encrypted under it opens as before.',
        },
      },
      {
        when: { asks: ['kms:DisableKey'] },
        text: {
          title: 'The KMS key is disabled',
          say: 'The KMS key is **disabled** now: it is still there, and KMS refuses to use it.',
        },
      },
      {
        when: { asks: ['kms:RotateKeyOnDemand'] },
        text: {
          title: 'The KMS key gets new key material',
          say: 'New **key material** wraps from now on; the old one stays, to open what it has wrapped.',
        },
      },
      {
        when: { asks: ['kms:EnableKeyRotation'] },
        text: {
          title: 'The rotation is switched on',
          say: 'From now on KMS makes new **key material** by itself at regular times; nothing is encrypted anew.',
        },
      },
      {
        when: { asks: ['kms:PutKeyPolicy'] },
        text: {
          title: 'The KMS key has another policy',
          say: 'Another **key policy** decides at the KMS gate from now on; what was encrypted before stays as it is.',
        },
      },
    ],
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
