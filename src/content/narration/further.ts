import { clientLessonNarration } from './clientLessons.ts';
import { encryptionClientNarration } from './encryptionClient.ts';
import { encryptionClientOutcomeNarration } from './encryptionClientOutcomes.ts';
import { kmsOperationNarration } from './kmsOperations.ts';
import { s3OperationNarration } from './s3Operations.ts';

/** The words for steps of the encryption client, of lessons, and of requests from outside: they may come later. */
export const furtherNarration = {
  ...encryptionClientNarration,
  ...encryptionClientOutcomeNarration,
  ...clientLessonNarration,
  ...s3OperationNarration,
  ...kmsOperationNarration,
};
