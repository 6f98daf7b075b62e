import { basicNarration } from './narration/basic.ts';
import { furtherNarration } from './narration/further.ts';
import type { Narration } from './narrationTypes.ts';

/** What is said about each step, in a learner's words. */
export const narration: Narration = { ...basicNarration, ...furtherNarration };
