import { clientNarration } from './narration/client.ts';
import { kmsNarration } from './narration/kms.ts';
import { s3Narration } from './narration/s3.ts';
import type { Narration } from './narrationTypes.ts';

/** What is said about each step, in a learner's words. */
export const narration: Narration = { ...clientNarration, ...s3Narration, ...kmsNarration };
