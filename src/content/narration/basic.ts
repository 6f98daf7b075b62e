import { clientNarration } from './client.ts';
import { clientOutcomeNarration } from './clientOutcomes.ts';
import { kmsNarration } from './kms.ts';
import { s3KeyNarration } from './s3Keys.ts';
import { s3RequestNarration } from './s3Requests.ts';

/** The words for every step of a run in which S3 encrypts: what the page needs first. */
export const basicNarration = {
  ...clientNarration,
  ...clientOutcomeNarration,
  ...s3RequestNarration,
  ...s3KeyNarration,
  ...kmsNarration,
};
