import { isoSeconds } from '../clock.ts';
import { parseAmzDate } from '../http/date.ts';
import { findHeader } from '../http/message.ts';
import type { Bucket } from './bucket.ts';
import type { ServiceRequest } from './context.ts';
import { findCustomerKeyHeaders } from './customerKey.ts';
import type { MultipartUpload } from './multipart/upload.ts';
import { findRequestTags } from './objects/tags.ts';

/** Headers that are condition keys of the same name, after `s3:`. */
const HEADERS = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-storage-class',
  'x-amz-content-sha256',
  'if-match',
  'if-none-match',
] as const;
/** Query names that are condition keys, and how those are called. */
const QUERY = {
  prefix: 's3:prefix',
  delimiter: 's3:delimiter',
  'max-keys': 's3:max-keys',
  versionId: 's3:VersionId',
} as const;
const SSE = 'x-amz-server-side-encryption';
const KMS_KEY_ID = `${SSE}-aws-kms-key-id`;
/** Operations that choose how a new object is encrypted. */
const CHOOSING = ['PutObject', 'CopyObject', 'PostObject', 'CreateMultipartUpload'];
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Asked = ServiceRequest & { readonly bucket?: Bucket };

/** What a request tells to the conditions of policies (F-POL-001, F-POL-002). */
export function conditionValuesOf(asked: Asked): Record<string, string | readonly string[]> {
  const { request, query, connection, s3, principal, authType } = asked;
  const now = s3.clock.now();
  const values: Record<string, string | readonly string[]> = {
    'aws:SecureTransport': String(connection.isSecure),
    'aws:SourceIp': connection.sourceIp,
    'aws:CurrentTime': isoSeconds(now),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:RequestedRegion': s3.region,
    's3:authType': authType,
  };
  if (connection.isSecure) values['s3:TlsVersion'] = '1.3';
  if (authType !== 'ANONYMOUS') values['s3:signatureversion'] = 'AWS4-HMAC-SHA256';
  const signedAt = parseAmzDate(query.get('X-Amz-Date') ?? findHeader(request, 'x-amz-date') ?? '');
  // In milliseconds: how old a presigned request may be is often limited by it.
  if (authType !== 'ANONYMOUS' && signedAt !== undefined)
    values['s3:signatureAge'] = String(Math.max(0, now - signedAt));
  const userAgent = findHeader(request, 'user-agent');
  if (userAgent !== undefined) values['aws:UserAgent'] = userAgent;
  const referer = findHeader(request, 'referer');
  if (referer !== undefined) values['aws:Referer'] = referer;
  for (const name of HEADERS) {
    const value = findHeader(request, name);
    if (value !== undefined) values[`s3:${name}`] = value;
  }
  const upload = findOwnUpload(asked);
  if (upload) Object.assign(values, valuesOfUpload(upload));
  const kmsKeyId = upload ? undefined : kmsKeyInUse(asked);
  // Policies compare full ARNs (F-POL-013): a bare id is expanded as S3 expands it (F-ERR-043).
  if (kmsKeyId !== undefined) {
    values[`s3:${KMS_KEY_ID}`] = UUID.test(kmsKeyId)
      ? `arn:aws:kms:${s3.region}:${principal.accountId}:key/${kmsKeyId}`
      : kmsKeyId;
  }
  const tags = findRequestTags(request);
  for (const [name, value] of Object.entries(tags)) values[`s3:RequestObjectTag/${name}`] = value;
  if (Object.keys(tags).length > 0) values['s3:RequestObjectTagKeys'] = Object.keys(tags);
  for (const [name, conditionKey] of Object.entries(QUERY)) {
    const value = query.get(name);
    if (value !== undefined) values[conditionKey] = value;
  }
  return values;
}

/** The KMS key that S3 will use: as the request names it, else as the bucket's default does, else `aws/s3` (F-POL-023). */
function kmsKeyInUse({ request, operation, bucket, s3, principal }: Asked): string | undefined {
  const named = findHeader(request, KMS_KEY_ID);
  if (named !== undefined || !CHOOSING.includes(operation.name) || findCustomerKeyHeaders(request)) return named;
  const mode = findHeader(request, SSE);
  const isKms = (mode ?? bucket?.encryption?.algorithm)?.startsWith('aws:kms') ?? false;
  if (!isKms) return undefined;
  const fallback = mode === undefined ? bucket?.encryption?.kmsKeyId : undefined;
  // Which key the alias stands for is known to KMS only.
  return fallback ?? `arn:aws:kms:${s3.region}:${principal.accountId}:alias/aws/s3`;
}

/** The upload that a request about parts is for. */
function findOwnUpload({ s3, query, bucketName, objectName }: Asked): MultipartUpload | undefined {
  const upload = s3.uploads.find(query.get('uploadId') ?? '');
  return upload?.bucketName === bucketName && upload.objectName === objectName ? upload : undefined;
}

/**
 * Parts repeat no header of the modes that were asked for when the upload was created (F-MPU-001), so policies that want
 * one find what was said then. The algorithm of SSE-C comes with every request (F-POL-025).
 */
function valuesOfUpload({ encryption, isDefaultEncryption }: MultipartUpload): Record<string, string> {
  const mode = { 'SSE-S3': 'AES256', 'SSE-KMS': 'aws:kms', 'DSSE-KMS': 'aws:kms:dsse', 'SSE-C': '', 'NOT-SSE': '' };
  const named = mode[encryption.type];
  return {
    ...(isDefaultEncryption || named === '' ? {} : { [`s3:${SSE}`]: named }),
    ...('kmsKeyArn' in encryption ? { [`s3:${KMS_KEY_ID}`]: encryption.kmsKeyArn } : {}),
  };
}
