import type { Narration } from '../narrationTypes.ts';

/** Words for what happens on your side and on the line. */
export const clientNarration = {
  'client.prepare': {
    variants: [
      {
        when: { mode: ['sse-c'], operation: 'download' },
        text: {
          title: 'You take out your customer key',
          say: 'You take your customer key and compute its **key MD5**: S3 has no copy of the key to fall back on.',
        },
      },
      {
        when: { mode: ['sse-c'] },
        text: {
          title: 'You hash the object and your key',
          say: 'You hash the object with SHA-256 and your customer key with MD5: the **key MD5** shows damage on the way.',
        },
      },
      {
        when: { verb: 'hashed', touches: 'instruction-file' },
        text: {
          title: 'You hash the instruction file',
          say: 'To S3 the instruction file is an object like any other: it goes up with a **checksum** of its own.',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'], operation: 'upload' },
        text: {
          title: 'You hash the ciphertext',
          say: 'You hash the ciphertext with SHA-256: S3 can check this **checksum** without reading the object.',
        },
      },
      {
        when: { operation: 'download' },
        text: {
          title: 'You prepare the request',
          say: 'You ask for the object by its name, with no encryption header: S3 knows the **mode** of each object itself.',
        },
      },
    ],
    otherwise: {
      title: 'You hash the object',
      say: 'You compute a SHA-256 **checksum**, a fingerprint of the bytes: the smallest change would alter it.',
    },
  },
  'client.askKms': {
    variants: [
      {
        when: { operation: 'download' },
        text: {
          title: 'You ask KMS to open the data key',
          say: 'You send KMS the encrypted data key with its **encryption context** and ask for `Decrypt`.',
        },
      },
    ],
    otherwise: {
      title: 'You ask KMS for a data key',
      say: 'You name your **KMS key** and ask for a data key with `GenerateDataKey`.',
    },
  },
  'client.unblock': {
    otherwise: {
      title: 'You lift the SSE-C block',
      say: 'New buckets block **SSE-C** since April 2026: you set the blocked encryption type to `NONE` first.',
    },
  },
  'client.sign': {
    otherwise: {
      title: 'You sign the request',
      say: 'You sign the request with your secret access key: **Signature Version 4** shows who asks.',
    },
  },
  'client.send': {
    variants: [
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'You send the request',
          say: 'You send the request inside **TLS**: whoever taps the line records noise.',
        },
      },
      {
        when: { transport: 'http', mode: ['sse-c'] },
        text: {
          title: 'You send it in the open',
          say: 'Over plain HTTP the **eavesdropper** reads all you send: treat a key on this line as compromised.',
        },
      },
      {
        when: { transport: 'http', mode: ['cse-aes', 'cse-rsa', 'cse-kms'], operation: 'upload' },
        text: {
          title: 'You send it in the open',
          say: 'Over plain HTTP the **eavesdropper** reads the whole request; of your object there is only ciphertext in it.',
        },
      },
      {
        when: { transport: 'http', mode: ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'], operation: 'upload' },
        text: {
          title: 'You send it in the open',
          say: 'Over plain HTTP the **eavesdropper** reads your object, long before S3 can refuse it.',
        },
      },
      {
        when: { transport: 'http', operation: 'upload' },
        text: {
          title: 'You send it in the open',
          say: 'Over plain HTTP the **eavesdropper** reads your object: encryption at rest starts only behind the line.',
        },
      },
      {
        when: { transport: 'http' },
        text: {
          title: 'You send it in the open',
          say: 'Over plain HTTP the **eavesdropper** reads who asks and for which object.',
        },
      },
    ],
    otherwise: { title: 'You send the request', say: 'You send the request over the **network**.' },
  },
  'client.receive': {
    variants: [
      {
        when: { verb: 'discarded' },
        text: {
          title: 'You receive the answer',
          say: 'You open the answer with the **session key**; then both ends discard that key.',
        },
      },
      {
        when: { transport: 'http' },
        text: {
          title: 'You receive the answer',
          say: 'The answer reaches you over plain HTTP: the **eavesdropper** has read it too.',
        },
      },
    ],
    otherwise: { title: 'You receive the answer', say: 'The **answer** reaches your side.' },
  },
  'client.checkHash': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'The hashes differ',
          say: 'The SHA-256 of what came is not the **checksum** you expect: something has changed on the way.',
          stop: 'the hash is compared',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'You compare the hashes',
          say: 'The SHA-256 of what came equals the **checksum** stored with it: on the way, not a bit has changed.',
          stop: 'the hash is compared',
        },
      },
    ],
    otherwise: { title: 'You hash what came', say: 'You compute the SHA-256 **checksum** of what came.' },
  },
  'wire.handshake': {
    otherwise: {
      title: 'Both ends agree on a session key',
      say: 'Both ends compute the same **session key** with X25519; only public key shares cross the line.',
    },
  },
} as const satisfies Partial<Narration>;
