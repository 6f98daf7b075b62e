import type { ChecksumAlgorithm } from '../../crypto/checksums.ts';
import type { Header } from '../../http/message.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import type { StoredChecksum, StoredEncryption, StoredPart } from '../storedObject.ts';

/** A part that was uploaded; it becomes a `StoredPart` when the upload is completed. */
export interface UploadedPart extends StoredPart {
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** Everything of this part on the disks. */
  readonly pieces: readonly ArtifactId[];
}

/** What a completed upload has become, so that a repeated request is answered alike. */
export interface CompletedUpload {
  readonly versionId: string;
  /** Without quotes. */
  readonly etag: string;
  /** The checksum as it stood in the answer. */
  readonly checksumText?: string;
  /** Numbers and ETags of the parts that were named, to tell a repeat from another request. */
  readonly named: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A multipart upload under way: a row. Its encryption was settled when it was created (F-MPU-001). */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly bucketName: string;
  readonly objectName: string;
  /** Milliseconds since 1970. */
  readonly initiated: number;
  readonly initiatorArn: string;
  readonly ownerAccountId: string;
  readonly contentType: string;
  readonly headers: readonly Header[];
  readonly metadata: readonly Header[];
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: StoredEncryption;
  readonly isDefaultEncryption: boolean;
  /** Absent: the client asked for none; S3 then uses its own where it need not be encrypted. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: StoredChecksum['type'];
  /** There was an object of that name already when the upload was created. */
  readonly isOverwriting?: boolean;
  /** In the order of their numbers. */
  readonly parts: readonly UploadedPart[];
  /** Locked keys and the like that belong to the upload as a whole. */
  readonly pieces: readonly ArtifactId[];
  /** The upload is over; it has no parts and pieces any more. */
  readonly completed?: CompletedUpload;
}
