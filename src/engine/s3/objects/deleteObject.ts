import { EMPTY_BODY, findHeader, type Header } from '../../http/message.ts';
import type { S3Request } from '../context.ts';
import { dropPieces } from '../disk.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import type { StoredVersion } from '../storedObject.ts';
import { checkDeleteCondition } from './conditions.ts';
import { checkName, findVersionId, findVersionOf } from './findVersion.ts';
import { newVersionId } from './newObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { existingTagValues } from './tags.ts';

/** What came of a delete. */
export interface Deleted {
  /** A delete marker that was made. */
  readonly marker?: string;
  /** The version that was removed was itself a delete marker. */
  readonly wasMarker: boolean;
}

/** Conditions of directory buckets. */
const FOREIGN_CONDITIONS = ['x-amz-if-match-last-modified-time', 'x-amz-if-match-size'];

/** DeleteObject: no key is needed for it (F-HDR-030, F-SSC-028). @throws Refusal */
export async function deleteObject(asked: S3Request): Promise<S3Answer> {
  const { request, bucket } = asked;
  checkName(asked.objectName);
  refuseBypass(asked);
  const versionId = findVersionId(asked);
  if (FOREIGN_CONDITIONS.some(name => findHeader(request, name) !== undefined)) throw REFUSALS.notImplemented();
  const { marker, wasMarker } = deleteOne(asked, versionId, findHeader(request, 'if-match'));
  const told = marker ?? (bucket.versioning === undefined ? undefined : versionId);
  const headers: Header[] = [
    ...(marker !== undefined || wasMarker ? ([['x-amz-delete-marker', 'true']] as const) : []),
    ...(told === undefined ? [] : ([['x-amz-version-id', told]] as const)),
  ];
  return { response: { status: 204, headers, body: EMPTY_BODY } };
}

/** Here no bucket has locks that a delete could pass by. @throws Refusal */
export function refuseBypass({ request }: Pick<S3Request, 'request'>): void {
  if (findHeader(request, 'x-amz-bypass-governance-retention') !== undefined) throw OBJECT_REFUSALS.noLockToBypass();
}

/**
 * Deletes what a request names: the version it names, for good; else the object, which in a bucket with versions only gets a
 * delete marker in front. What is not there is deleted all the same. @throws Refusal
 */
export function deleteOne(asked: S3Request, versionId: string | undefined, ifMatch?: string): Deleted {
  const { s3, bucket, objectName } = asked;
  const found = findVersionOf(asked, versionId);
  const object = found?.kind === 'object' ? found : undefined;
  authorize(asked, versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', {
    conditionValues: existingTagValues(object?.tags),
  });
  checkDeleteCondition(asked, ifMatch, object);
  s3.recorder.step('s3.delete', 's3');
  if (versionId !== undefined || bucket.versioning === undefined) {
    if (found) dropPieces(s3, s3.objects.remove(bucket.name, objectName, found.versionId));
    return { wasMarker: versionId !== undefined && found?.kind === 'delete-marker' };
  }
  const marker: StoredVersion = {
    kind: 'delete-marker',
    bucketName: bucket.name,
    objectName,
    versionId: newVersionId(asked),
    lastModified: s3.clock.now(),
    ownerAccountId: bucket.ownerAccountId,
  };
  // While versioning is suspended, the marker takes the place of the version `null`.
  dropPieces(s3, s3.objects.put(marker));
  return { marker: marker.versionId, wasMarker: false };
}
