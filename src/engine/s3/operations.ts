import type { HttpRequest } from '../http/message.ts';
import { findHeader } from '../http/message.ts';
import type { Query } from '../http/query.ts';
import { BUCKET_OPERATIONS } from './buckets/operations.ts';
import { MULTIPART_OPERATIONS } from './multipart/operations.ts';
import { OBJECT_OPERATIONS } from './objects/operations.ts';
import type { AnyS3Operation } from './operation.ts';

/** Everything this S3 can do. */
export const OPERATIONS: readonly AnyS3Operation[] = [
  ...BUCKET_OPERATIONS,
  ...OBJECT_OPERATIONS,
  ...MULTIPART_OPERATIONS,
];

/** Query names that mean an operation of their own: a request that has one is never an operation without it. */
const SUBRESOURCES: readonly string[] = [
  ...new Set([
    ...OPERATIONS.flatMap(operation => operation.query ?? []),
    ...['accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering'],
    ...['inventory', 'legal-hold', 'lifecycle', 'list-type', 'location', 'logging', 'metadataConfiguration'],
    ...['metadataTable', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'partNumber', 'policy'],
    ...['policyStatus', 'publicAccessBlock', 'renameObject', 'replication', 'requestPayment', 'restore', 'retention'],
    ...['select', 'tagging', 'torrent', 'uploadId', 'uploads', 'versioning', 'versions', 'website', 'abac', 'session'],
  ]),
];
/** Names that mean an operation in some requests and are a mere parameter in others. */
const PARAMETERS: readonly string[] = ['partNumber', 'uploadId'];

/** The operation a request is for: the one that fits and asks for most. */
export function findOperation(
  request: HttpRequest,
  query: Query,
  on: AnyS3Operation['on'],
): AnyS3Operation | undefined {
  const named = SUBRESOURCES.filter(name => query.has(name));
  const fitting = OPERATIONS.filter(
    operation =>
      operation.method === request.method &&
      operation.on === on &&
      (operation.query ?? []).every(name => query.has(name)) &&
      (operation.header === undefined || findHeader(request, operation.header) !== undefined) &&
      named.every(name => operation.query?.includes(name) || (PARAMETERS.includes(name) && isReading(request))),
  );
  return fitting.sort((a, b) => weight(b) - weight(a))[0];
}

/** `partNumber` of a GET or HEAD names a part of an object that is whole. */
function isReading(request: HttpRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function weight(operation: AnyS3Operation): number {
  return (operation.query?.length ?? 0) * 2 + (operation.header === undefined ? 0 : 1);
}
