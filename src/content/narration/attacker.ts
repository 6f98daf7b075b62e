import type { Narration } from '../narrationTypes.ts';

/** Words for what somebody does who holds what has leaked. */
export const attackerNarration = {
  'attacker.take': {
    otherwise: {
      title: 'The attacker looks at the loot',
      say: 'What has leaked lies before the attacker: copies of the **bytes** that really were there.',
      stop: 'the loot is looked at',
    },
  },
  'attacker.ask': {
    variants: [
      {
        when: { verb: 'failed', code: 'AccessDeniedException' },
        text: {
          title: 'KMS refuses',
          say: 'KMS answers {code}: at the **second gate** the stolen rights do not count.',
          stop: 'the attacker is refused',
        },
      },
      {
        when: { verb: 'failed', code: 'AccessDenied' },
        text: {
          title: 'S3 refuses',
          say: 'S3 answers {code}: with these **rights** the object stays where it is.',
          stop: 'the attacker is refused',
        },
      },
      {
        when: { verb: 'failed' },
        text: {
          title: 'The request is refused',
          say: 'The answer is {code}: something that this **request** needs has not leaked.',
          stop: 'the attacker is refused',
        },
      },
      {
        when: { api: 'kms:Decrypt' },
        text: {
          title: 'The attacker asks KMS',
          say: 'The attacker sends KMS the encrypted data key with its **encryption context**, which is no secret.',
          stop: 'the attacker asks KMS',
        },
      },
    ],
    otherwise: {
      title: 'The attacker asks S3',
      say: 'The attacker asks S3 for the object with `GetObject`: to S3 stolen **credentials** look like all others.',
      stop: 'the attacker asks S3',
    },
  },
  'attacker.unwrap': {
    variants: [
      {
        when: { verb: 'unwrapped' },
        text: {
          title: 'The data key is open',
          say: 'With {key} the attacker opens the encrypted data key: the **data key** lies open.',
          stop: 'the data key is open',
        },
      },
    ],
    otherwise: {
      title: 'The encrypted data key stays shut',
      say: 'Nothing that the attacker holds opens the **encrypted data key**.',
      stop: 'the encrypted data key stays shut',
    },
  },
  'attacker.open': {
    variants: [
      {
        when: { verb: 'decrypted' },
        text: {
          title: 'A lock opens',
          say: 'With {key} the attacker opens what was **locked**, and sees what is inside.',
          stop: 'the lock opens',
        },
      },
    ],
    otherwise: {
      title: 'What is locked stays shut',
      say: 'Whatever the attacker tries as a key, the **authentication tag** does not fit.',
      stop: 'the ciphertext stays shut',
    },
  },
  'attacker.end': {
    variants: [
      {
        when: { verb: 'failed' },
        text: {
          title: 'The object stays shut',
          say: 'Everything has been tried, and nothing of the object is **readable**.',
        },
      },
    ],
    otherwise: {
      title: 'The object is open',
      say: 'The attacker reads the **plaintext**, byte for byte what was uploaded.',
    },
  },
} as const satisfies Partial<Narration>;
