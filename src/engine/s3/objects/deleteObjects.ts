import { findHeader } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkDocumentHash, findSentChecksum } from '../checkHash.ts';
import type { S3Request } from '../context.ts';
import { listOf, readDocument, textOf, xmlAnswer } from '../document.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { XmlTree } from '../xml.ts';
import { deleteOne, refuseBypass } from './deleteObject.ts';
import { checkName, checkVersionId } from './findVersion.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

const MAX_OBJECTS = 1000;

interface Wanted {
  readonly objectName: string;
  readonly versionId: string | undefined;
  readonly etag: string | undefined;
}

/** DeleteObjects: each object is deleted, or not, for itself. @throws Refusal */
export async function deleteObjects(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  refuseBypass(asked);
  const hasHash = findHeader(asked.request, 'content-md5') !== undefined || findSentChecksum(asked) !== undefined;
  if (!hasHash) throw OBJECT_REFUSALS.documentHash();
  await checkDocumentHash(asked, arrival.bodyBytes);
  const document = readDocument(arrival.bodyBytes, 'Delete');
  const objects = document ? listOf(document, 'Object') : [];
  if (!document || objects.length === 0 || objects.length > MAX_OBJECTS) throw REFUSALS.malformedXml();
  const wanted = objects.map((object): Wanted => {
    const objectName = textOf(object, 'Key');
    if (objectName === undefined || objectName === '') throw REFUSALS.malformedXml();
    return { objectName, versionId: textOf(object, 'VersionId'), etag: textOf(object, 'ETag') };
  });
  const isQuiet = textOf(document, 'Quiet')?.trim().toLowerCase() === 'true';

  const results = wanted.map(one => deleteWanted(asked, one));
  const content = {
    Deleted: isQuiet ? [] : results.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
    Error: results.flatMap(({ error }) => (error ? [error] : [])),
  };
  return { response: xmlAnswer('DeleteResult', content) };
}

function deleteWanted(asked: S3Request, wanted: Wanted): { deleted?: XmlTree; error?: XmlTree } {
  const { objectName, versionId: sent, etag } = wanted;
  const named = { Key: objectName, VersionId: sent };
  try {
    checkName(objectName);
    const hasVersions = asked.bucket.versioning !== undefined;
    const versionId = sent === undefined ? undefined : checkListedVersion(sent, hasVersions);
    const { marker, wasMarker } = deleteOne({ ...asked, objectName }, versionId, etag);
    const markerId = marker ?? (wasMarker ? versionId : undefined);
    return {
      deleted: {
        ...named,
        ...(markerId === undefined ? {} : { DeleteMarker: true, DeleteMarkerVersionId: markerId }),
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { error: { ...named, Code: thrown.error.code, Message: thrown.error.message } };
  }
}

/** In a list a version that cannot be is one that is not there. @throws Refusal */
function checkListedVersion(versionId: string, hasVersions: boolean): string {
  try {
    return checkVersionId(versionId, hasVersions);
  } catch {
    throw new Refusal({ status: 404, code: 'NoSuchVersion', message: 'The specified version does not exist.' }, []);
  }
}
