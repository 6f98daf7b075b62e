import { findHeader } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { ownersOwn } from '../ownersOwn.ts';
import { REFUSALS } from '../refusal.ts';
import { admitDocument, DONE } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** GetBucketAcl: all of it is the owner's, nothing anybody else's. @throws Refusal */
export async function getBucketAcl(asked: S3Request): Promise<S3Answer> {
  const { s3, bucket } = asked;
  authorize(asked, 's3:GetBucketAcl');
  const list = ownersOwn(s3.ownerOf(bucket.ownerAccountId).canonicalId);
  return { response: xmlAnswer('AccessControlPolicy', list) };
}

/** PutBucketAcl: lists are off where the bucket's owner is enforced; elsewhere nothing but the owner's own is modelled. @throws Refusal */
export async function putBucketAcl(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketAcl');
  const canned = findHeader(asked.request, 'x-amz-acl');
  if (arrival.bodyBytes.length > 0) await admitDocument(asked, arrival);
  if (asked.bucket.objectOwnership === 'BucketOwnerEnforced') throw BUCKET_REFUSALS.aclsOff();
  if (canned !== 'private' || arrival.bodyBytes.length > 0) throw REFUSALS.notImplemented();
  return { response: DONE };
}
