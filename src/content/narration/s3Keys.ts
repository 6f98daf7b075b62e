import type { Narration } from '../narrationTypes.ts';

/** Words for what S3 does with keys and content. */
export const s3KeyNarration = {
  's3.makeDataKey': {
    variants: [
      {
        when: { verb: 'generated', mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 makes a data key of its own',
          say: 'S3 adds its own layer: it makes a **data key**, {output}, for what you sent.',
          stop: 'S3 makes its own data key',
        },
      },
      {
        when: { verb: 'generated' },
        text: {
          title: 'S3 makes a data key',
          say: 'S3 makes a **data key** for this object alone: {output}.',
          stop: 'the data key is made',
        },
      },
    ],
    otherwise: { title: 'S3 makes a data key', say: 'S3 makes a **data key** for this object alone.' },
  },
  's3.makeSecondKey': {
    variants: [
      {
        when: { verb: 'generated' },
        text: {
          title: 'S3 makes a second data key',
          say: 'For the outer layer S3 makes a **second data key**, {output}; KMS knows nothing of it.',
          stop: 'the second data key is made',
        },
      },
    ],
    otherwise: {
      title: 'S3 makes a second data key',
      say: 'For the outer layer S3 makes a **second data key** of its own.',
    },
  },
  's3.askKms': {
    variants: [
      {
        when: { operation: 'download' },
        text: {
          title: 'S3 asks KMS to open the data key',
          say: 'S3 cannot open the encrypted data key itself: it asks KMS for `Decrypt`, **on your behalf**.',
        },
      },
    ],
    otherwise: {
      title: 'S3 asks KMS for a data key',
      say: 'S3 asks KMS for `GenerateDataKey` on your behalf, with the object’s ARN as **encryption context**.',
    },
  },
  's3.wrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'S3’s root key wraps the data key',
          say: 'The {key} locks {input}: this **encrypted data key** may lie beside the object.',
          stop: 'the data key is wrapped',
        },
      },
    ],
    otherwise: { title: 'S3 wraps the data key', say: 'S3 locks the data key under its **root key**.' },
  },
  's3.wrapSecondKey': {
    variants: [
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'S3’s root key wraps the second key',
          say: 'The {key} locks {input}: the outer layer has its **encrypted data key** too.',
          stop: 'the second data key is wrapped',
        },
      },
    ],
    otherwise: { title: 'S3 wraps the second data key', say: 'S3 locks the second data key under its **root key**.' },
  },
  's3.encrypt': {
    variants: [
      {
        when: { verb: 'encrypted', mode: ['sse-c'] },
        text: {
          title: 'S3 encrypts with your key',
          say: 'Your {key} encrypts the object itself: in our model of **SSE-C**, no other key takes part.',
          stop: 'the object is encrypted',
        },
      },
      {
        when: { verb: 'encrypted', touches: 'instruction-file' },
        text: {
          title: 'S3 encrypts the instruction file',
          say: 'S3 encrypts the instruction file under {key}, **at rest**, like any other object.',
          stop: 'S3 encrypts the instruction file',
        },
      },
      {
        when: { verb: 'encrypted', mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 encrypts the ciphertext you sent',
          say: 'S3 encrypts the ciphertext you sent once more, under {key}: a **second layer**, at rest.',
          stop: 'S3 adds its own layer',
        },
      },
      {
        when: { verb: 'encrypted', mode: ['dsse-kms'] },
        text: {
          title: 'S3 puts on the first layer',
          say: 'The **first layer**: S3 encrypts {input} under {key}, which comes from KMS.',
          stop: 'encrypted in S3’s memory',
        },
      },
      {
        when: { verb: 'encrypted', mode: ['sse-kms-aws', 'sse-kms-cmk'] },
        text: {
          title: 'S3 encrypts with {key}',
          say: 'S3 encrypts {input} with AES-256 under {key}: the disks will see only **ciphertext**.',
          stop: 'encrypted in S3’s memory',
        },
      },
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'S3 encrypts the object',
          say: 'S3 encrypts the object with AES-256-GCM under {key}: the disks will see only **ciphertext**.',
          stop: 'the object is encrypted',
        },
      },
    ],
    otherwise: { title: 'S3 encrypts the object', say: 'S3 turns the object into **ciphertext**.' },
  },
  's3.encryptAgain': {
    variants: [
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'S3 puts on the second layer',
          say: 'The **second layer**: S3 encrypts the ciphertext again, under {key}, a key of its own.',
          stop: 'the second layer is on',
        },
      },
    ],
    otherwise: { title: 'S3 puts on the second layer', say: 'S3 encrypts the ciphertext again: the **second layer**.' },
  },
  's3.makeKeyCheck': {
    otherwise: {
      title: 'S3 makes a salted HMAC of your key',
      say: 'S3 keeps a **salted HMAC** of your key: it shows later whether a key is the same, and opens nothing.',
      stop: 'the salted HMAC is made',
    },
  },
  's3.discardKey': {
    variants: [
      {
        when: { verb: 'discarded', mode: ['sse-c'] },
        text: {
          title: 'S3 discards your key',
          say: 'S3 overwrites your **customer key**: now only you have it, and if you lose it, the object is lost.',
          stop: 'the customer key is discarded',
        },
      },
      {
        when: { verb: 'discarded', mode: ['dsse-kms'] },
        text: {
          title: 'S3 discards both data keys',
          say: 'S3 overwrites both data keys; what is left of them is each key’s **encrypted data key**.',
          stop: 'the data keys are discarded',
        },
      },
      {
        when: { verb: 'derived' },
        text: {
          title: 'S3 discards the data key',
          say: 'S3 overwrites the data key with zeros, and of the rest it takes only the **range** you asked for.',
          stop: 'the data key is discarded',
        },
      },
      {
        when: { verb: 'discarded' },
        text: {
          title: 'S3 discards the data key',
          say: 'S3 overwrites {input} with zeros; what is left of it is the **encrypted data key**.',
          stop: 'the data key is discarded',
        },
      },
    ],
    otherwise: { title: 'S3 discards the data key', say: 'S3 overwrites the **data key**.' },
  },
  's3.store': {
    variants: [
      {
        when: { mode: ['none'] },
        text: {
          title: 'S3 stores your plaintext',
          say: 'S3 writes your object to its disks as it is, as **plaintext**: that was possible before 2023.',
          stop: 'the object is stored',
        },
      },
      {
        when: { mode: ['sse-c'] },
        text: {
          title: 'S3 stores ciphertext and HMAC',
          say: 'Ciphertext and the **salted HMAC** go to the disks, no key in any form; the plaintext leaves memory.',
          stop: 'the object is stored',
        },
      },
      {
        when: { mode: ['dsse-kms'] },
        text: {
          title: 'S3 stores the double ciphertext',
          say: 'The double **ciphertext** and two encrypted data keys go to the disks; the plaintext leaves memory.',
          stop: 'the object is stored',
        },
      },
      {
        when: { verb: 'stored', touches: 'instruction-file' },
        text: {
          title: 'S3 stores the instruction file',
          say: 'The **instruction file** goes to the disks as an object of its own, inside S3’s layer.',
          stop: 'the instruction file is stored',
        },
      },
      {
        when: { verb: 'stored', after: 'client.sealMessage' },
        text: {
          title: 'S3 stores the message you sent',
          say: 'The message goes to the disks inside S3’s layer, with its **envelope** in it and none in the metadata.',
          stop: 'the object is stored',
        },
      },
      {
        when: { verb: 'stored', mode: ['cse-aes', 'cse-rsa', 'cse-kms'], hasEnvelope: false, api: 'CopyObject' },
        text: {
          title: 'S3 stores the copy',
          say: 'The copy goes to the disks, and its new metadata has no **encrypted data key**: no client opens it.',
          stop: 'the object is stored',
        },
      },
      {
        when: { verb: 'stored', mode: ['cse-aes', 'cse-rsa', 'cse-kms'], hasEnvelope: false },
        text: {
          title: 'S3 stores the ciphertext you sent',
          say: 'The **ciphertext** you sent goes to the disks inside S3’s layer; your encrypted data key does not lie with it.',
          stop: 'the object is stored',
        },
      },
      {
        when: { mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 stores the ciphertext you sent',
          say: 'The ciphertext you sent goes to the disks inside S3’s layer; the **encrypted data key** you sent lies in the metadata.',
          stop: 'the object is stored',
        },
      },
    ],
    otherwise: {
      title: 'S3 stores the ciphertext',
      say: 'Ciphertext and **encrypted data key** go to the disks together; the plaintext leaves memory.',
      stop: 'the object is stored',
    },
  },
  's3.load': {
    variants: [
      {
        when: { mode: ['none'] },
        text: {
          title: 'S3 loads your plaintext',
          say: 'S3 reads your object from its disks: it lay there as **plaintext**.',
        },
      },
      {
        when: { mode: ['sse-c'] },
        text: {
          title: 'S3 loads ciphertext and HMAC',
          say: 'S3 reads ciphertext and **salted HMAC** from its disks: without your key it can open nothing.',
        },
      },
      {
        when: { mode: ['dsse-kms'] },
        text: {
          title: 'S3 loads the double ciphertext',
          say: 'S3 reads the double **ciphertext** and its two encrypted data keys from the disks.',
        },
      },
    ],
    otherwise: {
      title: 'S3 loads the ciphertext',
      say: 'S3 reads ciphertext and **encrypted data key** from its disks into memory.',
    },
  },
  's3.checkKey': {
    variants: [
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'It is not the same key',
          say: 'The key you sent gives another **salted HMAC** than the stored one: it is the wrong key.',
          stop: 'the salted HMAC is compared',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'S3 knows your key again',
          say: 'The key you sent gives the stored **salted HMAC** again: it is the right key.',
          stop: 'the salted HMAC is compared',
        },
      },
    ],
    otherwise: { title: 'S3 checks your key', say: 'S3 computes the **salted HMAC** of the key you sent.' },
  },
  's3.unwrapDataKey': {
    variants: [
      {
        when: { verb: 'unwrapped' },
        text: {
          title: 'S3’s root key opens the data key',
          say: 'The {key} opens the **encrypted data key**: {output} is back in memory.',
          stop: 'the data key is unwrapped',
        },
      },
    ],
    otherwise: { title: 'S3 opens the data key', say: 'S3 tries its **root key** on the encrypted data key.' },
  },
  's3.unwrapSecondKey': {
    variants: [
      {
        when: { verb: 'unwrapped' },
        text: {
          title: 'S3’s root key opens the second key',
          say: 'The {key} opens the second **encrypted data key**: {output} fits the outer layer.',
          stop: 'the second data key is unwrapped',
        },
      },
    ],
    otherwise: {
      title: 'S3 opens the second data key',
      say: 'S3 tries its **root key** on the second encrypted data key.',
    },
  },
  's3.decryptOuter': {
    variants: [
      {
        when: { verb: 'decrypted' },
        text: {
          title: 'S3 takes off the outer layer',
          say: 'S3 takes off the **outer layer** with {key}; what is inside is still ciphertext.',
          stop: 'the outer layer is off',
        },
      },
    ],
    otherwise: { title: 'S3 takes off the outer layer', say: 'S3 tries to take off the **outer layer**.' },
  },
  's3.decrypt': {
    variants: [
      {
        when: { verb: 'decrypted', touches: 'instruction-file' },
        text: {
          title: 'S3 decrypts the instruction file',
          say: 'S3 decrypts the **instruction file** under {key}; what it says is no secret, and the key in it is encrypted.',
          stop: 'S3 takes off its own layer',
        },
      },
      {
        when: { verb: 'decrypted', mode: ['cse-aes', 'cse-rsa', 'cse-kms'] },
        text: {
          title: 'S3 takes off its own layer',
          say: 'S3 takes off its own layer with {key}: what is left is the **ciphertext** that was uploaded.',
          stop: 'S3 takes off its own layer',
        },
      },
      {
        when: { verb: 'decrypted', mode: ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'] },
        text: {
          title: 'S3 decrypts with {key}',
          say: 'S3 decrypts {output} under {key}; the **authentication tag** fits, so no bit has changed.',
          stop: 'decrypted in S3’s memory',
        },
      },
      {
        when: { verb: 'decrypted' },
        text: {
          title: 'S3 decrypts the object',
          say: 'S3 decrypts the object under {key}; the **authentication tag** fits, so no bit has changed.',
          stop: 'the object is decrypted',
        },
      },
    ],
    otherwise: {
      title: 'S3 tries to decrypt the object',
      say: 'S3 decrypts and checks the **authentication tag**.',
    },
  },
} as const satisfies Partial<Narration>;
