import { toHex } from '../../bytes/text.ts';
import { md5AtPace } from '../../crypto/md5.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import type { CustomerKey } from '../customerKey.ts';
import { dropPieces, loadPieces, storePieces } from '../disk.ts';
import { openObjectKeys } from '../sse/objectKeys.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload, UploadedPart } from './upload.ts';

/**
 * Encrypts a part that is in memory under the upload's keys and stores it as a piece of its own (F-SIM-001). With KMS the
 * data key is opened for each part (F-MPU-003, F-KSM-052). A part of the same number is replaced.
 * @throws Refusal when KMS refuses, or for another customer key (F-ERR-015)
 */
export async function storePart(
  asked: S3Request,
  upload: MultipartUpload,
  content: {
    readonly partNumber: number;
    readonly body: Artifact;
    /** What is kept to check it. */
    readonly checksum?: Artifact;
    readonly customerKey?: CustomerKey | undefined;
  },
): Promise<UploadedPart> {
  const { s3 } = asked;
  const { partNumber, body, checksum, customerKey } = content;
  if (upload.pieces.length > 0) loadPieces(asked, upload.pieces, ['F-MPU-003', 'F-ALG-021']);
  const keys = await openObjectKeys(asked, upload.encryption, customerKey, MULTIPART_REFUSALS.otherCustomerKey);
  const bytes = s3.memory.getBytes(body.id);
  const contentLength = bytes.length;
  const isDigestEtag = upload.encryption.type === 'SSE-S3' || upload.encryption.type === 'NOT-SSE';
  const etag = toHex(isDigestEtag ? await md5AtPace(bytes, s3.pace) : s3.random.bytes(16));
  const sealed = await keys.seal({ body, ...(checksum ? { checksum } : {}) });
  const { facts } = await keys.close();

  const keptChecksum = checksum && (sealed.checksum ?? checksum).id;
  const part: UploadedPart = {
    number: partNumber,
    body: sealed.body.id,
    contentLength,
    etag,
    lastModified: s3.clock.now(),
    ...(keptChecksum === undefined ? {} : { checksum: keptChecksum }),
    pieces: [...new Set([sealed.body.id, ...(keptChecksum === undefined ? [] : [keptChecksum])])],
  };
  s3.recorder.step('s3.store', 's3');
  s3.pieces.claim(part.pieces);
  storePieces(asked, part.pieces, ['F-SIM-001', ...facts]);
  const replaced = upload.parts.filter(other => other.number === partNumber);
  const parts = [...upload.parts.filter(other => other.number !== partNumber), part];
  s3.uploads.set(upload.uploadId, { ...upload, parts: parts.sort((a, b) => a.number - b.number) });
  dropPieces(s3, s3.pieces.release(replaced.flatMap(other => other.pieces)));
  forget(s3, workingMemory(s3));
  return part;
}
