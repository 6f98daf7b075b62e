import { EMPTY_BODY, findHeader } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkDocumentHash } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { listOf, readDocument, textOf, treeOf, xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { ownersOwn } from '../ownersOwn.ts';
import { REFUSALS } from '../refusal.ts';
import { admitVersion, versionHeaders } from './findVersion.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

const CANNED = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
];
/** Of the canned lists those that change nothing: the bucket's owner has all of it anyway. */
const HARMLESS = ['private', 'bucket-owner-full-control', 'bucket-owner-read'];

/**
 * What a request says about access control lists. Buckets are their owners' here: a list that would let in somebody else is
 * refused where lists are switched off, as in every new bucket, and is not implemented where they are on.
 * @throws Refusal
 */
export function checkAclHeaders(asked: S3Request): void {
  const { request, s3, bucket } = asked;
  const canned = findHeader(request, 'x-amz-acl');
  const grants = request.headers.filter(([name]) => name.toLowerCase().startsWith('x-amz-grant-'));
  if (canned === undefined && grants.length === 0) return;
  if (canned !== undefined && !CANNED.includes(canned)) throw OBJECT_REFUSALS.aclUnknown(canned);
  authorize(asked, 's3:PutObjectAcl');
  const { canonicalId } = s3.ownerOf(bucket.ownerAccountId);
  const isOwners = grants.every(
    ([name, value]) => name.toLowerCase() === 'x-amz-grant-full-control' && value.trim() === `id="${canonicalId}"`,
  );
  if ((canned !== undefined && !HARMLESS.includes(canned)) || !isOwners) refuseAcl(asked);
}

function refuseAcl({ bucket }: S3Request): never {
  throw bucket.objectOwnership === 'BucketOwnerEnforced' ? OBJECT_REFUSALS.noAcls() : REFUSALS.notImplemented();
}

/** GetObjectAcl: everything is the bucket owner's. @throws Refusal */
export async function getObjectAcl(asked: S3Request): Promise<S3Answer> {
  const { stored } = admitVersion(asked, 's3:GetObjectAcl', 's3:GetObjectVersionAcl');
  const list = ownersOwn(asked.s3.ownerOf(stored.ownerAccountId).canonicalId);
  return { response: xmlAnswer('AccessControlPolicy', list, 200, versionHeaders(asked, stored)) };
}

/** PutObjectAcl: takes what says that the owner has full control, and nothing else. @throws Refusal */
export async function putObjectAcl(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { s3, bucket, request } = asked;
  const { stored } = admitVersion(asked, 's3:PutObjectAcl', 's3:PutObjectVersionAcl');
  await checkDocumentHash(asked, arrival.bodyBytes);
  checkAclHeaders(asked);
  const isInHeaders = request.headers.some(([name]) => /^x-amz-(?:acl|grant-.*)$/i.test(name));
  if (!isInHeaders || arrival.bodyBytes.length > 0) {
    const list = readDocument(arrival.bodyBytes, 'AccessControlPolicy');
    const grants = list && treeOf(list, 'AccessControlList');
    if (!grants) throw REFUSALS.malformedXml();
    const { canonicalId } = s3.ownerOf(bucket.ownerAccountId);
    const isOwners = listOf(grants, 'Grant').every(grant => {
      const grantee = treeOf(grant, 'Grantee');
      return grantee && textOf(grantee, 'ID') === canonicalId && textOf(grant, 'Permission') === 'FULL_CONTROL';
    });
    if (!isOwners) refuseAcl(asked);
  }
  return { response: { status: 200, headers: versionHeaders(asked, stored), body: EMPTY_BODY } };
}
