/** Who does something, as an answer. */
export type Party = 'you' | 's3' | 'kms' | 'trail' | 'tap';
/** What becomes of a key that has done its work. */
export type KeyFate = 'overwritten' | 'stored' | 'sent' | 'kept';
/** What an eavesdropper can read. */
export type TapYield = 'nothing' | 'object' | 'key' | 'both';
/** What lies on the disks of S3. */
export type DiskContent = 'ciphertext' | 'with-edk' | 'with-hmac' | 'plaintext' | 'with-key';

/** What becomes of a download that the client itself must open. */
export type Opening = 'opens' | 'commitment' | 'tag' | 'key';

/** The words of all questions. Templates in the language of the narration. */
export interface Phrases {
  readonly party: Readonly<Record<Party, string>>;
  readonly dataKeyMaker: {
    readonly question: string;
    readonly explanation: Readonly<Record<'you' | 's3' | 'kms', string>>;
  };
  readonly dataKeyOpener: {
    readonly question: string;
    readonly explanation: Readonly<Record<'you' | 's3' | 'kms', string>>;
  };
  readonly lockingKey: {
    readonly question: string;
    readonly nothing: string;
    readonly direct: string;
    readonly derived: string;
  };
  readonly keyFate: {
    readonly question: string;
    readonly options: Readonly<Record<KeyFate, string>>;
    readonly explanation: Readonly<Record<KeyFate, string>>;
  };
  readonly gate: {
    readonly question: string;
    readonly options: Readonly<Record<'open' | 'shut', string>>;
    readonly explanation: string;
  };
  readonly eavesdropper: {
    readonly question: Readonly<Record<'request' | 'answer', string>>;
    readonly options: Readonly<Record<TapYield, string>>;
    readonly explanation: Readonly<Record<TapYield, string>>;
  };
  readonly opening: {
    readonly question: string;
    readonly options: Readonly<Record<Opening, string>>;
    readonly explanation: Readonly<Record<Opening, string>>;
  };
  readonly status: {
    readonly question: string;
    readonly option: string;
    readonly explanation: Readonly<Record<'plain' | 'withCode', string>>;
  };
  readonly disks: {
    readonly question: string;
    readonly options: Readonly<Record<DiskContent, string>>;
    readonly explanation: Readonly<Record<DiskContent, string>>;
  };
  readonly nextActor: { readonly question: string; readonly explanation: string };
}

/** English. */
export const PHRASES: Phrases = {
  party: { you: 'You', s3: 'Amazon S3', kms: 'AWS KMS', trail: 'CloudTrail', tap: 'The eavesdropper' },
  dataKeyMaker: {
    question: 'Who will make the **data key** for this object?',
    explanation: {
      you: 'Your own program makes {output}. AWS has no part in it.',
      s3: 'Amazon S3 makes {output} itself, for this object alone.',
      kms: 'AWS KMS makes {output} in its HSM and hands it out twice: once readable, once encrypted.',
    },
  },
  dataKeyOpener: {
    question: 'Who will open the **encrypted data key**?',
    explanation: {
      you: 'Your own program opens {input}: the key that fits is on your side.',
      s3: 'Amazon S3 opens {input} with a key of its own.',
      kms: 'AWS KMS opens {input}: the key that fits never leaves its HSM.',
    },
  },
  lockingKey: {
    question: 'Which key locks {input}?',
    nothing: 'None: it is kept as it is',
    direct: '{answer} locks {input}. The result is {output}.',
    derived: '{answer} locks {input}, through {key}, which is derived for this one call.',
  },
  keyFate: {
    question: '{key} has done its work. What does {who} do with it?',
    options: {
      overwritten: 'It overwrites the key with zeros',
      stored: 'It stores the key beside the object',
      sent: 'It sends the key on',
      kept: 'It keeps the key in memory for the next request',
    },
    explanation: {
      overwritten: 'The buffer is overwritten with zeros. Who needs {key} again must unwrap it or supply it anew.',
      stored: '{key} lies beside the object: whoever reads the disks can read the object.',
      sent: '{key} leaves with the message.',
      kept: '{key} is still in memory when the run ends.',
    },
  },
  gate: {
    question: '{principal} asks for {action}. Does {gate} let it pass?',
    options: { open: 'Yes, it passes', shut: 'No, it is refused' },
    explanation: '{because}',
  },
  eavesdropper: {
    question: {
      request: 'Your request goes over the network. What can an **eavesdropper** read?',
      answer: 'The answer goes over the network. What can an **eavesdropper** read?',
    },
    options: {
      nothing: 'Neither the object nor a key',
      object: 'The object, but no key',
      key: 'A key, but not the object',
      both: 'The object and a key',
    },
    explanation: {
      nothing: 'What is recorded stays locked: the key that opens it is not on the line.',
      object: 'The object can be read from the recorded traffic, with no key at all.',
      key: 'A key can be read from the recorded traffic: treat it as compromised.',
      both: 'Object and key can be read from the recorded traffic: treat the key as compromised.',
    },
  },
  opening: {
    question: 'Your client has the ciphertext and its **envelope**. What comes of it?',
    options: {
      opens: 'It opens: the authentication tag fits',
      commitment: 'It stops: the key commitment is another',
      tag: 'It stops: the authentication tag does not fit',
      key: 'It stops: no wrapping key opens the data key',
    },
    explanation: {
      opens:
        'The tag fits the key and the bytes. That is all it says: which key came in the envelope, only a commitment tells.',
      commitment: 'The data key in the envelope is not the one that the object was written with: the commitment tells.',
      tag: 'Key and bytes do not belong together any more: something was changed, and nothing is given out.',
      key: 'Without the wrapping key there is no data key, and without it only ciphertext.',
    },
  },
  status: {
    question: 'Which **status** does Amazon S3 answer with?',
    option: '{status}',
    explanation: { plain: 'The answer is {status}.', withCode: 'The answer is {status} {code}.' },
  },
  disks: {
    question: 'What will lie on the **disks** of Amazon S3?',
    options: {
      ciphertext: 'Ciphertext and nothing that helps to open it',
      'with-edk': 'Ciphertext and an encrypted data key',
      'with-hmac': 'Ciphertext and a salted HMAC of the key',
      plaintext: 'The object as it is',
      'with-key': 'Ciphertext and the key that opens it',
    },
    explanation: {
      ciphertext: 'Only ciphertext is stored: the key is kept elsewhere.',
      'with-edk': 'The encrypted data key is stored beside the ciphertext. The key that opens it is kept elsewhere.',
      'with-hmac': 'The salted HMAC only tells whether the same key comes again. The key itself is not stored.',
      plaintext: 'The object is stored as it is: whoever reads the disks reads the object.',
      'with-key': 'The key lies beside what it locks: whoever reads the disks reads the object.',
    },
  },
  nextActor: { question: 'Who acts next?', explanation: 'The next to act: {actor}.' },
};
