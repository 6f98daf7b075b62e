import { clientNarration } from './narration/client.ts';
import { clientLessonNarration } from './narration/clientLessons.ts';
import { clientOutcomeNarration } from './narration/clientOutcomes.ts';
import { encryptionClientNarration } from './narration/encryptionClient.ts';
import { kmsNarration } from './narration/kms.ts';
import { kmsOperationNarration } from './narration/kmsOperations.ts';
import { s3KeyNarration } from './narration/s3Keys.ts';
import { s3OperationNarration } from './narration/s3Operations.ts';
import { s3RequestNarration } from './narration/s3Requests.ts';
import type { Narration } from './narrationTypes.ts';

/** What is said about each step, in a learner's words. */
export const narration: Narration = {
  ...clientNarration,
  ...encryptionClientNarration,
  ...clientLessonNarration,
  ...clientOutcomeNarration,
  ...s3RequestNarration,
  ...s3OperationNarration,
  ...s3KeyNarration,
  ...kmsNarration,
  ...kmsOperationNarration,
};
