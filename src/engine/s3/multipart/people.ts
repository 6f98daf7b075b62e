import type { S3Parts } from '../context.ts';
import type { MultipartUpload } from './upload.ts';

/** Who began an upload and who will own the object, as lists show them: by id, without names since November 2025. */
export function peopleOf(s3: S3Parts, { initiatorArn, ownerAccountId }: MultipartUpload) {
  return { Initiator: { ID: initiatorArn }, Owner: { ID: s3.ownerOf(ownerAccountId).canonicalId } };
}
