import type { Bytes } from '../../bytes/bytes.ts';
import { httpDate } from '../../clock.ts';
import type { Header } from '../../http/message.ts';
import type { S3Request } from '../context.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { isAuthorized } from '../gate.ts';
import type { StoredObject } from '../storedObject.ts';
import type { Reading } from './admitRead.ts';
import { formatContentRange } from './byteRange.ts';
import { versionHeaders } from './findVersion.ts';
import { toldChecksumHeaders } from './toldChecksum.ts';
import { formatUserMetadata } from './userMetadata.ts';

/** Parameters of a GET that replace headers of its answer. */
export const OVERRIDES: Readonly<Record<string, string>> = {
  'response-cache-control': 'Cache-Control',
  'response-content-disposition': 'Content-Disposition',
  'response-content-encoding': 'Content-Encoding',
  'response-content-language': 'Content-Language',
  'response-content-type': 'Content-Type',
  'response-expires': 'Expires',
};

/** What a GET and a HEAD tell about an object: the same (F-HED-001). @param checksum opened, when it is to be told */
export function objectHeaders(asked: S3Request, reading: Reading, checksum?: Bytes): Header[] {
  const { query } = asked;
  const { stored, range, partNumber } = reading;
  const overridden = new Map<string, string>();
  for (const [parameter, name] of Object.entries(OVERRIDES)) {
    const value = query.get(parameter);
    if (value !== undefined) overridden.set(name, value);
  }
  const system: Header[] = [['Content-Type', stored.contentType], ...stored.headers];
  return [
    ['Last-Modified', httpDate(stored.lastModified)],
    ['ETag', `"${stored.etag}"`],
    ...tagCount(asked, stored),
    ...storageClass(stored),
    ...toldChecksumHeaders(reading.checksum, checksum),
    ...encryptionHeaders(stored.encryption),
    ...versionHeaders(asked, stored),
    ['Accept-Ranges', 'bytes'],
    ...system.filter(([name]) => !overridden.has(name)),
    ...overridden,
    ...(range ? ([['Content-Range', formatContentRange(range, stored.contentLength)]] as const) : []),
    ...(partNumber !== undefined && stored.isMultipart
      ? ([['x-amz-mp-parts-count', String(stored.parts.length)]] as const)
      : []),
    ...formatUserMetadata(stored.metadata),
  ];
}

/** What goes with a 304. */
export function notModifiedHeaders(asked: S3Request, stored: StoredObject): Header[] {
  return [
    ['Last-Modified', httpDate(stored.lastModified)],
    ['ETag', `"${stored.etag}"`],
    ...encryptionHeaders(stored.encryption),
    ...versionHeaders(asked, stored),
    ...stored.headers.filter(([name]) => name === 'Cache-Control' || name === 'Expires'),
  ];
}

/** Told only to those who may read the tags. */
function tagCount(asked: S3Request, { tags }: StoredObject): Header[] {
  const count = Object.keys(tags).length;
  if (count === 0 || !isAuthorized(asked, 's3:GetObjectTagging')) return [];
  return [['x-amz-tagging-count', String(count)]];
}

function storageClass({ storageClass: name }: StoredObject): Header[] {
  return name === 'STANDARD' ? [] : [['x-amz-storage-class', name]];
}
