import type { Bucket } from './bucket.ts';
import { REFUSALS } from './refusal.ts';

/** Whether a bucket is the account's that the caller takes it to be of. @param sent nothing when the caller did not say @throws Refusal */
export function checkExpectedOwner(sent: string | undefined, { ownerAccountId }: Pick<Bucket, 'ownerAccountId'>): void {
  if (sent === undefined) return;
  if (!/^\d{12}$/.test(sent)) throw REFUSALS.expectedOwnerMalformed(sent);
  if (sent !== ownerAccountId) throw REFUSALS.otherOwner();
}
