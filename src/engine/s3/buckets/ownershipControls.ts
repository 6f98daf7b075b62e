import type { Arrival } from '../arrival.ts';
import type { Bucket } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { listOf, textOf, xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { configure, DONE, GONE, lookUp, takeDocument } from './configuration.ts';
import { OWNERSHIPS } from './createBucket.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

const ROOT = 'OwnershipControls';

/** GetBucketOwnershipControls. @throws Refusal */
export async function getOwnershipControls(asked: S3Request): Promise<S3Answer> {
  const bucket: Bucket = asked.bucket;
  authorize(asked, 's3:GetBucketOwnershipControls');
  if (bucket.hasNoOwnershipControls) throw BUCKET_REFUSALS.noOwnershipControls(bucket.name);
  lookUp(asked, 'ownership');
  return { response: xmlAnswer(ROOT, { Rule: { ObjectOwnership: bucket.objectOwnership } }) };
}

/** PutBucketOwnershipControls. @throws Refusal */
export async function putOwnershipControls(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketOwnershipControls');
  const [rule, ...others] = listOf(await takeDocument(asked, arrival, ROOT), 'Rule');
  const named = rule && textOf(rule, 'ObjectOwnership');
  const objectOwnership = OWNERSHIPS.find(one => one === named);
  if (!objectOwnership || others.length > 0) throw REFUSALS.malformedXml();
  configure(asked, 'ownership', { ...withControls(asked.bucket), objectOwnership }, arrival.body?.id);
  return { response: DONE };
}

/** DeleteBucketOwnershipControls: whoever wrote an object owns it. @throws Refusal */
export async function deleteOwnershipControls(asked: S3Request): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketOwnershipControls');
  const objectOwnership = 'ObjectWriter';
  configure(asked, 'ownership', { ...asked.bucket, objectOwnership, hasNoOwnershipControls: true }, undefined);
  return { response: GONE };
}

function withControls({ hasNoOwnershipControls: _, ...bucket }: Bucket): Bucket {
  return bucket;
}
