import type { Arrival } from '../arrival.ts';
import type { S3Request } from '../context.ts';
import { listOf, type Tree, textOf, xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { configure, GONE, lookUp, takeDocument } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

const MAX_TAGS = 50;
/** Letters, spaces and numbers of any script, and these marks. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** GetBucketTagging. @throws Refusal */
export async function getBucketTagging(asked: S3Request): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:GetBucketTagging');
  if (!bucket.tags) throw BUCKET_REFUSALS.noTags(bucket.name);
  lookUp(asked, 'tagging');
  const Tag = Object.entries(bucket.tags).map(([Key, Value]) => ({ Key, Value }));
  return { response: xmlAnswer('Tagging', { TagSet: { Tag } }) };
}

/** PutBucketTagging: replaces all tags. @throws Refusal */
export async function putBucketTagging(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketTagging');
  const [set, ...others] = listOf(await takeDocument(asked, arrival, 'Tagging'), 'TagSet');
  if (!set || others.length > 0) throw REFUSALS.malformedXml();
  configure(asked, 'tagging', { ...asked.bucket, tags: parseTags(set) }, arrival.body?.id);
  return { response: GONE };
}

/** DeleteBucketTagging; the permission is that of putting them. @throws Refusal */
export async function deleteBucketTagging(asked: S3Request): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketTagging');
  const { tags: _, ...rest } = asked.bucket;
  configure(asked, 'tagging', rest, undefined);
  return { response: GONE };
}

/** A bucket's tags out of the element that has a `Tag` for each. @throws Refusal */
export function parseTags(set: Tree): Readonly<Record<string, string>> {
  const tags = new Map<string, string>();
  const elements = listOf(set, 'Tag');
  if (elements.length > MAX_TAGS) throw BUCKET_REFUSALS.tooManyTags(MAX_TAGS);
  for (const element of elements) {
    const [name, value] = [textOf(element, 'Key'), textOf(element, 'Value')];
    if (name === undefined || value === undefined) throw REFUSALS.malformedXml();
    if (name === '' || name.length > 128 || !TAG_TEXT.test(name)) throw BUCKET_REFUSALS.invalidTagKey(name);
    if (value.length > 256 || !TAG_TEXT.test(value)) throw BUCKET_REFUSALS.invalidTagValue(name, value);
    if (name.toLowerCase().startsWith('aws:')) throw BUCKET_REFUSALS.systemTag();
    if (tags.has(name)) throw BUCKET_REFUSALS.sameTag(name);
    tags.set(name, value);
  }
  return Object.fromEntries(tags);
}
