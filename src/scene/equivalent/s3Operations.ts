import type { Shape } from './xml.ts';
import * as shapes from './xml.ts';

/** How a header or a part of the query is read. */
export type Kind = 'text' | 'integer' | 'boolean' | 'date' | 'list';

/** A member of a request by the name it has on the wire. */
export interface WireMember {
  readonly member: string;
  readonly kind: Kind;
}

export interface S3Operation {
  readonly name: string;
  readonly method: string;
  readonly level: 'service' | 'bucket' | 'object';
  /** These must be in the query. */
  readonly marker?: readonly string[];
  /** This header must be there. */
  readonly header?: string;
  /** Members it takes as headers, beside those every operation on a bucket takes. */
  readonly headers: string;
  /** Names it takes in the query. */
  readonly query?: string;
  readonly body?: 'file' | 'policy' | { readonly member: string; readonly root: string; readonly shape: Shape };
  /** The content of its answer goes into a file. */
  readonly hasContent?: true;
}

const SSE = 'ServerSideEncryption SSEKMSKeyId SSEKMSEncryptionContext BucketKeyEnabled';
const SSE_C = 'SSECustomerAlgorithm SSECustomerKey';
const SOURCE_SSE_C = 'CopySourceSSECustomerAlgorithm CopySourceSSECustomerKey';
const ACL = 'ACL GrantFullControl GrantRead GrantReadACP GrantWriteACP';
const ABOUT =
  'CacheControl ContentDisposition ContentEncoding ContentLanguage ContentType Expires StorageClass Tagging WebsiteRedirectLocation ObjectLockMode ObjectLockRetainUntilDate ObjectLockLegalHoldStatus Metadata';
const IF = 'IfMatch IfNoneMatch';
const IF_DATED = `${IF} IfModifiedSince IfUnmodifiedSince`;
const SOURCE =
  'CopySource CopySourceIfMatch CopySourceIfNoneMatch CopySourceIfModifiedSince CopySourceIfUnmodifiedSince ExpectedSourceBucketOwner';
const CHECKED = 'ChecksumAlgorithm';
const ANSWER =
  'versionId partNumber response-cache-control response-content-disposition response-content-encoding response-content-language response-content-type response-expires';
const LISTED = 'prefix delimiter encoding-type';

const row = (
  name: string,
  method: string,
  level: S3Operation['level'],
  marker: string,
  headers: string,
  more: Partial<S3Operation> = {},
): S3Operation => ({
  name,
  method,
  level,
  headers,
  ...(marker === '' ? {} : { marker: marker.split(' ') }),
  ...more,
});

/** What S3 can be asked, the more particular before the more general. Source: service model of Amazon S3. */
export const S3_OPERATIONS: readonly S3Operation[] = [
  row('UploadPartCopy', 'PUT', 'object', 'partNumber uploadId', `${SOURCE} CopySourceRange ${SSE_C} ${SOURCE_SSE_C}`, {
    header: 'x-amz-copy-source',
  }),
  row('UploadPart', 'PUT', 'object', 'partNumber uploadId', `${CHECKED} ${SSE_C}`, { body: 'file' }),
  row('UpdateObjectEncryption', 'PUT', 'object', 'encryption', CHECKED, {
    query: 'versionId',
    body: { member: 'ObjectEncryption', root: 'ObjectEncryption', shape: shapes.OBJECT_ENCRYPTION },
  }),
  row('PutObjectTagging', 'PUT', 'object', 'tagging', CHECKED, {
    query: 'versionId',
    body: { member: 'Tagging', root: 'Tagging', shape: shapes.TAGGING },
  }),
  row(
    'CopyObject',
    'PUT',
    'object',
    '',
    [SOURCE, SSE, SSE_C, SOURCE_SSE_C, ABOUT, ACL, IF, CHECKED, 'MetadataDirective TaggingDirective'].join(' '),
    {
      header: 'x-amz-copy-source',
    },
  ),
  row('PutObject', 'PUT', 'object', '', [SSE, SSE_C, ABOUT, ACL, IF, CHECKED, 'WriteOffsetBytes'].join(' '), {
    body: 'file',
  }),
  row('CreateMultipartUpload', 'POST', 'object', 'uploads', `${SSE} ${SSE_C} ${ABOUT} ${ACL} ${CHECKED} ChecksumType`),
  row(
    'CompleteMultipartUpload',
    'POST',
    'object',
    'uploadId',
    `${SSE_C} ${IF} MpuObjectSize ChecksumType ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1 ChecksumSHA256`,
    { body: { member: 'MultipartUpload', root: 'CompleteMultipartUpload', shape: shapes.MULTIPART_UPLOAD } },
  ),
  row('AbortMultipartUpload', 'DELETE', 'object', 'uploadId', 'IfMatchInitiatedTime'),
  row('DeleteObjectTagging', 'DELETE', 'object', 'tagging', '', { query: 'versionId' }),
  row('DeleteObject', 'DELETE', 'object', '', 'MFA BypassGovernanceRetention IfMatch', { query: 'versionId' }),
  row('ListParts', 'GET', 'object', 'uploadId', SSE_C, { query: 'max-parts part-number-marker' }),
  row('GetObjectAttributes', 'GET', 'object', 'attributes', `${SSE_C} ObjectAttributes MaxParts PartNumberMarker`, {
    query: 'versionId',
  }),
  row('GetObjectTagging', 'GET', 'object', 'tagging', '', { query: 'versionId' }),
  row('GetObjectAcl', 'GET', 'object', 'acl', '', { query: 'versionId' }),
  row('GetObject', 'GET', 'object', '', `${SSE_C} ${IF_DATED} Range ChecksumMode`, { query: ANSWER, hasContent: true }),
  row('HeadObject', 'HEAD', 'object', '', `${SSE_C} ${IF_DATED} Range ChecksumMode`, { query: ANSWER }),
  row('PutBucketEncryption', 'PUT', 'bucket', 'encryption', CHECKED, {
    body: {
      member: 'ServerSideEncryptionConfiguration',
      root: 'ServerSideEncryptionConfiguration',
      shape: shapes.BUCKET_ENCRYPTION,
    },
  }),
  row('PutBucketPolicy', 'PUT', 'bucket', 'policy', `${CHECKED} ConfirmRemoveSelfBucketAccess`, { body: 'policy' }),
  row('PutBucketVersioning', 'PUT', 'bucket', 'versioning', `${CHECKED} MFA`, {
    body: { member: 'VersioningConfiguration', root: 'VersioningConfiguration', shape: shapes.VERSIONING },
  }),
  row('PutPublicAccessBlock', 'PUT', 'bucket', 'publicAccessBlock', CHECKED, {
    body: {
      member: 'PublicAccessBlockConfiguration',
      root: 'PublicAccessBlockConfiguration',
      shape: shapes.PUBLIC_ACCESS_BLOCK,
    },
  }),
  row('PutBucketOwnershipControls', 'PUT', 'bucket', 'ownershipControls', CHECKED, {
    body: { member: 'OwnershipControls', root: 'OwnershipControls', shape: shapes.OWNERSHIP_CONTROLS },
  }),
  row('CreateBucket', 'PUT', 'bucket', '', `${ACL} GrantWrite ObjectLockEnabledForBucket ObjectOwnership`, {
    body: { member: 'CreateBucketConfiguration', root: 'CreateBucketConfiguration', shape: shapes.CREATE_BUCKET },
  }),
  row('DeleteObjects', 'POST', 'bucket', 'delete', `${CHECKED} MFA BypassGovernanceRetention`, {
    body: { member: 'Delete', root: 'Delete', shape: shapes.DELETE },
  }),
  row('DeleteBucketEncryption', 'DELETE', 'bucket', 'encryption', ''),
  row('DeleteBucketPolicy', 'DELETE', 'bucket', 'policy', ''),
  row('DeletePublicAccessBlock', 'DELETE', 'bucket', 'publicAccessBlock', ''),
  row('DeleteBucket', 'DELETE', 'bucket', '', ''),
  row('GetBucketEncryption', 'GET', 'bucket', 'encryption', ''),
  row('GetBucketPolicy', 'GET', 'bucket', 'policy', ''),
  row('GetBucketPolicyStatus', 'GET', 'bucket', 'policyStatus', ''),
  row('GetBucketVersioning', 'GET', 'bucket', 'versioning', ''),
  row('GetPublicAccessBlock', 'GET', 'bucket', 'publicAccessBlock', ''),
  row('GetBucketOwnershipControls', 'GET', 'bucket', 'ownershipControls', ''),
  row('GetBucketLocation', 'GET', 'bucket', 'location', ''),
  row('GetBucketAcl', 'GET', 'bucket', 'acl', ''),
  row('ListMultipartUploads', 'GET', 'bucket', 'uploads', '', {
    query: `${LISTED} key-marker max-uploads upload-id-marker`,
  }),
  row('ListObjectVersions', 'GET', 'bucket', 'versions', 'OptionalObjectAttributes', {
    query: `${LISTED} key-marker max-keys version-id-marker`,
  }),
  row('ListObjectsV2', 'GET', 'bucket', 'list-type', 'OptionalObjectAttributes', {
    query: `${LISTED} max-keys continuation-token fetch-owner start-after`,
  }),
  row('ListObjects', 'GET', 'bucket', '', 'OptionalObjectAttributes', { query: `${LISTED} marker max-keys` }),
  row('HeadBucket', 'HEAD', 'bucket', '', ''),
  row('ListBuckets', 'GET', 'service', '', '', { query: 'max-buckets continuation-token prefix bucket-region' }),
];
