import type { Kind, WireMember } from './s3Operations.ts';

const of = (kind: Kind, names: Readonly<Record<string, string>>): [string, WireMember][] =>
  Object.entries(names).map(([wire, member]) => [wire, { member, kind }]);

/** Headers of S3 by their names in lower case (F-HDR-001…010). Customer keys and checksums are read apart from these. */
export const HEADER_MEMBERS: ReadonlyMap<string, WireMember> = new Map([
  ...of('text', {
    'cache-control': 'CacheControl',
    'content-disposition': 'ContentDisposition',
    'content-encoding': 'ContentEncoding',
    'content-language': 'ContentLanguage',
    'content-type': 'ContentType',
    'if-match': 'IfMatch',
    'if-none-match': 'IfNoneMatch',
    range: 'Range',
    'x-amz-acl': 'ACL',
    'x-amz-checksum-mode': 'ChecksumMode',
    'x-amz-checksum-type': 'ChecksumType',
    'x-amz-copy-source': 'CopySource',
    'x-amz-copy-source-if-match': 'CopySourceIfMatch',
    'x-amz-copy-source-if-none-match': 'CopySourceIfNoneMatch',
    'x-amz-copy-source-range': 'CopySourceRange',
    'x-amz-copy-source-server-side-encryption-customer-algorithm': 'CopySourceSSECustomerAlgorithm',
    'x-amz-copy-source-server-side-encryption-customer-key': 'CopySourceSSECustomerKey',
    'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
    'x-amz-grant-full-control': 'GrantFullControl',
    'x-amz-grant-read': 'GrantRead',
    'x-amz-grant-read-acp': 'GrantReadACP',
    'x-amz-grant-write': 'GrantWrite',
    'x-amz-grant-write-acp': 'GrantWriteACP',
    'x-amz-metadata-directive': 'MetadataDirective',
    'x-amz-mfa': 'MFA',
    'x-amz-object-lock-legal-hold': 'ObjectLockLegalHoldStatus',
    'x-amz-object-lock-mode': 'ObjectLockMode',
    'x-amz-object-ownership': 'ObjectOwnership',
    'x-amz-request-payer': 'RequestPayer',
    'x-amz-server-side-encryption': 'ServerSideEncryption',
    'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
    'x-amz-server-side-encryption-context': 'SSEKMSEncryptionContext',
    'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
    'x-amz-server-side-encryption-customer-key': 'SSECustomerKey',
    'x-amz-source-expected-bucket-owner': 'ExpectedSourceBucketOwner',
    'x-amz-storage-class': 'StorageClass',
    'x-amz-tagging': 'Tagging',
    'x-amz-tagging-directive': 'TaggingDirective',
    'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
  }),
  ...of('boolean', {
    'x-amz-bucket-object-lock-enabled': 'ObjectLockEnabledForBucket',
    'x-amz-bypass-governance-retention': 'BypassGovernanceRetention',
    'x-amz-confirm-remove-self-bucket-access': 'ConfirmRemoveSelfBucketAccess',
    'x-amz-server-side-encryption-bucket-key-enabled': 'BucketKeyEnabled',
  }),
  ...of('integer', {
    'x-amz-max-parts': 'MaxParts',
    'x-amz-mp-object-size': 'MpuObjectSize',
    'x-amz-part-number-marker': 'PartNumberMarker',
    'x-amz-write-offset-bytes': 'WriteOffsetBytes',
  }),
  ...of('date', {
    expires: 'Expires',
    'if-modified-since': 'IfModifiedSince',
    'if-unmodified-since': 'IfUnmodifiedSince',
    'x-amz-copy-source-if-modified-since': 'CopySourceIfModifiedSince',
    'x-amz-copy-source-if-unmodified-since': 'CopySourceIfUnmodifiedSince',
    'x-amz-if-match-initiated-time': 'IfMatchInitiatedTime',
    'x-amz-object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
  }),
  ...of('list', {
    'x-amz-object-attributes': 'ObjectAttributes',
    'x-amz-optional-object-attributes': 'OptionalObjectAttributes',
  }),
]);

/** Parts of the query of S3. */
export const QUERY_MEMBERS: ReadonlyMap<string, WireMember> = new Map([
  ...of('text', {
    'bucket-region': 'BucketRegion',
    'continuation-token': 'ContinuationToken',
    delimiter: 'Delimiter',
    'encoding-type': 'EncodingType',
    'key-marker': 'KeyMarker',
    marker: 'Marker',
    prefix: 'Prefix',
    'response-cache-control': 'ResponseCacheControl',
    'response-content-disposition': 'ResponseContentDisposition',
    'response-content-encoding': 'ResponseContentEncoding',
    'response-content-language': 'ResponseContentLanguage',
    'response-content-type': 'ResponseContentType',
    'start-after': 'StartAfter',
    uploadId: 'UploadId',
    'upload-id-marker': 'UploadIdMarker',
    versionId: 'VersionId',
    'version-id-marker': 'VersionIdMarker',
  }),
  ...of('integer', {
    'max-buckets': 'MaxBuckets',
    'max-keys': 'MaxKeys',
    'max-parts': 'MaxParts',
    'max-uploads': 'MaxUploads',
    partNumber: 'PartNumber',
    'part-number-marker': 'PartNumberMarker',
  }),
  ...of('boolean', { 'fetch-owner': 'FetchOwner' }),
  ...of('date', { 'response-expires': 'ResponseExpires' }),
]);

/** What every request on a bucket or an object takes. */
export const COMMON_MEMBERS: readonly string[] = ['ExpectedBucketOwner', 'RequestPayer'];

/** Operations of which the service model leaves the payer of the request out. */
export const WITHOUT_PAYER =
  /^(?:CreateBucket|DeleteBucket|HeadBucket|GetBucket|PutBucket|PutPublic|GetPublic|DeletePublic|DeleteObjectTagging|ListBuckets)/;

/** Checksum headers of which a client computes the value itself, by the client's name of the algorithm. */
export const CHECKSUMS: ReadonlyMap<string, string> = new Map([
  ['x-amz-checksum-crc32', 'CRC32'],
  ['x-amz-checksum-crc32c', 'CRC32C'],
  ['x-amz-checksum-crc64nvme', 'CRC64NVME'],
  ['x-amz-checksum-sha1', 'SHA1'],
  ['x-amz-checksum-sha256', 'SHA256'],
]);

/** What every client adds by itself: never part of a command. */
export const UNSPOKEN =
  /^(?:host|content-length|content-md5|authorization|user-agent|accept|accept-encoding|connection|expect|transfer-encoding|x-amz-date|date|x-amz-content-sha256|x-amz-security-token|x-amz-user-agent|x-amz-decoded-content-length|x-amz-te|amz-sdk-.*|x-amz-(?:copy-source-)?server-side-encryption-customer-key-md5)$/;
