import type { S3Parts } from '../context.ts';
import type { MultipartUpload } from './upload.ts';

/** Who began an upload and who will own the object, as lists show them. */
export function peopleOf(
  s3: S3Parts,
  { initiatorArn, ownerAccountId }: MultipartUpload,
): { Initiator: { ID: string; DisplayName: string }; Owner: { ID: string; DisplayName: string } } {
  const owner = s3.ownerOf(ownerAccountId);
  return {
    Initiator: { ID: initiatorArn, DisplayName: initiatorArn.slice(initiatorArn.lastIndexOf('/') + 1) },
    Owner: { ID: owner.canonicalId, DisplayName: owner.displayName },
  };
}
