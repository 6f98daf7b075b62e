import type { Narration } from '../narrationTypes.ts';
import { clientOutcomeNarration } from './clientOutcomes.ts';

const { 'client.fail': fail, 'client.done': done } = clientOutcomeNarration;

/** Words for how a run of the encryption client ends: its own first, then those of any run. */
export const encryptionClientOutcomeNarration = {
  'client.fail': {
    ...fail,
    variants: [
      {
        when: { verb: 'failed', why: 'TamperedMetadata' },
        text: {
          title: 'The object does not open',
          say: 'You are told {code} and no more; only the trace knows that the **metadata** is no intact envelope.',
        },
      },
      {
        when: { verb: 'failed', why: 'TamperedInstructionFile' },
        text: {
          title: 'The object does not open',
          say: 'You are told {code} and no more; only the trace knows that the **instruction file** is not a proper one.',
        },
      },
      {
        when: { verb: 'failed', why: 'UnableToUnwrapDataKey' },
        text: {
          title: 'The data key does not open',
          say: 'You are told {code} and no more; only the trace knows that the **encrypted data key** did not open.',
        },
      },
      {
        when: { verb: 'failed', why: 'WrappingKeyMissing' },
        text: {
          title: 'The wrapping key is not there',
          say: 'You are told {code} and no more; only the trace knows that the **wrapping key** it takes is not in your ring.',
        },
      },
      {
        when: { verb: 'failed', why: 'KeyCommitmentMismatch' },
        text: {
          title: 'The commitment stops it',
          say: 'You are told {code} and no more; only the trace knows that the **key commitment** is that of another key.',
        },
      },
      {
        when: { verb: 'failed', why: 'AuthenticationTagMismatch' },
        text: {
          title: 'The object was changed',
          say: 'You are told {code} and no more; only the trace knows that the **authentication tag** does not fit.',
        },
      },
      {
        when: { verb: 'failed', why: 'EncryptionContextMismatch' },
        text: {
          title: 'The encryption context differs',
          say: 'You are told {code} and no more; only the trace knows that the **encryption context** is another.',
        },
      },
      {
        when: { verb: 'failed', why: 'ContentAlgorithmMismatch' },
        text: {
          title: 'The object claims another algorithm',
          say: 'You are told {code} and no more; only the trace knows that the **content algorithm** is another.',
        },
      },
      {
        when: { verb: 'failed', hasReason: true },
        text: {
          title: 'The object does not open',
          say: 'You are told {code}, so that an attacker learns nothing; the **true reason** is {why}.',
        },
      },
      {
        when: { verb: 'failed', code: 'WrappingKeyMissing' },
        text: {
          title: 'No key opens the object',
          say: 'The run ends with {code}: without the **wrapping key** nobody reads this object, neither you nor AWS.',
        },
      },
      {
        when: { verb: 'failed', code: 'CommitmentPolicyViolation' },
        text: {
          title: 'Your own policy refuses',
          say: 'The run ends with {code}: your **commitment policy** opens no object that was written without commitment.',
        },
      },
      {
        when: { verb: 'failed', code: 'LegacyNotEnabled' },
        text: {
          title: 'Your client refuses old algorithms',
          say: 'The run ends with {code}: your client reads **legacy algorithms** only when it is told to.',
        },
      },
      {
        when: { verb: 'failed', code: 'RangeNotEnabled' },
        text: {
          title: 'Your client refuses a range',
          say: 'The run ends with {code}: a part cannot be **authenticated**, so your client reads parts only when told to.',
        },
      },
      {
        when: { verb: 'failed', code: 'AlgorithmNotAvailable' },
        text: {
          title: 'This browser cannot open it',
          say: 'The run ends with {code}: the **WebCrypto** of a browser does not have the algorithm that this object takes.',
        },
      },
      {
        when: { verb: 'failed', code: 'NotEncryptedByClient' },
        text: {
          title: 'There is no envelope to open',
          say: 'The run ends with {code}: neither metadata nor instruction file has an **envelope** that your client knows.',
        },
      },
      {
        when: { verb: 'failed', code: 'InstructionFileMissing' },
        text: {
          title: 'The instruction file is missing',
          say: 'The run ends with {code}: without its **instruction file** the object has no encrypted data key.',
        },
      },
      ...fail.variants,
    ],
  },
  'client.done': {
    ...done,
    variants: [
      {
        when: { operation: 'download', after: 'client.decryptRange' },
        text: {
          title: 'You have a part of the object',
          say: 'A part of the object is on your side, as **plaintext** that nothing vouches for.',
        },
      },
      {
        when: { operation: 'download', after: 'client.decrypt' },
        text: { title: 'You have the object back', say: 'The object is back on your side, as **plaintext**.' },
      },
      {
        when: { operation: 'download', mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'You have ciphertext',
          say: 'You have what S3 has, **ciphertext**: S3 took off its own layer, and yours is still on.',
        },
      },
      {
        when: { after: 'client.rewrapDataKey' },
        text: {
          title: 'The wrapping key is rotated',
          say: 'The **instruction file** now needs the new wrapping key; nobody has touched the object itself.',
        },
      },
      {
        when: { by: 's3-admin', after: 'client.writeInstructions', without: 'client.discardKeys' },
        text: {
          title: 'The swap is done',
          say: 'S3 asks who may write, and no more: to it, an **instruction file** is an object like any other.',
        },
      },
      {
        when: { after: 'client.forge' },
        text: {
          title: 'The forged object is in place',
          say: 'S3 takes it like any other object: it asks who may write, and cannot look into **ciphertext**.',
        },
      },
      {
        when: { after: 'client.tamper' },
        text: {
          title: 'The change is in place',
          say: 'S3 asks who may write, and no more: it cannot check the **authentication tag** of your layer.',
        },
      },
      {
        when: { after: 'client.sealMessage' },
        text: {
          title: 'The upload is complete',
          say: 'S3 has a **message** of the AWS Encryption SDK; no metadata tells that it is encrypted.',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'The upload is complete',
          say: 'S3 has your ciphertext, and no **data key** with which it could open it.',
        },
      },
      ...done.variants,
    ],
  },
} as const satisfies Partial<Narration>;
