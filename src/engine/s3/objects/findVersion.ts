import { utf8 } from '../../bytes/bytes.ts';
import type { Header } from '../../http/message.ts';
import type { FactId } from '../../trace/event.ts';
import { bucketArn } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { authorize, isAuthorized } from '../gate.ts';
import { REFUSALS } from '../refusal.ts';
import type { StoredObject, StoredVersion } from '../storedObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { existingTagValues } from './tags.ts';

/** UTF-8 bytes of an object's name. */
const MAX_NAME_BYTES = 1024;

/** Refuses names that S3 does not keep. @throws Refusal */
export function checkName(objectName: string): void {
  const { length } = utf8(objectName);
  if (length > MAX_NAME_BYTES) throw OBJECT_REFUSALS.keyTooLong(length, MAX_NAME_BYTES);
}

/** The version that a request names, or `undefined` when it names none. @throws Refusal for what cannot be a version's id */
export function findVersionId({ query, bucket }: Pick<S3Request, 'query' | 'bucket'>): string | undefined {
  if (!query.has('versionId')) return undefined;
  return checkVersionId(query.get('versionId') ?? '', bucket.versioning !== undefined);
}

/** A version's id, if it can be one in such a bucket. @throws Refusal */
export function checkVersionId(versionId: string, hasVersions: boolean): string {
  const isOne = versionId === 'null' || (hasVersions && /^[A-Za-z0-9._]{32}$/.test(versionId));
  if (!isOne) throw OBJECT_REFUSALS.versionIdMalformed(versionId);
  return versionId;
}

/** What lies in the index under a request's name: the version it names, or the newest. */
export function findVersionOf(
  { s3, bucket, objectName }: S3Request,
  versionId: string | undefined,
): StoredVersion | undefined {
  return versionId === undefined
    ? s3.objects.findLatest(bucket.name, objectName)
    : s3.objects.findVersion(bucket.name, objectName, versionId);
}

/**
 * The gate and the look-up of whatever is about an object that exists.
 * @param action for the newest version
 * @param versionAction when the request names a version
 * @throws Refusal 403, 404, or 405 for a delete marker
 */
export function admitVersion(
  asked: S3Request,
  action: string,
  versionAction: string,
  facts?: readonly FactId[],
): { readonly stored: StoredObject; readonly versionId: string | undefined } {
  checkName(asked.objectName);
  const versionId = findVersionId(asked);
  const found = findVersionOf(asked, versionId);
  authorize(asked, versionId === undefined ? action : versionAction, {
    conditionValues: existingTagValues(found?.kind === 'object' ? found.tags : undefined),
    ...(facts ? { facts } : {}),
  });
  return { stored: getObjectIn(asked, found, versionId), versionId };
}

/** What was found, if it is an object. @throws Refusal */
export function getObjectIn(
  asked: S3Request,
  found: StoredVersion | undefined,
  versionId: string | undefined,
): StoredObject {
  if (found?.kind === 'object') return found;
  const { objectName, request } = asked;
  if (found && versionId !== undefined) {
    throw OBJECT_REFUSALS.isMarker(request.method, found.versionId, found.lastModified);
  }
  refuseUnlisted(asked);
  if (found) throw OBJECT_REFUSALS.behindMarker(objectName, found.versionId);
  throw versionId === undefined ? REFUSALS.noSuchKey(objectName) : OBJECT_REFUSALS.noSuchVersion(objectName, versionId);
}

/** That something is not there is told only to those who may list the bucket; the others are denied. @throws Refusal 403 */
function refuseUnlisted(asked: S3Request): void {
  const claim = { resource: bucketArn(asked.bucket.name) };
  if (!isAuthorized(asked, 's3:ListBucket', claim)) authorize(asked, 's3:ListBucket', claim);
}

/** `x-amz-version-id` of an answer about what is stored: absent in buckets that never had versions. */
export function versionHeaders({ bucket }: Pick<S3Request, 'bucket'>, { versionId }: StoredVersion): Header[] {
  return bucket.versioning === undefined && versionId === 'null' ? [] : [['x-amz-version-id', versionId]];
}

/** The same in the answer to a write: told only when the write made a version of its own. */
export function newVersionHeaders({ versionId }: StoredVersion): Header[] {
  return versionId === 'null' ? [] : [['x-amz-version-id', versionId]];
}
