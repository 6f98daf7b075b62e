import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import { xmlTime } from '../buckets/xmlTime.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { findCustomerKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { loadPieces } from '../disk.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { openObjectKeys } from '../sse/objectKeys.ts';
import { checkLine, findUpload, uploadParameters } from './findUpload.ts';
import { countOf, pageSizeOf } from './limits.ts';
import { peopleOf } from './people.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload, UploadedPart } from './upload.ts';

/** ListParts: under KMS it needs kms:Decrypt (F-KSM-054), since checksums of parts are encrypted. @throws Refusal */
export async function listParts(asked: S3Request): Promise<S3Answer> {
  const { s3, query, bucket, objectName } = asked;
  checkLine(asked, 's3:ListMultipartUploadParts');
  authorize(asked, 's3:ListMultipartUploadParts', { facts: ['F-KSM-054'] });
  const maxParts = pageSizeOf('max-parts', query.get('max-parts'));
  const marker = countOf('part-number-marker', query.get('part-number-marker')) ?? 0;
  const upload = findUpload(asked);
  const left = upload.parts.filter(part => part.number > marker);
  const page = left.slice(0, maxParts);
  const checksums = await readChecksums(asked, upload, page);
  forget(s3, workingMemory(s3));
  const algorithm = upload.checksumAlgorithm;
  const isTruncated = page.length < left.length && maxParts > 0;
  return {
    response: xmlAnswer('ListPartsResult', {
      Bucket: bucket.name,
      Key: objectName,
      UploadId: upload.uploadId,
      ...peopleOf(s3, upload),
      StorageClass: upload.storageClass,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: maxParts,
      IsTruncated: isTruncated,
      Part: page.map((part, index) => ({
        PartNumber: part.number,
        LastModified: xmlTime(part.lastModified),
        ETag: `"${part.etag}"`,
        Size: part.contentLength,
        ...(algorithm === undefined ? {} : { [CHECKSUM_ALGORITHMS[algorithm].element]: checksums[index] }),
      })),
      ChecksumAlgorithm: algorithm,
      ChecksumType: algorithm === undefined ? undefined : upload.checksumType,
    }),
    told: { requestParameters: uploadParameters(asked) },
  };
}

/** Base64, in the order of the parts; none without an algorithm. @throws Refusal */
async function readChecksums(
  asked: S3Request,
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
): Promise<string[]> {
  const { s3, request } = asked;
  const { encryption, checksumAlgorithm } = upload;
  const isKms = encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS';
  // SSE-C headers are checked when they come, and not missed when they do not (F-MPU-006).
  const headers = encryption.type === 'SSE-C' ? findCustomerKeyHeaders(request) : undefined;
  const needsKeys = isKms || headers !== undefined;
  const locked =
    checksumAlgorithm === undefined ? [] : parts.flatMap(({ checksum }) => (checksum === undefined ? [] : [checksum]));
  const pieces = [...new Set([...(needsKeys ? upload.pieces : []), ...locked])];
  if (pieces.length > 0) loadPieces(asked, pieces, ['F-KSM-054']);
  const keys = needsKeys
    ? await openObjectKeys(
        asked,
        encryption,
        headers && parseCustomerKey(headers, false),
        MULTIPART_REFUSALS.otherCustomerKey,
      )
    : undefined;
  const texts: string[] = [];
  for (const id of locked) {
    const artifact = s3.recorder.get(id);
    const opened = keys ? await keys.openChecksum(artifact) : artifact;
    texts.push(toBase64(s3.memory.getBytes(opened.id)));
  }
  await keys?.close();
  return texts;
}
