import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import { findHeader, type Header } from '../../http/message.ts';
import { xmlTime } from '../buckets/xmlTime.ts';
import { hashContent } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { authorize } from '../gate.ts';
import { checkCopyConditions } from '../objects/conditions.ts';
import { admitSource, type OpenedSource } from '../objects/copySource.ts';
import { versionHeaders } from '../objects/findVersion.ts';
import { withCustomerKey } from '../objects/writeObject.ts';
import type { S3Answer } from '../operation.ts';
import { type ByteRange, openWhole } from '../sse/readObject.ts';
import { checkLine, findUpload, keptAlgorithmOf, partKeyOf, partNumberOf, uploadParameters } from './findUpload.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import { storePart } from './storePart.ts';
import { MAX_PART_BYTES } from './uploadPart.ts';

/**
 * UploadPartCopy: opens the source, or a range of it, and encrypts it as a part of the upload (F-HDR-026, F-CPY-004,
 * F-CPY-007). @throws Refusal
 */
export async function uploadPartCopy(asked: S3Request): Promise<S3Answer> {
  const partNumber = partNumberOf(asked);
  checkLine(asked, 's3:PutObject');
  authorize(asked, 's3:PutObject', { facts: ['F-KSM-052'] });
  const source = admitSource(asked);
  return withCustomerKey(source.customerKey, () => copyPart(asked, source, partNumber));
}

async function copyPart(asked: S3Request, source: OpenedSource, partNumber: number): Promise<S3Answer> {
  const { request } = asked;
  const upload = findUpload(asked);
  checkCopyConditions(asked, source.stored);
  const range = rangeOf(findHeader(request, 'x-amz-copy-source-range'), source.stored.contentLength);
  const length = range ? range.end - range.start : source.stored.contentLength;
  if (length > MAX_PART_BYTES) throw MULTIPART_REFUSALS.tooLarge(length, MAX_PART_BYTES);
  const readKey = partKeyOf(asked, upload);

  const { content, whole } = await openWhole(source.asked, source.stored, source.customerKey, range);
  const kept = keptAlgorithmOf(upload);
  const checksum = kept && (await hashContent(asked, kept, [whole.id], content));
  const checksumText = checksum && toBase64(checksum.bytes);
  const part = await storePart(asked, upload, {
    partNumber,
    body: whole,
    ...(checksum ? { checksum: checksum.artifact } : {}),
    customerKey: readKey(),
  });

  const told = upload.checksumAlgorithm;
  const sourceVersion = versionHeaders(source.asked, source.stored).map(
    ([, versionId]): Header => ['x-amz-copy-source-version-id', versionId],
  );
  const result = {
    LastModified: xmlTime(part.lastModified),
    ETag: `"${part.etag}"`,
    ...(told && checksumText !== undefined ? { [CHECKSUM_ALGORITHMS[told].element]: checksumText } : {}),
  };
  return {
    response: xmlAnswer('CopyPartResult', result, 200, [...sourceVersion, ...encryptionHeaders(upload.encryption)]),
    told: {
      bytesOut: length,
      requestParameters: uploadParameters(asked),
    },
  };
}

/** `bytes=first-last`, both within the source; nothing else is taken. @throws Refusal */
function rangeOf(sent: string | undefined, size: number): ByteRange | undefined {
  if (sent === undefined) return undefined;
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(sent.trim()) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw MULTIPART_REFUSALS.copyRangeMalformed(sent);
  }
  if (Number(first) >= size) throw MULTIPART_REFUSALS.copyRangeBehind();
  if (Number(last) >= size) throw MULTIPART_REFUSALS.copyRangeOutside(sent, size);
  return { start: Number(first), end: Number(last) + 1 };
}
