import { toBase64 } from '../../bytes/text.ts';
import { findHeader, type Header } from '../../http/message.ts';
import { storedContentEncoding } from '../../http/payload.ts';
import type { ArtifactId, ArtifactKind } from '../../trace/artifact.ts';
import type { FactId } from '../../trace/event.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { dropPieces, storePieces } from '../disk.ts';
import { authorize } from '../gate.ts';
import type { StoredObject } from '../storedObject.ts';
import { checkAclHeaders } from './acl.ts';
import { checkName } from './findVersion.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { readTaggingHeader } from './tags.ts';
import { readUserMetadata } from './userMetadata.ts';

/** Headers that S3 keeps with an object and gives back as they are, spelled as it gives them. */
const KEPT_HEADERS = [
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Expires',
  'x-amz-website-redirect-location',
] as const;
export const REDIRECT_HEADER = 'x-amz-website-redirect-location';

/** Storage classes of general purpose buckets. */
const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];
/** Those whose objects must be restored before they can be read. */
export const ARCHIVES: readonly string[] = ['GLACIER', 'DEEP_ARCHIVE'];

export type Described = Pick<
  StoredObject,
  | 'bucketName'
  | 'objectName'
  | 'lastModified'
  | 'ownerAccountId'
  | 'contentType'
  | 'headers'
  | 'metadata'
  | 'tags'
  | 'storageClass'
>;

/** What a request's headers say about the object it makes. @throws Refusal */
export function describeNew(asked: S3Request): Described {
  const { s3, request, bucket, objectName } = asked;
  checkName(objectName);
  const storageClass = findHeader(request, 'x-amz-storage-class') ?? 'STANDARD';
  if (!STORAGE_CLASSES.includes(storageClass)) throw OBJECT_REFUSALS.storageClass(storageClass);
  if (request.headers.some(([name]) => name.toLowerCase().startsWith('x-amz-object-lock-'))) {
    throw OBJECT_REFUSALS.noObjectLock();
  }
  checkAclHeaders(asked);
  return {
    bucketName: bucket.name,
    objectName,
    lastModified: s3.clock.now(),
    // Owner enforced: whatever lies in a bucket is its owner's.
    ownerAccountId: bucket.ownerAccountId,
    contentType: asHeaderValue(findHeader(request, 'content-type') ?? '') || 'binary/octet-stream',
    headers: readKeptHeaders(asked),
    metadata: readUserMetadata(request),
    tags: readNewTags(asked),
    storageClass,
  };
}

/** Tags that the request gives to the object; to give any needs a permission of its own. @throws Refusal */
export function readNewTags(asked: S3Request): StoredObject['tags'] {
  const tags = readTaggingHeader(asked.request);
  if (Object.keys(tags).length > 0) authorize(asked, 's3:PutObjectTagging');
  return tags;
}

function readKeptHeaders({ request }: S3Request): readonly Header[] {
  return KEPT_HEADERS.flatMap((name): Header[] => {
    const sent = findHeader(request, name);
    const value = name === 'Content-Encoding' ? storedContentEncoding(sent) : sent;
    if (value === undefined || value === '') return [];
    if (name === REDIRECT_HEADER && !/^(?:\/|https?:\/\/)/.test(value)) throw OBJECT_REFUSALS.redirectLocation();
    return [[name, asHeaderValue(value)]];
  });
}

/** Fields of a form may hold what a header cannot: it becomes a space. */
function asHeaderValue(text: string): string {
  return text.replace(/[^\t\x20-\x7e\xa0-\xff]/gu, ' ');
}

/** `null` unless the bucket keeps versions (F-VER-001). */
export function newVersionId({ s3, bucket }: Pick<S3Request, 's3' | 'bucket'>): string {
  if (bucket.versioning !== 'Enabled') return 'null';
  return toBase64(s3.random.bytes(24)).replaceAll('+', '_').replaceAll('/', '.');
}

/** Kinds of what a client keeps in the metadata of its objects. */
export const ENVELOPE_KINDS: readonly ArtifactKind[] = ['encrypted-data-key', 'commitment', 'message-id', 'nonce'];

/**
 * What of the client's own envelope stands in the metadata: it lies on the disks as an artifact too.
 * @param metadata of the object it belongs to, where memory holds envelopes of several
 */
export function envelopePieces({ s3 }: Pick<S3Request, 's3'>, metadata?: readonly Header[]): ArtifactId[] {
  const ids = s3.memory.ids().filter(id => ENVELOPE_KINDS.includes(s3.recorder.get(id).kind));
  if (!metadata) return ids;
  const texts = new Set(metadata.map(([, value]) => value));
  return ids.filter(id => texts.has(toBase64(s3.memory.getBytes(id))));
}

/** Writes the object to the disks in one go, forgets what memory still holds, and drops what it replaces. */
export function storeObject(asked: S3Request, object: StoredObject, facts: readonly FactId[]): StoredObject {
  const { s3 } = asked;
  s3.recorder.step('s3.store', 's3');
  storePieces(asked, object.pieces, facts);
  dropPieces(s3, s3.objects.put(object));
  forget(s3, workingMemory(s3));
  return object;
}
