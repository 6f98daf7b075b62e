import { isoSeconds } from '../clock.ts';
import { parseAmzDate } from '../http/date.ts';
import { findHeader } from '../http/message.ts';
import type { ServiceRequest } from './context.ts';
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
const KMS_KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a request tells to the conditions of policies (F-POL-001, F-POL-002). */
export function conditionValuesOf(asked: ServiceRequest): Record<string, string | readonly string[]> {
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
  const kmsKeyId = findHeader(request, KMS_KEY_ID);
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
