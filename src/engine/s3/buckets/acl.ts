import { findHeader } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { admitDocument, DONE } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** GetBucketAcl: the owner has full control, nobody else has any. @throws Refusal */
export async function getBucketAcl(asked: S3Request): Promise<S3Answer> {
  const { s3, bucket } = asked;
  authorize(asked, 's3:GetBucketAcl');
  const ID = s3.ownerOf(bucket.ownerAccountId).canonicalId;
  const grantee = { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', '@xsi:type': 'CanonicalUser', ID };
  return {
    response: xmlAnswer('AccessControlPolicy', {
      Owner: { ID },
      AccessControlList: { Grant: { Grantee: grantee, Permission: 'FULL_CONTROL' } },
    }),
  };
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
