import type { Narration } from '../narrationTypes.ts';

/** Words for what only experiments bring about. */
export const experimentNarration = {
  'wire.meddle': {
    otherwise: {
      title: 'A bit turns over on the line',
      say: 'Somebody on the line turns over **one bit** of what you send: neither end has seen it happen.',
      stop: 'the bit turns over on the line',
    },
  },
  's3.damage': {
    otherwise: {
      title: 'A bit on the disks turns over',
      say: 'One bit of what lies on the **disks** is another one now: nobody asked for it, and S3 does not know of it yet.',
      stop: 'the bit turns over',
    },
  },
} as const satisfies Partial<Narration>;
