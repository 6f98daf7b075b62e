import { textOf, utf8 } from '../bytes/bytes.ts';
import { findHeader, type HttpRequest } from './message.ts';
import { decodePercent } from './query.ts';

/**
 * Percent-encoding of one path segment or query part as SigV4 wants it: everything but unreserved characters (RFC 3986, 2.3).
 * Half of a surrogate pair has no UTF-8: it becomes U+FFFD.
 */
export function encodeSegment(text: string): string {
  return encodeURIComponent(textOf(utf8(text))).replace(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Path-style address of a bucket or an object; slashes of the object's name stay slashes. */
export function formatObjectPath(bucketName: string, objectName?: string): string {
  const bucketPath = `/${encodeSegment(bucketName)}`;
  return objectName === undefined ? bucketPath : `${bucketPath}/${objectName.split('/').map(encodeSegment).join('/')}`;
}

/** Bucket and object of a path-style address, or `undefined` when the path is malformed. A raw `+` is a space, as in S3. */
export function parseObjectPath(path: string): { bucketName: string; objectName: string | undefined } | undefined {
  const match = /^\/([^/]+)(?:\/(.*))?$/s.exec(path);
  if (!match?.[1]) return undefined;
  const bucketName = decodePercent(match[1]);
  const objectName = decodePercent(match[2] ?? '');
  if (bucketName === undefined || objectName === undefined) return undefined;
  return { bucketName, objectName: objectName === '' ? undefined : objectName };
}

/** What a request is about: the service itself, a bucket, or an object in it. */
export interface Address {
  /** `undefined`: the service itself, as for ListBuckets. */
  readonly bucketName: string | undefined;
  /** `undefined`: the bucket itself. Slashes count, the first and the last too. */
  readonly objectName: string | undefined;
  readonly style: 'path' | 'virtual-host';
}

/** `bucket.` before one of Amazon's own S3 endpoints: regional, global, dual-stack, or with the old dash. */
const AMAZON_HOST = /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z0-9]+){2,4})?\.amazonaws\.com$/;

/**
 * Finds bucket and object in path and `Host`, or `undefined` when they are malformed.
 *
 * @param hosts suffixes under which buckets have names of their own, for example `localhost`, besides Amazon's endpoints. Every
 * other host, an IP address too, is path-style.
 */
export function parseAddress(request: HttpRequest, hosts: readonly string[]): Address | undefined {
  if (!request.path.startsWith('/')) return undefined;
  const bucketName = findBucketInHost(findHeader(request, 'host') ?? '', hosts);
  if (bucketName !== undefined) {
    const objectName = decodePercent(request.path.slice(1));
    if (objectName === undefined) return undefined;
    return { bucketName, objectName: objectName === '' ? undefined : objectName, style: 'virtual-host' };
  }
  if (request.path === '/') return { bucketName: undefined, objectName: undefined, style: 'path' };
  const parsed = parseObjectPath(request.path);
  return parsed && { ...parsed, style: 'path' };
}

function findBucketInHost(header: string, hosts: readonly string[]): string | undefined {
  if (header.length > 255 || header.startsWith('[')) return undefined;
  const host = header.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
  if (/^[\d.]+$/.test(host)) return undefined;
  const ofAmazon = AMAZON_HOST.exec(host);
  if (ofAmazon) return ofAmazon[1];
  // The longest suffix wins, so that of `s3.localhost` and `localhost` the endpoint itself is not taken for a bucket.
  const suffixes = hosts.map(suffix => suffix.toLowerCase()).sort((left, right) => right.length - left.length);
  for (const suffix of suffixes) {
    if (host === suffix) return undefined;
    if (host.endsWith(`.${suffix}`)) return host.slice(0, -suffix.length - 1) || undefined;
  }
  return undefined;
}
