import { documentsOf } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { dropPieces } from '../disk.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { GONE } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** DeleteBucket: only an empty one. Uploads under way end with it. @throws Refusal */
export async function deleteBucket(asked: S3Request): Promise<S3Answer> {
  const { s3, bucket } = asked;
  authorize(asked, 's3:DeleteBucket');
  if (!s3.objects.isEmpty(bucket.name)) throw BUCKET_REFUSALS.notEmpty(bucket.name, bucket.versioning !== undefined);
  s3.recorder.step('s3.delete', 's3');
  const uploads = s3.uploads.entries().filter(([, upload]) => upload.bucketName === bucket.name);
  for (const [id, upload] of uploads) {
    s3.uploads.delete(id);
    // Each part claimed its pieces by itself.
    for (const owner of [upload, ...upload.parts]) dropPieces(s3, s3.pieces.release(owner.pieces));
  }
  s3.buckets.delete(bucket.name);
  for (const document of documentsOf(bucket)) dropPieces(s3, s3.pieces.release([document]));
  return { response: GONE };
}
