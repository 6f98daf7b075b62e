import { textOf, utf8 } from '../bytes/bytes.ts';

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

/** Bucket and object of a path-style address, or `undefined` when the path is malformed. */
export function parseObjectPath(path: string): { bucketName: string; objectName: string | undefined } | undefined {
  const match = /^\/([^/]+)(?:\/(.*))?$/s.exec(path);
  if (!match?.[1]) return undefined;
  try {
    const objectName = match[2] === undefined || match[2] === '' ? undefined : decodeURIComponent(match[2]);
    return { bucketName: decodeURIComponent(match[1]), objectName };
  } catch {
    return undefined;
  }
}
