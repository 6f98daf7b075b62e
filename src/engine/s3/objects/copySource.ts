import { findHeader } from '../../http/message.ts';
import { decodePercent } from '../../http/query.ts';
import type { S3Request } from '../context.ts';
import { type CustomerKey, findSourceKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { checkExpectedOwner } from '../expectedOwner.ts';
import { refuseTransport } from '../gate.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { StoredObject } from '../storedObject.ts';
import { admitVersion, findVersionId } from './findVersion.ts';
import { ARCHIVES } from './newObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

/** What `x-amz-copy-source` names. */
export interface CopySource {
  readonly bucketName: string;
  readonly objectName: string;
  readonly versionId?: string;
}

/** Reads `/bucket/name?versionId=…`, percent-encoded; the slash before the bucket may be missing. @throws Refusal */
export function parseCopySource(header: string): CopySource {
  const at = header.search(/\?versionId=/i);
  const path = (at < 0 ? header : header.slice(0, at)).replace(/^\//, '');
  const decoded = decodePercent(path);
  if (decoded === undefined) throw OBJECT_REFUSALS.copySourceEncoding(header);
  // Some clients encode the slash before the bucket too.
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded);
  const [, bucketName, objectName] = match ?? [];
  if (bucketName === undefined || objectName === undefined || bucketName.startsWith('arn:')) {
    throw OBJECT_REFUSALS.copySource(header);
  }
  if (at < 0) return { bucketName, objectName };
  const versionId = decodePercent(header.slice(at + '?versionId='.length)) ?? '';
  return { bucketName, objectName, versionId };
}

/** The source of a copy, as a request of its own for it, and what its headers say. */
export interface OpenedSource {
  /** About the source: its bucket, its name, its version. */
  readonly asked: S3Request;
  readonly stored: StoredObject;
  readonly isVersionNamed: boolean;
  /** For an SSE-C source; the caller overwrites it. */
  readonly customerKey?: CustomerKey;
}

/**
 * Everything that stands before reading the source of a copy: that it is there, that the caller may read it, and that the
 * copy-source headers fit it (F-CPY-004, F-CPY-005, F-ERR-013). @throws Refusal
 */
export function admitSource(asked: S3Request): OpenedSource {
  const { s3, request, connection, authType } = asked;
  const sent = findHeader(request, 'x-amz-copy-source') ?? '';
  const { bucketName, objectName, versionId } = parseCopySource(sent);
  const bucket = s3.buckets.find(bucketName);
  if (!bucket) throw REFUSALS.noSuchBucket(bucketName);
  checkExpectedOwner(findHeader(request, 'x-amz-source-expected-bucket-owner'), bucket);
  const source: S3Request = { ...asked, bucket, bucketName, objectName, query: versionQuery(versionId) };
  const stored = admitStored(source);
  const { type } = stored.encryption;
  if (type === 'SSE-KMS' || type === 'DSSE-KMS') {
    if (!connection.isSecure) refuseTransport(source, 's3:GetObject', REFUSALS.kmsOverHttp());
    if (authType === 'ANONYMOUS') throw REFUSALS.kmsUnsigned();
  }
  if (ARCHIVES.includes(stored.storageClass)) throw OBJECT_REFUSALS.archivedSource(stored.storageClass);
  const customerHeaders = findSourceKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(source, 's3:GetObject', REFUSALS.sseCOverHttp());
  if (type === 'SSE-C' && !customerHeaders) throw REFUSALS.sseCNeeded();
  const customerKey = customerHeaders ? parseCustomerKey(customerHeaders, false) : undefined;
  if (type !== 'SSE-C' && customerKey) {
    customerKey.bytes.fill(0);
    throw REFUSALS.sseCNotApplicable();
  }
  const isVersionNamed = findVersionId(source) !== undefined;
  return { asked: source, stored, isVersionNamed, ...(customerKey ? { customerKey } : {}) };
}

/** A delete marker can be no source, and says so in words of its own. */
function admitStored(source: S3Request): StoredObject {
  try {
    return admitVersion(source, 's3:GetObject', 's3:GetObjectVersion', ['F-CPY-005', 'F-KSM-057']).stored;
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.error.code === 'MethodNotAllowed') throw OBJECT_REFUSALS.copyOfMarker();
    throw thrown;
  }
}

function versionQuery(versionId: string | undefined): S3Request['query'] {
  const has = (name: string) => name === 'versionId' && versionId !== undefined;
  return {
    has,
    get: name => (has(name) ? versionId : undefined),
    names: () => (has('versionId') ? ['versionId'] : []),
  };
}
