import { toBase64 } from '../../bytes/text.ts';
import { httpDate } from '../../clock.ts';
import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import { findHeader, findHeaders, type Header } from '../../http/message.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { type CustomerKeyHeaders, findCustomerKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { loadPieces } from '../disk.ts';
import { xmlAnswer } from '../document.ts';
import { authorize, refuseTransport } from '../gate.ts';
import { admitVersion, versionHeaders } from '../objects/findVersion.ts';
import { withCustomerKey } from '../objects/writeObject.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { openObjectKeys } from '../sse/objectKeys.ts';
import { keyPiecesOf } from '../sse/readObject.ts';
import { hasPartChecksums, type StoredObject, type StoredPart } from '../storedObject.ts';
import { countOf, pageSizeOf } from './limits.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
type Attribute = (typeof ATTRIBUTES)[number];

const ACTION = 's3:GetObjectAttributes';

/** GetObjectAttributes: what is known of an object, without it (F-HDR-028, F-SSC-027). @throws Refusal */
export async function getObjectAttributes(asked: S3Request): Promise<S3Answer> {
  const { s3, request, connection, query } = asked;
  const wanted = attributesOf(asked);
  const maxParts = pageSizeOf('x-amz-max-parts', findHeader(request, 'x-amz-max-parts'));
  const marker = countOf('x-amz-part-number-marker', findHeader(request, 'x-amz-part-number-marker')) ?? 0;
  const customerHeaders = findCustomerKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(asked, ACTION, REFUSALS.sseCOverHttp());
  const sse = findHeader(request, 'x-amz-server-side-encryption');
  if (sse !== undefined) throw REFUSALS.sseOnRead(sse);
  authorize(asked, query.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject', { facts: ['F-HDR-028'] });
  const { stored } = admitVersion(asked, ACTION, 's3:GetObjectVersionAttributes', ['F-HDR-028']);
  const { type } = stored.encryption;
  if (type === 'SSE-C' && !customerHeaders) throw REFUSALS.sseCNeeded();
  if (type !== 'SSE-C' && customerHeaders) throw REFUSALS.sseCNotApplicable();

  const left = stored.parts.filter(part => part.number > marker);
  const page = left.slice(0, maxParts);
  const checksumIds: ArtifactId[] = [
    ...(wanted.has('Checksum') && stored.checksum ? [stored.checksum.artifact] : []),
    ...(wanted.has('ObjectParts') && hasPartChecksums(stored) ? page.flatMap(({ checksum }) => checksum ?? []) : []),
  ];
  const isKms = type === 'SSE-KMS' || type === 'DSSE-KMS';
  if (isKms && checksumIds.length > 0 && !connection.isSecure) refuseTransport(asked, ACTION, REFUSALS.kmsOverHttp());
  const texts = await readChecksums(asked, stored, checksumIds, customerHeaders);
  forget(s3, workingMemory(s3));

  const headers: Header[] = [['Last-Modified', httpDate(stored.lastModified)], ...versionHeaders(asked, stored)];
  const content = {
    ...(wanted.has('ETag') ? { ETag: stored.etag } : {}),
    ...(wanted.has('Checksum') && stored.checksum
      ? {
          Checksum: {
            [CHECKSUM_ALGORITHMS[stored.checksum.algorithm].element]: texts.get(stored.checksum.artifact),
            ChecksumType: stored.checksum.type,
          },
        }
      : {}),
    ...(wanted.has('ObjectParts') && stored.isMultipart
      ? {
          ObjectParts: {
            PartsCount: stored.parts.length,
            ...(hasPartChecksums(stored)
              ? {
                  PartNumberMarker: marker,
                  NextPartNumberMarker: page.at(-1)?.number ?? 0,
                  MaxParts: maxParts,
                  IsTruncated: page.length < left.length,
                  Part: page.map(part => describePart(stored, part, texts)),
                }
              : {}),
          },
        }
      : {}),
    ...(wanted.has('StorageClass') ? { StorageClass: stored.storageClass } : {}),
    ...(wanted.has('ObjectSize') ? { ObjectSize: stored.contentLength } : {}),
  };
  return { response: xmlAnswer('GetObjectAttributesResponse', content, 200, headers) };
}

/** What is asked for: names in one header or several. @throws Refusal InvalidArgument */
function attributesOf({ request }: S3Request): ReadonlySet<Attribute> {
  const sent = findHeaders(request, 'x-amz-object-attributes').join(',');
  const names = sent
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const known = names.flatMap(name => ATTRIBUTES.find(attribute => attribute === name) ?? []);
  if (names.length === 0 || known.length < names.length) throw MULTIPART_REFUSALS.attributeName(sent);
  return new Set(known);
}

/** The size of a part, and its checksum where there is one; none of the whole's (`-n`). */
function describePart({ checksum }: StoredObject, part: StoredPart, texts: ReadonlyMap<ArtifactId, string>) {
  const own = part.checksum === undefined ? undefined : texts.get(part.checksum);
  return {
    PartNumber: part.number,
    Size: part.contentLength,
    ...(checksum && own !== undefined ? { [CHECKSUM_ALGORITHMS[checksum.algorithm].element]: own } : {}),
  };
}

/** Base64 of stored checksums; under KMS they are encrypted (F-KSM-056). A customer key is checked in any case. @throws Refusal */
async function readChecksums(
  asked: S3Request,
  stored: StoredObject,
  ids: readonly ArtifactId[],
  customerHeaders: CustomerKeyHeaders | undefined,
): Promise<ReadonlyMap<ArtifactId, string>> {
  const { s3 } = asked;
  const { encryption } = stored;
  const isKms = encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS';
  const texts = new Map<ArtifactId, string>();
  if (ids.length === 0 && encryption.type !== 'SSE-C') return texts;
  const needsKeys = isKms || encryption.type === 'SSE-C';
  const pieces = [...(needsKeys ? keyPiecesOf(stored) : []), ...ids];
  loadPieces(asked, [...new Set(pieces)], isKms ? ['F-KSM-056', 'F-GEN-010'] : ['F-HDR-028']);
  const customerKey = customerHeaders && parseCustomerKey(customerHeaders, false);
  await withCustomerKey(customerKey, async () => {
    const keys = needsKeys ? await openObjectKeys(asked, encryption, customerKey) : undefined;
    for (const id of ids) {
      const artifact = s3.recorder.get(id);
      const opened = keys ? await keys.openChecksum(artifact) : artifact;
      texts.set(id, toBase64(s3.memory.getBytes(opened.id)));
    }
    await keys?.close();
  });
  return texts;
}
