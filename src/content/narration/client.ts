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
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'], operation: 'upload' },
        text: {
          title: 'You hash the ciphertext',
          say: 'You hash the ciphertext with SHA-256: S3 can check this **checksum** without reading your object.',
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
  'client.makeDataKey': {
    variants: [
      {
        when: { verb: 'generated' },
        text: {
          title: 'You make a data key',
          say: 'You make a **data key** for this object alone: {output}, 256 random bits.',
          stop: 'the data key is made',
        },
      },
    ],
    otherwise: { title: 'You make a data key', say: 'You make a **data key** for this object alone.' },
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
  'client.wrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped', mode: ['cse-rsa'] },
        text: {
          title: 'Your public key wraps the data key',
          say: 'Your **public key** locks {input}; only your private key can open it again.',
          stop: 'the data key is wrapped',
        },
      },
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'Your wrapping key wraps the data key',
          say: 'Your {key} locks {input}: this **encrypted data key** may leave your side.',
          stop: 'the data key is wrapped',
        },
      },
    ],
    otherwise: { title: 'You wrap the data key', say: 'You lock the data key under your **wrapping key**.' },
  },
  'client.deriveKeys': {
    otherwise: {
      title: 'You derive key and commitment',
      say: 'From the data key, HKDF derives the key that encrypts and a **key commitment** that pins the data key.',
    },
  },
  'client.encrypt': {
    variants: [
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'You encrypt the object',
          say: 'You encrypt the object with AES-256-GCM under {key}: only **ciphertext** will leave your side.',
          stop: 'the object is encrypted',
        },
      },
    ],
    otherwise: { title: 'You encrypt the object', say: 'You turn the object into **ciphertext**.' },
  },
  'client.discardKeys': {
    otherwise: {
      title: 'You discard the data key',
      say: 'You overwrite the **data key** and what came from it: only the encrypted copy is left.',
      stop: 'the data key is discarded',
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
  'client.recognise': {
    otherwise: {
      title: 'You recognise the format',
      say: 'The metadata `x-amz-3`, `x-amz-d` and `x-amz-i` tell you: **format V3**, encrypted by a client.',
    },
  },
  'client.unwrapDataKey': {
    variants: [
      {
        when: { verb: 'unwrapped', mode: ['cse-rsa'] },
        text: {
          title: 'Your private key opens the data key',
          say: 'Your **private key** opens the encrypted data key: {output} is back on your side.',
          stop: 'the data key is unwrapped',
        },
      },
      {
        when: { verb: 'unwrapped' },
        text: {
          title: 'Your wrapping key opens the data key',
          say: 'Your **wrapping key** opens the encrypted data key: {output} is back on your side.',
          stop: 'the data key is unwrapped',
        },
      },
    ],
    otherwise: {
      title: 'You try to open the data key',
      say: 'You try your **wrapping key** on the encrypted data key.',
    },
  },
  'client.checkCommitment': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'The key commitment differs',
          say: 'The **key commitment** differs: this is not the data key of this object, so you stop before decrypting.',
          stop: 'the commitment is checked',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'You check the key commitment',
          say: 'The **key commitment** is the same as the stored one: this data key, and no other, belongs to the object.',
          stop: 'the commitment is checked',
        },
      },
    ],
    otherwise: {
      title: 'You check the key commitment',
      say: 'You compute the **key commitment** again, before you decrypt anything.',
    },
  },
  'client.decrypt': {
    variants: [
      {
        when: { verb: 'decrypted' },
        text: {
          title: 'You decrypt the object',
          say: 'You decrypt the object under {key}; its **authentication tag** fits, so no bit has changed.',
          stop: 'the object is decrypted',
        },
      },
    ],
    otherwise: {
      title: 'You try to decrypt the object',
      say: 'You decrypt and check the **authentication tag** before you trust a single byte.',
    },
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
          say: 'The SHA-256 of what came equals the **checksum** you expect: not a bit has changed.',
          stop: 'the hash is compared',
        },
      },
    ],
    otherwise: { title: 'You hash what came', say: 'You compute the SHA-256 **checksum** of what came.' },
  },
  'client.fail': {
    variants: [
      {
        when: { verb: 'failed', crossedOpenly: 'customer-key' },
        text: {
          title: 'Refused, and the key is exposed',
          say: 'The run ends with {code}, and your key crossed the line in the open: treat it as **compromised**.',
        },
      },
      {
        when: { verb: 'failed', operation: 'download' },
        text: { title: 'The download fails', say: 'The download ends with {code}: you get no **plaintext**.' },
      },
      {
        when: { verb: 'failed' },
        text: { title: 'The upload fails', say: 'The upload ends with {code}: the **object** is not stored.' },
      },
    ],
    otherwise: { title: 'You clean up', say: 'The run ends early, and you **discard** what is secret.' },
  },
  'client.done': {
    variants: [
      {
        when: { operation: 'download' },
        text: { title: 'You have the object back', say: 'The object is back on your side, as **plaintext**.' },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'The upload is complete',
          say: 'S3 has your ciphertext, and no **data key** with which it could open it.',
        },
      },
      {
        when: { mode: ['none'] },
        text: {
          title: 'The upload is complete',
          say: 'S3 has your object as **plaintext**; no header of the answer speaks of encryption.',
        },
      },
    ],
    otherwise: {
      title: 'The upload is complete',
      say: 'S3 has your object; the **encryption headers** of the answer say how it is protected.',
    },
  },
  'wire.handshake': {
    otherwise: {
      title: 'Both ends agree on a session key',
      say: 'Both ends compute the same **session key** with X25519; only public key shares cross the line.',
    },
  },
} as const satisfies Partial<Narration>;
