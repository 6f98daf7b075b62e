import type { Narration } from '../narrationTypes.ts';
import { clientNarration } from './client.ts';
import { clientOutcomeNarration } from './clientOutcomes.ts';
import { encryptionClientOutcomeNarration } from './encryptionClientOutcomes.ts';
import { NO_CALLS_TO_KMS, SERVER_SIDE } from './modeGroups.ts';

const {
  'client.prepare': prepare,
  'client.askKms': askKms,
  'client.sign': sign,
  'client.checkHash': checkHash,
} = clientNarration;
const { 'client.fail': fail, 'client.done': done } = encryptionClientOutcomeNarration;
const [, basicDownloadFails, basicUploadFails] = clientOutcomeNarration['client.fail'].variants;
const [basicObjectIsBack] = clientOutcomeNarration['client.done'].variants;

/** They get objects that they never uploaded. */
const OTHER_PEOPLE = ['reader', 'administrator', 's3-admin', 'stranger', 'thief', 'anonymous'] as const;

const OBJECT_OF_OTHERS = { title: 'You have the object', say: 'The object is on your side, as **plaintext**.' };

/** Words for what is done on the client’s side beside up- and downloads; those of up- and downloads follow. */
export const experimentClientNarration = {
  'client.prepare': {
    ...prepare,
    variants: [
      {
        when: { asks: ['bucket-change'] },
        text: {
          title: 'You write the bucket’s settings',
          say: 'You write down what is to count for the **bucket**: nothing of an object is in it, and no key.',
        },
      },
      {
        when: { asks: ['update'] },
        text: {
          title: 'You name another encryption',
          say: 'You write down which **KMS key** is to protect the object from now on: its bytes stay with S3.',
        },
      },
      {
        when: { asks: ['complete-upload'] },
        text: {
          title: 'You list the parts',
          say: 'You write a **list** of the parts in their order: nothing of the object itself is in it.',
        },
      },
      {
        when: { asks: ['open-upload'] },
        text: {
          title: 'You cut the object into parts',
          say: 'You cut the object into **parts**: each of them goes up by a request of its own.',
        },
      },
      {
        when: {
          asks: ['put'],
          operation: 'download',
          verb: 'hashed',
          mode: ['sse-s3', 'sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'],
        },
        text: prepare.otherwise,
      },
      ...prepare.variants,
    ],
  },
  'client.askKms': {
    variants: [
      { when: { asks: ['kms:Decrypt'] }, text: askKms.variants[0].text },
      { when: { asks: ['kms:GenerateDataKey'] }, text: askKms.otherwise },
      {
        when: { asks: ['kms:GenerateDataKeyWithoutPlaintext'] },
        text: {
          title: 'You ask KMS for a locked data key',
          say: 'With `GenerateDataKeyWithoutPlaintext` you ask KMS for the **encrypted data key** alone.',
        },
      },
      {
        when: { asks: ['kms:Encrypt'] },
        text: {
          title: 'You ask KMS to encrypt',
          say: 'You send KMS bytes of your own and ask for `Encrypt`: the **KMS key** is to lock them, without a data key.',
        },
      },
      {
        when: { asks: ['kms:ScheduleKeyDeletion'] },
        text: {
          title: 'You ask KMS to delete the key',
          say: 'You ask for `ScheduleKeyDeletion`: a KMS key is deleted only after a **waiting period**.',
        },
      },
      {
        when: { asks: ['kms:CancelKeyDeletion'] },
        text: {
          title: 'You call the deletion off',
          say: 'You ask for `CancelKeyDeletion`: as long as the **waiting period** lasts, a KMS key can be kept.',
        },
      },
      {
        when: { asks: ['kms:EnableKey'] },
        text: {
          title: 'You ask KMS to enable the key',
          say: 'You ask for `EnableKey`: the **KMS key** is to work again.',
        },
      },
      {
        when: { asks: ['kms:DisableKey'] },
        text: {
          title: 'You ask KMS to disable the key',
          say: 'You ask for `DisableKey`: the **KMS key** is to stay, and nobody is to use it.',
        },
      },
      {
        when: { asks: ['kms:RotateKeyOnDemand'] },
        text: {
          title: 'You ask KMS to rotate the key',
          say: 'You ask for `RotateKeyOnDemand`: the KMS key is to have new **key material**, and to keep its id.',
        },
      },
      {
        when: { asks: ['kms:EnableKeyRotation'] },
        text: {
          title: 'You ask KMS for rotation',
          say: 'You ask for `EnableKeyRotation`: KMS is to make new **key material** by itself at regular times.',
        },
      },
      {
        when: { asks: ['kms:PutKeyPolicy'] },
        text: {
          title: 'You send another key policy',
          say: 'You ask for `PutKeyPolicy`: the **key policy** says who may do what with the KMS key.',
        },
      },
      {
        when: { asks: ['kms:*'], mode: NO_CALLS_TO_KMS },
        text: { title: 'You call KMS', say: 'You call **KMS** on a line of your own: S3 has no part in it.' },
      },
      ...askKms.variants,
    ],
    otherwise: askKms.otherwise,
  },
  'client.sign': {
    variants: [
      {
        when: { by: 'thief' },
        text: {
          title: 'You sign with the stolen key',
          say: 'You sign with the **access key** that has leaked: nothing about the signature tells that it is not yours.',
        },
      },
    ],
    otherwise: sign.otherwise,
  },
  'client.checkHash': {
    ...checkHash,
    variants: [
      {
        when: { verb: 'compared', isEqual: false, after: 's3.damage' },
        text: {
          title: 'The hashes differ',
          say: 'The SHA-256 of what came is not the **checksum** you expect: something has changed since it was stored.',
          stop: 'the hash is compared',
        },
      },
      ...checkHash.variants,
    ],
  },
  'client.fail': {
    ...fail,
    variants: [
      {
        when: { verb: 'failed', code: 'ConnectionClosed' },
        text: {
          title: 'The connection is closed',
          say: 'The run ends with {code}: what arrived could not be opened, and you get no **answer**.',
        },
      },
      {
        when: { verb: 'failed', code: '', asked: ['head'] },
        text: {
          title: 'The request fails',
          say: 'The answer has **HTTP status** {status} and no body: what is wrong, a HEAD does not tell.',
        },
      },
      {
        when: { verb: 'failed', asked: ['kms:*'], mode: NO_CALLS_TO_KMS },
        text: {
          title: 'KMS does not do it',
          say: 'Your call ends with {code}: **KMS** has done nothing of what you asked for.',
        },
      },
      {
        when: { verb: 'failed', asked: ['bucket-change'], without: 'client.unblock' },
        text: {
          title: 'The bucket stays as it is',
          say: 'Your request ends with {code}: the **bucket** keeps the settings it has.',
        },
      },
      {
        when: { verb: 'failed', asked: ['update'] },
        text: {
          title: 'The encryption stays as it is',
          say: 'Your request ends with {code}: the object keeps the **encryption** that it has.',
        },
      },
      {
        when: { verb: 'failed', asked: ['copy'] },
        text: {
          title: 'The copy fails',
          say: 'The request ends with {code}: there is no **copy**, and the original stays as it is.',
        },
      },
      {
        when: { verb: 'failed', asked: ['head', 'tags', 'list', 'delete', 'bucket-read', 'other'] },
        text: {
          title: 'The request fails',
          say: 'Your request ends with {code}: **S3** has done nothing of what you asked for.',
        },
      },
      {
        when: { verb: 'failed', asked: ['put'], operation: 'download', mode: SERVER_SIDE },
        text: basicUploadFails.text,
      },
      {
        when: { verb: 'failed', asked: ['get'], operation: 'upload', mode: SERVER_SIDE },
        text: basicDownloadFails.text,
      },
      ...fail.variants,
    ],
  },
  'client.done': {
    ...done,
    variants: [
      {
        when: { asked: ['kms:Encrypt'], mode: NO_CALLS_TO_KMS },
        text: {
          title: 'You have the ciphertext',
          say: 'KMS has locked your bytes: the **ciphertext** is yours to keep, since KMS keeps nothing of it.',
        },
      },
      {
        when: { asked: ['kms:Decrypt'], mode: NO_CALLS_TO_KMS },
        text: {
          title: 'KMS has opened what you sent',
          say: 'KMS has opened what you sent: what was locked lies on your side as **plaintext**.',
        },
      },
      {
        when: { asked: ['kms:*'], mode: NO_CALLS_TO_KMS },
        text: { title: 'KMS has done it', say: 'What you asked **KMS** for is done.' },
      },
      {
        when: { asked: ['head'] },
        text: {
          title: 'You have the metadata',
          say: 'You have the **metadata**, which says how the object is encrypted, and not one byte of the object.',
        },
      },
      {
        when: { asked: ['update'] },
        text: {
          title: 'The encryption is updated',
          say: 'The **data key** has another lock; the object’s ciphertext is the same as before.',
        },
      },
      {
        when: { asked: ['bucket-change'] },
        text: {
          title: 'The bucket is configured',
          say: 'The new **setting** counts for what comes; what is stored already stays as it is.',
        },
      },
      {
        when: { asked: ['copy', 'delete', 'tags', 'list', 'bucket-read', 'other'] },
        text: { title: 'The request is answered', say: 'What you asked **S3** for is done.' },
      },
      ...OTHER_PEOPLE.map(by => ({ when: { asked: ['get'], by, mode: SERVER_SIDE } as const, text: OBJECT_OF_OTHERS })),
      { when: { asked: ['get'], operation: 'upload', mode: SERVER_SIDE }, text: basicObjectIsBack.text },
      { when: { asked: ['put'], operation: 'download', mode: SERVER_SIDE }, text: done.otherwise },
      ...done.variants,
    ],
  },
} as const satisfies Partial<Narration>;
