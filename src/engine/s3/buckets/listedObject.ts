import type { S3Parts } from '../context.ts';
import type { StoredObject } from '../storedObject.ts';
import type { XmlTree } from '../xml.ts';
import { xmlTime } from './xmlTime.ts';

/** What lists tell about an object, in S3's order. */
export function describeObject({ lastModified, etag, checksum, contentLength, storageClass }: StoredObject): XmlTree {
  return {
    LastModified: xmlTime(lastModified),
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum?.algorithm,
    ChecksumType: checksum?.type,
    Size: contentLength,
    StorageClass: storageClass,
  };
}

/** The owner's element by account; each account is looked for once. */
export function ownerElements(s3: S3Parts): (accountId: string) => XmlTree {
  const known = new Map<string, XmlTree>();
  return accountId => {
    const owner = known.get(accountId) ?? { ID: s3.ownerOf(accountId).canonicalId };
    known.set(accountId, owner);
    return owner;
  };
}
