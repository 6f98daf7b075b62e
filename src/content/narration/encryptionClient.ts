import type { Narration } from '../narrationTypes.ts';

/** Words for how an encryption client makes, wraps, finds and opens keys and content on your side. */
export const encryptionClientNarration = {
  'client.makeDataKey': {
    variants: [
      {
        when: { verb: 'generated', isRepeated: true },
        text: {
          title: 'You make two data keys',
          say: 'You make two **data keys** for one object: an honest client makes one.',
          stop: 'the data keys are made',
        },
      },
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
  'client.wrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped', mode: ['cse-rsa'], isRepeated: true },
        text: {
          title: 'The public key wraps both data keys',
          say: 'The **public key** locks both data keys: anyone may have it, and only the private key opens what it locks.',
          stop: 'the data keys are wrapped',
        },
      },
      {
        when: { verb: 'wrapped', mode: ['cse-rsa'], by: 's3-admin' },
        text: {
          title: 'The public key wraps the data key',
          say: 'The **public key** locks {input}: anyone may have it, and only the private key opens what it locks.',
          stop: 'the data key is wrapped',
        },
      },
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
    variants: [
      {
        when: { verb: 'derived' },
        text: {
          title: 'You derive key and commitment',
          say: 'From {key}, HKDF derives the key that encrypts and a **key commitment** that pins this data key.',
          stop: 'the key commitment is made',
        },
      },
    ],
    otherwise: {
      title: 'You derive key and commitment',
      say: 'From the data key, HKDF derives the key that encrypts and a **key commitment** that pins the data key.',
      stop: 'the key commitment is made',
    },
  },
  'client.encrypt': {
    variants: [
      {
        when: { verb: 'encrypted', touches: 'derived-key' },
        text: {
          title: 'You encrypt the object',
          say: 'You encrypt the object with AES-256-GCM under {key}: only **ciphertext** will leave your side.',
          stop: 'the object is encrypted',
        },
      },
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'You encrypt with the data key itself',
          say: 'You encrypt with {key} itself and a random **IV**: nothing commits the object to this one key.',
          stop: 'the object is encrypted',
        },
      },
    ],
    otherwise: {
      title: 'You draw an IV',
      say: 'You draw a random **IV**: a number used once, which will stand in the envelope in the open.',
    },
  },
  'client.discardKeys': {
    variants: [
      {
        when: { after: 'client.forge' },
        text: {
          title: 'You discard both data keys',
          say: 'You overwrite both **data keys** and both texts: an encrypted copy of each key is left.',
          stop: 'the data keys are discarded',
        },
      },
      {
        when: { touches: 'derived-key' },
        text: {
          title: 'You discard the data key',
          say: 'You overwrite the **data key** and what came from it: only the encrypted copy is left.',
          stop: 'the data key is discarded',
        },
      },
    ],
    otherwise: {
      title: 'You discard the data key',
      say: 'You overwrite the **data key**: only the encrypted copy is left.',
      stop: 'the data key is discarded',
    },
  },
  'client.writeInstructions': {
    variants: [
      {
        when: { by: 's3-admin', without: 'client.discardKeys' },
        text: {
          title: 'You swap the instruction file',
          say: 'You play the **insider**: you put another instruction file in place, and leave the object as it is.',
          stop: 'the instruction file is swapped',
        },
      },
      {
        when: { touches: 'nonce' },
        text: {
          title: 'You write the instruction file',
          say: 'The whole envelope goes into an **instruction file** beside the object; the object itself keeps none of it.',
          stop: 'the instruction file is written',
        },
      },
    ],
    otherwise: {
      title: 'You write the instruction file',
      say: 'The encrypted data key goes into an **instruction file**, an object of its own beside the encrypted one.',
      stop: 'the instruction file is written',
    },
  },
  'client.readInstructions': {
    variants: [
      {
        when: { touches: 'nonce' },
        text: {
          title: 'You read the instruction file',
          say: 'The whole envelope comes from the **instruction file**: nothing on the object says that it is the right one.',
        },
      },
      {
        when: { touches: 'encrypted-data-key' },
        text: {
          title: 'You read the instruction file',
          say: 'The encrypted data key comes from the **instruction file**; the commitment that pins it is on the object.',
        },
      },
    ],
    otherwise: {
      title: 'You look for an instruction file',
      say: 'No encrypted data key is with the object: you look for an **instruction file** beside it.',
    },
  },
  'client.rewrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'You wrap the data key anew',
          say: 'The new **wrapping key** locks {input}, the same as before: not a byte of the object changes.',
          stop: 'the data key is wrapped anew',
        },
      },
    ],
    otherwise: {
      title: 'You wrap the data key anew',
      say: 'You lock the same data key under a new **wrapping key**: not a byte of the object changes.',
    },
  },
  'client.recognise': {
    variants: [
      {
        when: { touches: 'message-id' },
        text: {
          title: 'You recognise format V3',
          say: 'Commitment and message id, `x-amz-d` and `x-amz-i`, tell you: **format V3**, which pins the data key.',
        },
      },
      {
        when: { touches: 'nonce' },
        text: {
          title: 'You recognise an older format',
          say: 'There is an IV, `x-amz-iv`, and no commitment: **format V2** or older, which does not pin the data key.',
        },
      },
    ],
    otherwise: {
      title: 'You look for the envelope',
      say: 'The names in the metadata tell which **format** the object has, if an encryption client wrote it at all.',
    },
  },
  'client.checkPolicy': {
    variants: [
      {
        when: { verb: 'compared', what: 'encryption-context', isEqual: false },
        text: {
          title: 'The encryption context differs',
          say: 'The stored **encryption context** is not the one you gave: you stop before you ask KMS.',
          stop: 'the encryption context is compared',
        },
      },
      {
        when: { verb: 'compared', what: 'commitment-policy', isEqual: false },
        text: {
          title: 'The commitment policy refuses',
          say: 'Your **commitment policy** demands key commitment, and this object has none: you stop before any key is used.',
          stop: 'the commitment policy is checked',
        },
      },
      {
        when: { verb: 'compared', what: 'commitment-policy', isEqual: true },
        text: {
          title: 'The commitment policy agrees',
          say: 'Your **commitment policy** admits how this object was written.',
        },
      },
    ],
    otherwise: {
      title: 'You ask your commitment policy',
      say: 'Your **commitment policy** says whether you write and open objects with key commitment or without.',
    },
  },
  'client.chooseKey': {
    variants: [
      {
        when: { verb: 'compared', what: 'material-description', isEqual: true },
        text: {
          title: 'You find the right wrapping key',
          say: 'The object asks for {left}: by this **material description** you find the wrapping key in your ring.',
          stop: 'the wrapping key is chosen',
        },
      },
      {
        when: { verb: 'compared', what: 'material-description', isEqual: false },
        text: {
          title: 'No wrapping key has this description',
          say: 'No key of your ring has the **material description** {left}: all you can do is try the first one.',
          stop: 'the wrapping key is chosen',
        },
      },
    ],
    otherwise: {
      title: 'You choose the wrapping key',
      say: 'The **material description** stored with the object says which of your wrapping keys it needs.',
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
      {
        when: { verb: 'compared', what: 'content-algorithm', isEqual: false },
        text: {
          title: 'The data key is for another algorithm',
          say: 'The data key was wrapped for another **content algorithm** than the object claims: you stop here.',
          stop: 'the content algorithm is compared',
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
        when: { verb: 'decrypted', algorithm: 'AES-256-CBC' },
        text: {
          title: 'You decrypt an old object',
          say: 'You decrypt the object under {key} with **AES-CBC**: there is no tag that could show a change.',
          stop: 'the object is decrypted',
        },
      },
      {
        when: { verb: 'decrypted', touches: 'derived-key' },
        text: {
          title: 'You decrypt the object',
          say: 'You decrypt the object under {key}; its **authentication tag** fits, so no bit has changed.',
          stop: 'the object is decrypted',
        },
      },
      {
        when: { verb: 'decrypted' },
        text: {
          title: 'You decrypt the object',
          say: 'You decrypt with {key} itself; the **authentication tag** fits, but nobody checks that no other key does.',
          stop: 'the object is decrypted',
        },
      },
    ],
    otherwise: {
      title: 'You try to decrypt the object',
      say: 'You decrypt and check the **authentication tag** before you trust a single byte.',
    },
  },
  'client.decryptRange': {
    otherwise: {
      title: 'You decrypt a part, unchecked',
      say: 'You decrypt a part only; the **authentication tag** covers the whole, so no change of this part would show.',
      stop: 'the range is decrypted',
    },
  },
} as const satisfies Partial<Narration>;
