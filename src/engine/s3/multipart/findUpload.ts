import type { ChecksumAlgorithm } from '../../crypto/checksums.ts';
import { findHeader } from '../../http/message.ts';
import { DEFAULT_CHECKSUM } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { type CustomerKey, findCustomerKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { refuseTransport } from '../gate.ts';
import { REFUSALS } from '../refusal.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload } from './upload.ts';

/** How long a completed upload is remembered, in milliseconds. */
const MEMORY_MS = 24 * 60 * 60 * 1000;
const MAX_PART_NUMBER = 10_000;

/** The upload a request names, when it is under way and about this very object. @throws Refusal NoSuchUpload */
export function findUpload(asked: S3Request): MultipartUpload {
  const upload = findAnyUpload(asked);
  if (upload.completed) throw MULTIPART_REFUSALS.noSuchUpload(upload.uploadId);
  return upload;
}

/** As `findUpload`, but completed ones are found too. @throws Refusal NoSuchUpload */
export function findAnyUpload({ s3, query, bucket, objectName }: S3Request): MultipartUpload {
  const uploadId = query.get('uploadId') ?? '';
  const upload = s3.uploads.find(uploadId);
  const isHere = upload?.bucketName === bucket.name && upload.objectName === objectName;
  if (!upload || !isHere) throw MULTIPART_REFUSALS.noSuchUpload(uploadId);
  return upload;
}

/** What CloudTrail is told of a request about an upload; how it is encrypted was told when it was created (F-CT-010). */
export function uploadParameters({ query }: S3Request): Readonly<Record<string, string>> {
  const [uploadId, partNumber] = [query.get('uploadId'), query.get('partNumber')];
  return {
    ...(partNumber === undefined ? {} : { partNumber }),
    ...(uploadId === undefined ? {} : { uploadId }),
  };
}

/** Forgets uploads that were completed long ago. */
export function forgetOldUploads({ s3 }: S3Request): void {
  const now = s3.clock.now();
  for (const { uploadId, completed } of s3.uploads.values()) {
    if (completed && completed.at + MEMORY_MS <= now) s3.uploads.delete(uploadId);
  }
}

/** @throws Refusal InvalidArgument */
export function partNumberOf({ query }: S3Request): number {
  const sent = query.get('partNumber') ?? '';
  const partNumber = /^\d{1,5}$/.test(sent) ? Number(sent) : 0;
  if (partNumber < 1 || partNumber > MAX_PART_NUMBER) throw MULTIPART_REFUSALS.partNumber(sent);
  return partNumber;
}

/**
 * Whether a request may come over this line, given how its upload is encrypted; before the gate, as with other writes.
 * @throws Refusal
 */
export function checkLine(asked: S3Request, action: string): void {
  const { connection, query, s3, request } = asked;
  if (connection.isSecure) return;
  if (findCustomerKeyHeaders(request)) refuseTransport(asked, action, REFUSALS.sseCOverHttp());
  const type = s3.uploads.find(query.get('uploadId') ?? '')?.encryption.type;
  if (type === 'SSE-KMS' || type === 'DSSE-KMS') refuseTransport(asked, action, REFUSALS.kmsOverHttp());
}

/**
 * The customer key of a request about a part: exactly SSE-C uploads have one (F-MPU-005, F-ERR-014). Other encryption
 * headers are not for parts (F-MPU-001, F-HDR-025).
 * @returns reads the key when it is needed, so that it is in memory no longer than that @throws Refusal
 */
export function partKeyOf({ request }: S3Request, upload: MultipartUpload): () => CustomerKey | undefined {
  const sse = findHeader(request, 'x-amz-server-side-encryption');
  if (sse !== undefined) throw REFUSALS.sseOnRead(sse);
  const headers = findCustomerKeyHeaders(request);
  const isSseC = upload.encryption.type === 'SSE-C';
  if (isSseC !== (headers !== undefined)) throw MULTIPART_REFUSALS.needsCustomerKey();
  // A key of another length is simply not the right one.
  return () => headers && parseCustomerKey(headers, false);
}

/**
 * The algorithm of the checksums that are kept: the upload's own. Without one, S3's default, except in KMS modes: there
 * checksums are encrypted (F-GEN-010) and completing would need KMS, which it does only when the client asked for one (F-KSM-053).
 */
export function keptAlgorithmOf({ checksumAlgorithm, encryption }: MultipartUpload): ChecksumAlgorithm | undefined {
  const isKms = encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS';
  return checksumAlgorithm ?? (isKms ? undefined : DEFAULT_CHECKSUM);
}
