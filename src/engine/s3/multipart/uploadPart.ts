import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import { invariant } from '../../errors.ts';
import { EMPTY_BODY, type Header } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkBodyHash, findSentChecksum, hashContent } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { checkLine, findUpload, keptAlgorithmOf, partKeyOf, partNumberOf, uploadParameters } from './findUpload.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import { storePart } from './storePart.ts';

/** Bytes of one part at most. */
export const MAX_PART_BYTES = 5 * 1024 ** 3;

/** UploadPart (F-MPU-003, F-MPU-005, F-MPU-007). @throws Refusal */
export async function uploadPart(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const partNumber = partNumberOf(asked);
  checkLine(asked, 's3:PutObject');
  authorize(asked, 's3:PutObject', { facts: ['F-KSM-052'] });
  const upload = findUpload(asked);
  const { body } = arrival;
  invariant(body, 'a part has a body, if an empty one');
  const contentLength = arrival.bodyBytes.length;
  if (contentLength > MAX_PART_BYTES) throw MULTIPART_REFUSALS.tooLarge(contentLength, MAX_PART_BYTES);

  const wanted = upload.checksumAlgorithm;
  const sent = findSentChecksum(asked)?.algorithm;
  // What the client sends to an upload without algorithm is checked and not kept.
  const isOther = wanted !== undefined && sent !== undefined && sent !== wanted;
  const isMissing = upload.checksumType === 'COMPOSITE' && sent === undefined;
  if (isOther || isMissing) throw MULTIPART_REFUSALS.otherChecksum(wanted, sent);
  const readKey = partKeyOf(asked, upload);
  const kept = keptAlgorithmOf(upload);
  const checksum = await checkBodyHash(asked, arrival, kept);
  const keptChecksum =
    kept === undefined || kept === checksum.algorithm
      ? kept && checksum.artifact
      : (await hashContent(asked, kept, [body.id], arrival.bodyBytes)).artifact;
  const part = await storePart(asked, upload, {
    partNumber,
    body,
    ...(keptChecksum ? { checksum: keptChecksum } : {}),
    customerKey: readKey(),
  });

  const isTold = checksum.wasSent || wanted !== undefined;
  const headers: Header[] = [
    ['ETag', `"${part.etag}"`],
    ...(isTold ? ([[CHECKSUM_ALGORITHMS[checksum.algorithm].header, toBase64(checksum.bytes)]] as const) : []),
    ...encryptionHeaders(upload.encryption),
  ];
  return {
    response: { status: 200, headers, body: EMPTY_BODY },
    told: {
      bytesIn: contentLength,
      requestParameters: uploadParameters(asked),
    },
  };
}
