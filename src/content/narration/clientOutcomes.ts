import type { Narration } from '../narrationTypes.ts';

/** Words for how a run ends on your side. */
export const clientOutcomeNarration = {
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
} as const satisfies Partial<Narration>;
