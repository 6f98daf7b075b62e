import type { Narration } from '../narrationTypes.ts';

/** Words for what only lessons do on the client’s side: losing keys, attacks, other libraries. */
export const clientLessonNarration = {
  'client.loseKey': {
    variants: [
      {
        when: { mode: ['sse-c'] },
        text: {
          title: 'Your customer key is gone',
          say: 'Your **customer key** is gone: S3 discarded its copy after each request and cannot give it back.',
          stop: 'the customer key is gone',
        },
      },
    ],
    otherwise: {
      title: 'The wrapping key is lost',
      say: 'Your **wrapping key** is gone: AWS cannot give it back, since AWS never had it.',
      stop: 'the wrapping key is lost',
    },
  },
  'client.forge': {
    otherwise: {
      title: 'You forge an object, as an attacker',
      say: 'You play the **insider**: you build one ciphertext that opens under two data keys, each to another text.',
      stop: 'the object is forged',
    },
  },
  'client.tamper': {
    otherwise: {
      title: 'You change the ciphertext',
      say: 'You play the **insider**: you flip bits of a ciphertext that you cannot read, but may write.',
      stop: 'the ciphertext is changed',
    },
  },
  'client.sealMessage': {
    otherwise: {
      title: 'Another library seals the object',
      say: 'The **AWS Encryption SDK** writes a message of its own format, with the envelope inside the body.',
      stop: 'the message is sealed',
    },
  },
  'client.openMessage': {
    otherwise: {
      title: 'Another library opens the object',
      say: 'The **AWS Encryption SDK** looks for its own header in front of the ciphertext, and finds noise.',
      stop: 'the header is looked for',
    },
  },
} as const satisfies Partial<Narration>;
