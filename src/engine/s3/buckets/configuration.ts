/** What every operation does that reads or changes how a bucket is set up. */
import { EMPTY_BODY, findHeader, type HttpResponse } from '../../http/message.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import type { FactId } from '../../trace/event.ts';
import type { Arrival } from '../arrival.ts';
import type { Bucket, SettingName } from '../bucket.ts';
import { checkDocumentHash, findSentChecksum } from '../checkHash.ts';
import { forget, holdInMemory, type S3Request, type ServiceRequest, workingMemory } from '../context.ts';
import { dropPieces, storePieces } from '../disk.ts';
import { readDocument, type Tree } from '../document.ts';
import { REFUSALS } from '../refusal.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** Bytes of a configuration document; a policy's own limit is 20 KiB. */
const MAX_DOCUMENT_BYTES = 1024 * 1024;

/** Whole answer of changes that say nothing but that they were made. */
export const DONE: HttpResponse = { status: 200, headers: [], body: EMPTY_BODY };
export const GONE: HttpResponse = { status: 204, headers: [], body: EMPTY_BODY };

/** Checks the hashes without which S3 takes no configuration (F-BKT-003). @throws Refusal */
export async function admitDocument(asked: ServiceRequest, arrival: Arrival): Promise<void> {
  const { bodyBytes } = arrival;
  if (bodyBytes.length > MAX_DOCUMENT_BYTES) throw BUCKET_REFUSALS.documentTooLarge(MAX_DOCUMENT_BYTES);
  const hasMd5 = findHeader(asked.request, 'content-md5') !== undefined;
  if (!findSentChecksum(asked) && !hasMd5) throw BUCKET_REFUSALS.noChecksum();
  await checkDocumentHash(asked, bodyBytes);
}

/** A configuration document, checked and read. @throws Refusal */
export async function takeDocument(asked: ServiceRequest, arrival: Arrival, rootName: string): Promise<Tree> {
  await admitDocument(asked, arrival);
  const root = readDocument(arrival.bodyBytes, rootName);
  if (!root) throw REFUSALS.malformedXml();
  return root;
}

/**
 * Replaces the bucket's row, puts the document on the disks, and drops the one it replaces.
 * @param document absent when the setting is removed
 */
export function configure(
  asked: S3Request,
  setting: SettingName,
  next: Bucket,
  document: ArtifactId | undefined,
  facts: readonly FactId[] = [],
): void {
  const { s3, bucket } = asked;
  s3.recorder.step('s3.configure', 's3');
  const old = documentOf(bucket, setting);
  s3.buckets.set(bucket.name, withDocument(next, setting, document));
  if (document !== undefined) {
    s3.pieces.claim([document]);
    storePieces(asked, [document], facts);
  }
  if (old !== undefined) dropPieces(s3, s3.pieces.release([old]));
  forget(s3, workingMemory(s3));
}

/** Brings a setting's document from the disks into memory, if there is one, and says so. */
export function lookUp(asked: S3Request, setting: SettingName, facts: readonly FactId[] = []): ArtifactId | undefined {
  const { s3, bucket, operation } = asked;
  const id = documentOf(bucket, setting);
  if (id === undefined || !s3.disk.has(id)) return undefined;
  const artifact = s3.recorder.get(id);
  const bytes = s3.disk.getBytes(id);
  s3.recorder.step('s3.lookUp', 's3');
  // Memory is overwritten after the answer, what lies on the disks is not.
  holdInMemory(s3, artifact, artifact.isSecret ? bytes.slice() : bytes);
  s3.recorder.emit({
    verb: 'loaded',
    from: 's3.disk',
    place: 's3.memory',
    outputs: [id],
    api: operation.name,
    facts,
  });
  return id;
}

function documentOf(bucket: Bucket, setting: SettingName): ArtifactId | undefined {
  return setting === 'encryption' ? bucket.encryptionDocument : bucket.documents?.[setting];
}

function withDocument(bucket: Bucket, setting: SettingName, document: ArtifactId | undefined): Bucket {
  if (setting === 'encryption') {
    const { encryptionDocument: _, ...rest } = bucket;
    return document === undefined ? rest : { ...rest, encryptionDocument: document };
  }
  const { [setting]: _, ...others } = bucket.documents ?? {};
  return { ...bucket, documents: document === undefined ? others : { ...others, [setting]: document } };
}
