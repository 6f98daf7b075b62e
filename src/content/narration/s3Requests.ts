import type { Narration } from '../narrationTypes.ts';

/** Words for how S3 takes, checks, logs and answers a request. */
export const s3RequestNarration = {
  's3.receive': {
    variants: [
      {
        when: { method: 'HEAD' },
        text: {
          title: 'S3 receives the request',
          say: 'You ask for the **metadata** of the object alone: not one byte of its content is read.',
        },
      },
      {
        when: { operation: 'download' },
        text: {
          title: 'S3 receives the request',
          say: 'Your request reaches S3’s **memory**: S3 reads who asks, and for what.',
        },
      },
      {
        when: { mode: ['sse-c'] },
        text: {
          title: 'S3 receives the request',
          say: 'Your request reaches S3’s **memory**: with SSE-C, plaintext and key may be there for a moment.',
        },
      },
      {
        when: { touches: 'instruction-file' },
        text: {
          title: 'S3 receives the instruction file',
          say: 'S3 gets the **instruction file** and can read it; the data key in it is encrypted, and stays so.',
        },
      },
      {
        when: { touches: 'ciphertext-object', after: 'client.sealMessage' },
        text: {
          title: 'S3 receives the message you sent',
          say: 'Of the object, S3 gets only **ciphertext**; the encrypted data key is inside, and S3 cannot open it.',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'], touches: 'ciphertext-object', hasEnvelope: false },
        text: {
          title: 'S3 receives the ciphertext you sent',
          say: 'Of the object, S3 gets only **ciphertext**: the encrypted data key does not come with it.',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'], touches: 'ciphertext-object' },
        text: {
          title: 'S3 receives the ciphertext you sent',
          say: 'Of the object, S3 gets only **ciphertext** and an encrypted data key that it cannot open.',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 receives the request',
          say: 'Your request reaches S3’s **memory** with nothing of the object in it, in no form.',
        },
      },
    ],
    otherwise: {
      title: 'S3 receives your object',
      say: 'Your object lies in S3’s memory as **plaintext**; nothing of it is on the disks yet.',
    },
  },
  's3.checkSignature': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'The signatures differ',
          say: 'S3 computes another **signature** than you sent: it does not believe who asks.',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'S3 checks the signature',
          say: 'S3 computes the **signature** again and gets the same: now it knows who asks.',
        },
      },
    ],
    otherwise: { title: 'S3 checks the signature', say: 'S3 looks for a valid **signature** to learn who asks.' },
  },
  's3.checkTransport': {
    variants: [
      {
        when: { verb: 'denied', mode: ['sse-c'] },
        text: {
          title: 'S3 refuses plain HTTP',
          say: 'SSE-C works over **HTTPS** only: S3 refuses, and the key you sent in the open counts as compromised.',
        },
      },
      {
        when: { verb: 'denied' },
        text: {
          title: 'S3 refuses plain HTTP',
          say: 'Objects under a KMS key travel over **HTTPS** only: S3 refuses, whoever asks.',
        },
      },
    ],
    otherwise: { title: 'S3 checks the line', say: 'S3 checks that the request came over **HTTPS**.' },
  },
  's3.authorize': {
    variants: [
      {
        when: { verb: 'denied' },
        text: {
          title: 'The S3 gate stays shut',
          say: 'The **S3 gate** stays shut: {because}.',
        },
      },
      {
        when: { verb: 'authorized', isRepeated: true },
        text: {
          title: 'The S3 gate opens',
          say: 'The **S3 gate** opens: {principal} is allowed {action}, and all else that this request takes.',
        },
      },
      {
        when: { verb: 'authorized', mode: ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'] },
        text: {
          title: 'The S3 gate opens',
          say: 'The **S3 gate** opens: {principal} is allowed {action}; KMS has a gate of its own.',
        },
      },
      {
        when: { verb: 'authorized' },
        text: {
          title: 'The S3 gate opens',
          say: 'The **S3 gate** opens: {principal} is allowed {action}.',
        },
      },
    ],
    otherwise: { title: 'S3 checks the policies', say: 'S3 looks at each **policy** that speaks of this request.' },
  },
  's3.checkKeyMd5': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'The key MD5 differs',
          say: 'The **key MD5** differs: the key that came is not the key you hashed.',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'S3 compares the key MD5',
          say: 'S3 hashes the key that came: the same **key MD5** shows that it came unharmed, and no more.',
        },
      },
    ],
    otherwise: { title: 'S3 checks the key MD5', say: 'S3 computes the **key MD5** of the key that came.' },
  },
  's3.checkHash': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'The hashes differ',
          say: 'The SHA-256 of what came is not the **checksum** you sent: S3 will not store it.',
          stop: 'the hash is compared',
        },
      },
      {
        when: { verb: 'hashed', touches: 'instruction-file' },
        text: {
          title: 'S3 compares the hashes',
          say: 'S3 hashes the instruction file and finds the **checksum** you sent with it.',
          stop: 'the hash is compared',
        },
      },
      {
        when: { verb: 'compared', isEqual: true, mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 compares the hashes',
          say: 'S3 hashes the ciphertext you sent and finds the **checksum** you sent with it.',
          stop: 'the hash is compared',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'S3 compares the hashes',
          say: 'S3 hashes what came with SHA-256 and finds the **checksum** you sent.',
          stop: 'the hash is compared',
        },
      },
      {
        when: { verb: 'hashed', after: 's3.decrypt' },
        text: {
          title: 'S3 hashes the copy',
          say: 'S3 computes the SHA-256 **checksum** of what it copies: nothing of it came from you.',
        },
      },
    ],
    otherwise: { title: 'S3 hashes what came', say: 'S3 computes the SHA-256 **checksum** of what came.' },
  },
  's3.configure': {
    otherwise: {
      title: 'The bucket lifts its block',
      say: 'The bucket’s **encryption rule** blocks nothing now: an SSE-C upload may pass.',
    },
  },
  's3.log': {
    variants: [
      {
        when: { verb: 'logged', api: 'PutBucketEncryption' },
        text: {
          title: 'CloudTrail logs the S3 call',
          say: 'CloudTrail notes the call about the bucket: a **management event**, recorded without being asked for.',
        },
      },
    ],
    otherwise: {
      title: 'CloudTrail logs the S3 call',
      say: 'CloudTrail notes it as a **data event**: the lab has these switched on; in AWS you must do that yourself.',
    },
  },
  's3.refuse': {
    variants: [
      {
        when: { verb: 'failed' },
        text: { title: 'S3 refuses', say: 'S3 refuses the request; its **error code** is {code}.' },
      },
    ],
    otherwise: { title: 'S3 refuses', say: 'S3 refuses the request with an **error code** that says why.' },
  },
  's3.answer': {
    variants: [
      {
        when: { verb: 'responded' },
        text: { title: 'S3 answers', say: 'S3 sends its answer with **HTTP status** {status}.' },
      },
    ],
    otherwise: { title: 'S3 answers', say: 'S3 sends its **answer**.' },
  },
} as const satisfies Partial<Narration>;
