import type { Narration } from '../narrationTypes.ts';
import { s3KeyNarration } from './s3Keys.ts';

const {
  's3.askKms': askKms,
  's3.wrapDataKey': wrapDataKey,
  's3.unwrapDataKey': unwrapDataKey,
  's3.load': load,
  's3.decrypt': decrypt,
  's3.encrypt': encrypt,
  's3.decryptOuter': decryptOuter,
  's3.unwrapSecondKey': unwrapSecondKey,
  's3.discardKey': discardKey,
  's3.store': store,
} = s3KeyNarration;

const OBJECT_DAMAGED = {
  when: { verb: 'failed' },
  text: {
    title: 'The object does not open',
    say: 'The **authentication tag** does not fit what S3 has read: something was changed, and nothing of it is given out.',
    stop: 'the object does not open',
  },
} as const;
const KEY_DAMAGED = {
  when: { verb: 'failed' },
  text: {
    title: 'The data key does not open',
    say: 'The **authentication tag** of the encrypted data key does not fit: without the data key there is only ciphertext.',
    stop: 'the data key does not open',
  },
} as const;
const ASKS_TO_OPEN = askKms.variants[0].text;

/** Words for what S3 does with keys and content beside up- and downloads, and when those are damaged; the usual ones follow. */
export const experimentS3KeyNarration = {
  's3.askKms': {
    variants: [
      {
        when: { api: 'kms:ReEncrypt' },
        text: {
          title: 'S3 asks KMS for another lock',
          say: 'S3 sends KMS the **encrypted data key** and asks for `ReEncrypt`: nobody but KMS will see what is in it.',
        },
      },
      {
        when: { api: 'kms:Encrypt' },
        text: {
          title: 'S3 asks KMS to lock the data key',
          say: 'S3 has the **data key** already and asks KMS for `Encrypt`: a KMS key is to lock it from now on.',
        },
      },
      {
        when: { api: 'kms:Decrypt', afterInRequest: 's3.findBucketKey' },
        text: {
          title: 'S3 asks KMS to open the Bucket Key',
          say: 'S3 cannot open the **bucket-level key** itself: it asks KMS for `Decrypt`, on your behalf.',
        },
      },
      {
        when: { api: 'kms:Decrypt', by: 'anonymous' },
        text: {
          title: ASKS_TO_OPEN.title,
          say: 'S3 asks KMS for `Decrypt`, **on behalf** of whoever signed the link: that person’s rights count.',
        },
      },
      { when: { api: 'kms:Decrypt' }, text: ASKS_TO_OPEN },
      {
        when: { api: 'kms:GenerateDataKey', afterInRequest: 's3.findBucketKey' },
        text: {
          title: 'S3 asks KMS for a Bucket Key',
          say: 'S3 asks KMS for `GenerateDataKey` on your behalf, with the bucket’s ARN as **encryption context**.',
        },
      },
      {
        when: { api: 'kms:GenerateDataKey', by: 'anonymous' },
        text: {
          title: askKms.otherwise.title,
          say: 'S3 asks KMS for `GenerateDataKey`, **on behalf** of whoever signed the link: that person’s rights count.',
        },
      },
      { when: { api: 'kms:GenerateDataKey' }, text: askKms.otherwise },
      ...askKms.variants,
    ],
    otherwise: askKms.otherwise,
  },
  's3.wrapDataKey': {
    ...wrapDataKey,
    variants: [
      {
        when: { verb: 'wrapped', under: 'data-key' },
        text: {
          title: 'The Bucket Key wraps the data key',
          say: 'As a **Bucket Key**, {key} locks {input}: for this, KMS does not have to be asked.',
          stop: 'the data key is wrapped',
        },
      },
      ...wrapDataKey.variants,
    ],
  },
  's3.unwrapDataKey': {
    ...unwrapDataKey,
    variants: [
      KEY_DAMAGED,
      {
        when: { verb: 'unwrapped', under: 'data-key' },
        text: {
          title: 'The Bucket Key opens the data key',
          say: 'The **Bucket Key** {key} opens the encrypted data key: {output} is back in memory.',
          stop: 'the data key is unwrapped',
        },
      },
      ...unwrapDataKey.variants,
    ],
  },
  's3.load': {
    variants: [
      {
        when: { api: 'UploadPart', brings: 'encrypted-data-key' },
        text: {
          title: 'S3 loads the encrypted data key',
          say: 'S3 reads the **encrypted data key** of the upload from its disks: all the parts share one data key.',
        },
      },
      {
        when: { api: 'CompleteMultipartUpload' },
        text: {
          title: 'S3 loads what lies beside the parts',
          say: 'S3 reads what it keeps beside the **parts**; the parts themselves stay where they are.',
        },
      },
      {
        when: { api: 'UpdateObjectEncryption' },
        text: {
          title: 'S3 loads the encrypted data key',
          say: 'S3 reads the **encrypted data key** alone: not one byte of the object has to be read.',
        },
      },
      {
        when: { api: 'HeadObject', mode: ['sse-c'] },
        text: {
          title: 'S3 loads the salted HMAC',
          say: 'S3 reads the **salted HMAC** from its disks, to compare your key with it; the object is not read.',
        },
      },
      {
        when: { verb: 'loaded', brings: 'plaintext-object' },
        text: load.variants[0].text,
      },
      ...load.variants,
    ],
    otherwise: load.otherwise,
  },
  's3.decrypt': {
    ...decrypt,
    variants: [
      OBJECT_DAMAGED,
      {
        when: { verb: 'decrypted', asks: ['complete-upload'] },
        text: {
          title: 'S3 opens the parts’ checksums',
          say: 'S3 opens the **checksums** of the parts under {key}: one for the whole is made of them.',
        },
      },
      ...decrypt.variants,
    ],
  },
  's3.decryptOuter': { ...decryptOuter, variants: [OBJECT_DAMAGED, ...decryptOuter.variants] },
  's3.unwrapSecondKey': { ...unwrapSecondKey, variants: [KEY_DAMAGED, ...unwrapSecondKey.variants] },
  's3.encrypt': {
    ...encrypt,
    variants: [
      {
        when: { verb: 'encrypted', asks: ['complete-upload'] },
        text: {
          title: 'S3 encrypts the new checksum',
          say: 'S3 encrypts the **checksum** of the whole under {key}; the parts are ciphertext already.',
        },
      },
      ...encrypt.variants,
    ],
  },
  's3.discardKey': {
    ...discardKey,
    variants: [
      {
        when: { verb: 'discarded', mode: ['sse-c'], by: 'thief' },
        text: {
          title: 'S3 discards the key that came',
          say: 'S3 overwrites the **customer key** that came, as after every request: its owner and its thief still have it.',
          stop: 'the customer key is discarded',
        },
      },
      ...discardKey.variants,
    ],
  },
  's3.store': {
    variants: [
      {
        when: { api: 'UploadPart', brings: 'ciphertext-object' },
        text: {
          title: 'S3 stores the part',
          say: 'The **ciphertext** of the part goes to the disks and waits for the others; the plaintext leaves memory.',
          stop: 'the part is stored',
        },
      },
      {
        when: { api: 'CopyObject', brings: 'encrypted-data-key', mode: ['sse-s3', 'sse-kms-aws', 'sse-kms-cmk'] },
        text: {
          title: 'S3 stores the copy',
          say: 'Ciphertext and **encrypted data key** of the copy go to the disks; the plaintext leaves memory.',
          stop: 'the copy is stored',
        },
      },
      ...store.variants,
    ],
    otherwise: store.otherwise,
  },
} as const satisfies Partial<Narration>;
