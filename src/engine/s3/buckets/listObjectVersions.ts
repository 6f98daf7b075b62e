import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import type { StoredVersion } from '../storedObject.ts';
import type { XmlTree } from '../xml.ts';
import { describeObject, ownerElements } from './listedObject.ts';
import { readListParameters } from './listParameters.ts';
import { textParameter } from './parameters.ts';
import { BUCKET_REFUSALS } from './refusals.ts';
import { type Listed, rollUp, takePage } from './rollUp.ts';
import { xmlTime } from './xmlTime.ts';

type Entry = { readonly version: StoredVersion; readonly isLatest: boolean } | { readonly commonPrefix: string };

/** ListObjectVersions: every version and delete marker, newest first under each name. @throws Refusal */
export async function listObjectVersions(asked: S3Request): Promise<S3Answer> {
  const { s3, bucket, query } = asked;
  authorize(asked, 's3:ListBucketVersions');
  const { prefix, delimiter, maxKeys, encodingType, encode } = readListParameters(query);
  const marker = readMarker(asked);
  const listed = rollUp(s3.objects.names(bucket.name), {
    prefix,
    delimiter,
    after: marker.name,
    isAfterIncluded: marker.versionId !== '',
  });
  const { page, isCut } = takePage(entriesOf(asked, listed, marker), maxKeys);
  const owner = ownerElements(s3);
  const elements: XmlTree[] = [];
  const CommonPrefixes: XmlTree[] = [];
  for (const entry of page) {
    if ('commonPrefix' in entry) CommonPrefixes.push({ Prefix: encode(entry.commonPrefix) });
    else elements.push(elementOf(entry.version, entry.isLatest));
  }
  const last = isCut ? page.at(-1) : undefined;
  const next = last && ('version' in last ? last.version : { objectName: last.commonPrefix, versionId: undefined });
  return {
    response: xmlAnswer('ListVersionsResult', {
      Name: bucket.name,
      Prefix: encode(prefix),
      KeyMarker: encode(marker.name),
      VersionIdMarker: marker.versionId,
      NextKeyMarker: next && encode(next.objectName),
      NextVersionIdMarker: next?.versionId,
      MaxKeys: maxKeys,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: encodingType,
      IsTruncated: isCut,
      '#elements': elements,
      CommonPrefixes,
    }),
  };

  function elementOf(version: StoredVersion, isLatest: boolean): XmlTree {
    const Owner = owner(version.ownerAccountId);
    const named = { Key: encode(version.objectName), VersionId: version.versionId, IsLatest: isLatest };
    if (version.kind === 'delete-marker') {
      return { DeleteMarker: { ...named, LastModified: xmlTime(version.lastModified), Owner } };
    }
    const { StorageClass, ...described } = describeObject(version);
    return { Version: { ...named, ...described, Owner, StorageClass } };
  }
}

interface Marker {
  readonly name: string;
  /** Empty: go on behind the name; else behind that version of it. */
  readonly versionId: string;
}

function readMarker({ query }: S3Request): Marker {
  const name = textParameter(query, 'key-marker') ?? '';
  const versionId = textParameter(query, 'version-id-marker');
  if (versionId === undefined) return { name, versionId: '' };
  if (name === '' && versionId !== '') throw BUCKET_REFUSALS.versionMarkerAlone(versionId);
  if (name !== '' && versionId === '') throw BUCKET_REFUSALS.versionMarkerEmpty();
  if (versionId !== '' && !/^(?:null|[\w.]{32})$/.test(versionId)) throw BUCKET_REFUSALS.versionMarker(versionId);
  return { name, versionId };
}

function* entriesOf({ s3, bucket }: S3Request, listed: Iterable<Listed>, marker: Marker): Generator<Entry> {
  for (const one of listed) {
    if ('commonPrefix' in one) {
      yield one;
      continue;
    }
    const versions = s3.objects.versions(bucket.name, one.name);
    const isMarked = marker.versionId !== '' && one.name === marker.name;
    // A marker that is gone was deleted since, with what stood before it: the rest is still to come.
    const start = isMarked ? versions.findIndex(version => version.versionId === marker.versionId) + 1 : 0;
    for (let at = start; at < versions.length; at++) {
      const version = versions[at];
      if (version) yield { version, isLatest: at === 0 };
    }
  }
}
