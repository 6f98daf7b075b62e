import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import { findHeader, type Header } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkDocumentHash } from '../checkHash.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { dropPieces } from '../disk.ts';
import { xmlAnswer } from '../document.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { authorize } from '../gate.ts';
import { checkWriteConditions } from '../objects/conditions.ts';
import { newVersionId } from '../objects/newObject.ts';
import type { S3Answer } from '../operation.ts';
import type { StoredObject } from '../storedObject.ts';
import { releaseUpload } from './abortMultipartUpload.ts';
import { assembleChecksum } from './assembleChecksum.ts';
import { multipartEtag } from './etag.ts';
import { checkLine, findAnyUpload, keptAlgorithmOf, uploadParameters } from './findUpload.ts';
import { type NamedPart, readNamedParts } from './namedParts.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { CompletedUpload, MultipartUpload, UploadedPart } from './upload.ts';

/** Bytes of every part but the last at least. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/**
 * CompleteMultipartUpload: the parts become one object where they lie; nothing is encrypted again (F-SIM-001). Sent once
 * more it answers the same. @throws Refusal
 */
export async function completeMultipartUpload(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { s3 } = asked;
  checkLine(asked, 's3:PutObject');
  authorize(asked, 's3:PutObject', { facts: ['F-KSM-052'] });
  const upload = findAnyUpload(asked);
  await checkDocumentHash(withoutObjectChecksum(asked), arrival.bodyBytes);
  const named = readNamedParts(arrival.bodyBytes);
  const request = JSON.stringify(named.map(({ number, etag }) => [number, etag]));
  if (upload.completed) {
    if (upload.completed.named !== request) throw MULTIPART_REFUSALS.noSuchUpload(upload.uploadId);
    return answer(asked, upload, upload.completed);
  }
  const parts = chooseParts(upload, named);
  checkWriteConditions(asked, s3.objects.find(upload.bucketName, upload.objectName));
  checkNoConflict(asked, upload);
  const checksum = await assembleChecksum(asked, upload, named, parts);

  const completed: CompletedUpload = {
    versionId: newVersionId(asked),
    etag: multipartEtag(parts.map(part => part.etag)),
    ...(checksum ? { checksumText: checksum.text } : {}),
    named: request,
    at: s3.clock.now(),
  };
  const object = objectOf(upload, parts, completed, checksum?.stored);
  s3.recorder.step('s3.assemble', 's3');
  keepChecksum(asked, parts, checksum?.stored.artifact);
  const replaced = s3.objects.put(object);
  s3.uploads.set(upload.uploadId, { ...upload, parts: [], pieces: [], completed });
  dropPieces(s3, [...replaced, ...releaseUpload(asked, upload)]);
  forget(s3, workingMemory(s3));
  return answer(asked, upload, completed);
}

/**
 * A condition holds now, and the object was changed while the upload was under way: somebody else may rely on the same
 * condition. @throws Refusal 409
 */
function checkNoConflict({ s3, request }: S3Request, upload: MultipartUpload): void {
  const { bucketName, objectName, initiated, isOverwriting = false } = upload;
  const present = s3.objects.find(bucketName, objectName);
  if (findHeader(request, 'if-none-match') !== undefined && isOverwriting) {
    throw MULTIPART_REFUSALS.conflict('If-None-Match', objectName);
  }
  if (findHeader(request, 'if-match') !== undefined && present && present.lastModified > initiated) {
    throw MULTIPART_REFUSALS.conflict('If-Match', objectName);
  }
}

/** Writes the object's checksum beside its parts, which are the object from now on. */
function keepChecksum({ s3, operation }: S3Request, parts: readonly UploadedPart[], id: string | undefined): void {
  if (id !== undefined && !s3.disk.has(id)) s3.disk.hold(id, s3.memory.getBytes(id));
  s3.recorder.emit({
    verb: 'stored',
    from: 's3.memory',
    place: 's3.disk',
    inputs: [...new Set(parts.map(part => part.body))],
    outputs: id === undefined ? [] : [id],
    api: operation.name,
    facts: ['F-ETG-003', 'F-ETG-005', 'F-SIM-001'],
  });
}

/** The headers that carry the object's checksum are not about this document. */
function withoutObjectChecksum(asked: S3Request): S3Request {
  const isKept = ([name]: Header) => !/^x-amz-checksum-/i.test(name);
  const { request, trailers } = asked;
  return {
    ...asked,
    request: { ...request, headers: request.headers.filter(isKept) },
    trailers: trailers.filter(isKept),
  };
}

/** The uploaded parts that were named, when they may be put together. @throws Refusal */
function chooseParts(upload: MultipartUpload, named: readonly NamedPart[]): UploadedPart[] {
  const isAscending = named.every((part, index) => index === 0 || part.number > (named[index - 1]?.number ?? 0));
  if (!isAscending) throw MULTIPART_REFUSALS.invalidPartOrder(upload.uploadId);
  const byNumber = new Map(upload.parts.map(part => [part.number, part]));
  const parts = named.map(({ number, etag }) => {
    const part = byNumber.get(number);
    if (part?.etag !== etag) throw MULTIPART_REFUSALS.invalidPart(upload.uploadId, number, etag);
    return part;
  });
  const small = parts.find((part, index) => index < parts.length - 1 && part.contentLength < MIN_PART_BYTES);
  if (small) {
    const { contentLength: size, number, etag } = small;
    throw MULTIPART_REFUSALS.tooSmall({ size, least: MIN_PART_BYTES, number, etag });
  }
  return parts;
}

function objectOf(
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
  { versionId, etag }: CompletedUpload,
  checksum: StoredObject['checksum'],
): StoredObject {
  const { bucketName, objectName, ownerAccountId, contentType, headers, metadata, tags, storageClass } = upload;
  const pieces = [...parts.flatMap(part => part.pieces), ...upload.pieces, ...(checksum ? [checksum.artifact] : [])];
  return {
    kind: 'object',
    bucketName,
    objectName,
    versionId,
    // AWS dates such an object by the beginning of its upload.
    lastModified: upload.initiated,
    ownerAccountId,
    contentLength: parts.reduce((sum, part) => sum + part.contentLength, 0),
    contentType,
    headers,
    etag,
    metadata,
    parts: parts.map(({ number, body, contentLength, checksum: own }) => ({
      number,
      body,
      contentLength,
      ...(own === undefined ? {} : { checksum: own }),
    })),
    isMultipart: true,
    encryption: upload.encryption,
    ...(checksum ? { checksum } : {}),
    tags,
    storageClass,
    pieces: [...new Set(pieces)],
  };
}

function answer(
  asked: S3Request,
  upload: MultipartUpload,
  { versionId, etag, checksumText }: CompletedUpload,
): S3Answer {
  const { request, connection, bucket, objectName } = asked;
  const algorithm = keptAlgorithmOf(upload);
  const host = findHeader(request, 'host') ?? '';
  const content = {
    Location: `${connection.isSecure ? 'https' : 'http'}://${host}${request.path}`,
    Bucket: bucket.name,
    Key: objectName,
    ETag: `"${etag}"`,
    ...(algorithm === undefined || checksumText === undefined
      ? {}
      : { [CHECKSUM_ALGORITHMS[algorithm].element]: checksumText, ChecksumType: upload.checksumType ?? 'FULL_OBJECT' }),
  };
  const headers: Header[] = [
    // Nothing of SSE-C here (F-HDR-027).
    ...(upload.encryption.type === 'SSE-C' ? [] : encryptionHeaders(upload.encryption)),
    ...(versionId === 'null' ? [] : ([['x-amz-version-id', versionId]] as const)),
  ];
  return {
    response: xmlAnswer('CompleteMultipartUploadResult', content, 200, headers),
    told: {
      requestParameters: uploadParameters(asked),
    },
  };
}
