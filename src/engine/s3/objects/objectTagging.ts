import { EMPTY_BODY } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkDocumentHash } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { dropPieces } from '../disk.ts';
import { xmlAnswer } from '../document.ts';
import type { S3Answer } from '../operation.ts';
import type { StoredObject } from '../storedObject.ts';
import { admitVersion, versionHeaders } from './findVersion.ts';
import { readTaggingDocument, type Tags, taggingContent } from './tags.ts';

/** GetObjectTagging. @throws Refusal */
export async function getObjectTagging(asked: S3Request): Promise<S3Answer> {
  const { stored } = admitVersion(asked, 's3:GetObjectTagging', 's3:GetObjectVersionTagging');
  const headers = versionHeaders(asked, stored);
  return { response: xmlAnswer('Tagging', taggingContent(stored.tags), 200, headers) };
}

/** PutObjectTagging: the new tags take the place of all there were. @throws Refusal */
export async function putObjectTagging(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { stored } = admitVersion(asked, 's3:PutObjectTagging', 's3:PutObjectVersionTagging');
  await checkDocumentHash(asked, arrival.bodyBytes);
  replaceTags(asked, stored, readTaggingDocument(arrival.bodyBytes));
  return { response: { status: 200, headers: versionHeaders(asked, stored), body: EMPTY_BODY } };
}

/** DeleteObjectTagging. @throws Refusal */
export async function deleteObjectTagging(asked: S3Request): Promise<S3Answer> {
  const { stored } = admitVersion(asked, 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging');
  replaceTags(asked, stored, {});
  return { response: { status: 204, headers: versionHeaders(asked, stored), body: EMPTY_BODY } };
}

/** Tags are no part of the object: its date and its ETag stay (F-ETG-006). */
function replaceTags({ s3 }: S3Request, stored: StoredObject, tags: Tags): void {
  dropPieces(s3, s3.objects.update({ ...stored, tags }));
}
