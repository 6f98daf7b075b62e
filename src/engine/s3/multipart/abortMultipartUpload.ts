import { EMPTY_BODY } from '../../http/message.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { dropPieces } from '../disk.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { findUpload, uploadParameters } from './findUpload.ts';
import type { MultipartUpload } from './upload.ts';

/** AbortMultipartUpload: parts and keys are dropped from the disks. @throws Refusal */
export async function abortMultipartUpload(asked: S3Request): Promise<S3Answer> {
  const { s3 } = asked;
  authorize(asked, 's3:AbortMultipartUpload');
  const upload = findUpload(asked);
  s3.recorder.step('s3.delete', 's3');
  dropUpload(asked, upload);
  forget(s3, workingMemory(s3));
  return {
    response: { status: 204, headers: [], body: EMPTY_BODY },
    told: { requestParameters: uploadParameters(asked) },
  };
}

/** Forgets an upload with everything of it on the disks, in the step under way. */
export function dropUpload(asked: Pick<S3Request, 's3'>, upload: MultipartUpload): void {
  asked.s3.uploads.delete(upload.uploadId);
  dropPieces(asked.s3, releaseUpload(asked, upload));
}

/** Gives back the claims of an upload, one for itself and one for each part. @returns pieces that nobody needs any more */
export function releaseUpload({ s3 }: Pick<S3Request, 's3'>, upload: MultipartUpload): string[] {
  const claims = [upload.pieces, ...upload.parts.map(part => part.pieces)];
  return [...new Set(claims.flatMap(ids => s3.pieces.release(ids)))];
}
