import { attackerNarration } from './attacker.ts';
import { clientLessonNarration } from './clientLessons.ts';
import { encryptionClientNarration } from './encryptionClient.ts';
import { encryptionClientOutcomeNarration } from './encryptionClientOutcomes.ts';
import { experimentNarration } from './experiments.ts';
import { experimentClientNarration } from './experimentsClient.ts';
import { experimentKmsNarration } from './experimentsKms.ts';
import { experimentS3KeyNarration } from './experimentsS3Keys.ts';
import { experimentS3RequestNarration } from './experimentsS3Requests.ts';
import { kmsOperationNarration } from './kmsOperations.ts';
import { s3OperationNarration } from './s3Operations.ts';

/** The words for steps of the encryption client, of lessons, and of requests from outside: they may come later. */
export const furtherNarration = {
  ...encryptionClientNarration,
  ...encryptionClientOutcomeNarration,
  ...clientLessonNarration,
  ...experimentNarration,
  ...attackerNarration,
  ...s3OperationNarration,
  ...kmsOperationNarration,
  // What follows adds to words from above, and must come after them.
  ...experimentClientNarration,
  ...experimentS3RequestNarration,
  ...experimentS3KeyNarration,
  ...experimentKmsNarration,
};
