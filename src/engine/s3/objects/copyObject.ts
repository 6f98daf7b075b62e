import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../../crypto/checksums.ts';
import { findHeader, type Header } from '../../http/message.ts';
import { DEFAULT_CHECKSUM, hashContent } from '../checkHash.ts';
import { admitWrite, type EncryptionChoice } from '../chooseEncryption.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { authorize } from '../gate.ts';
import { sseAppliedOf } from '../log.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { openWhole } from '../sse/readObject.ts';
import type { StoredEncryption, StoredObject } from '../storedObject.ts';
import { checkCopyConditions, checkWriteConditions } from './conditions.ts';
import { admitSource, type OpenedSource } from './copySource.ts';
import { newVersionHeaders, versionHeaders } from './findVersion.ts';
import { type Described, describeNew, REDIRECT_HEADER } from './newObject.ts';
import { MAX_PUT_BYTES } from './putObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { contextHeaders, withCustomerKey, writeObject } from './writeObject.ts';

/** The words of each mode in requests. */
const ALGORITHMS: Readonly<Record<StoredEncryption['type'], EncryptionChoice['algorithm']>> = {
  'NOT-SSE': undefined,
  'SSE-S3': 'AES256',
  'SSE-KMS': 'aws:kms',
  'DSSE-KMS': 'aws:kms:dsse',
  'SSE-C': 'SSE-C',
};

/**
 * CopyObject: opens the source and encrypts it anew, as the request or the target's bucket says (F-CPY-001…009). Of the source's
 * encryption nothing is carried over, its context neither (F-KSM-076). @throws Refusal
 */
export async function copyObject(asked: S3Request): Promise<S3Answer> {
  const choice = admitWrite(asked, 's3:PutObject');
  return withCustomerKey(choice.customerKey, async () => {
    const source = admitSource(asked);
    return withCustomerKey(source.customerKey, () => copy(asked, choice, source));
  });
}

async function copy(asked: S3Request, choice: EncryptionChoice, source: OpenedSource): Promise<S3Answer> {
  const { s3, bucket, objectName } = asked;
  checkCopyConditions(asked, source.stored);
  checkWriteConditions(asked, s3.objects.find(bucket.name, objectName));
  const described = describeCopy(asked, source);
  if (isOntoItself(asked, source) && !isChanged(asked, choice, source.stored)) throw OBJECT_REFUSALS.copyOntoItself();
  if (source.stored.contentLength > MAX_PUT_BYTES) throw OBJECT_REFUSALS.copyTooLarge(MAX_PUT_BYTES);
  const algorithm = findAlgorithm(asked, source.stored);

  const { content, whole } = await openWhole(source.asked, source.stored, source.customerKey);
  const checksum = await hashContent(asked, algorithm, [whole.id], content);
  const checksumText = toBase64(checksum.bytes);
  const contentLength = content.length;
  const stored = await writeObject(asked, choice, described, {
    body: whole,
    bytes: content,
    checksum: { algorithm, artifact: checksum.artifact },
  });

  const sourceVersion = versionHeaders(source.asked, source.stored).map(
    ([, versionId]): Header => ['x-amz-copy-source-version-id', versionId],
  );
  const headers = [
    ...sourceVersion,
    ...newVersionHeaders(stored),
    ...encryptionHeaders(stored.encryption),
    ...contextHeaders(asked, stored),
  ];
  const result = {
    LastModified: new Date(Math.floor(stored.lastModified / 1000) * 1000).toISOString(),
    ETag: `"${stored.etag}"`,
    ChecksumType: 'FULL_OBJECT',
    [CHECKSUM_ALGORITHMS[algorithm].element]: checksumText,
  };
  return {
    response: xmlAnswer('CopyObjectResult', result, 200, headers),
    told: { bytesIn: 0, bytesOut: contentLength, ...sseAppliedOf(stored.encryption, choice.isDefault) },
  };
}

/** What the copy says about itself: the source's words, or the request's, as the directives have it. @throws Refusal */
function describeCopy(asked: S3Request, { asked: sourceAsked, stored: source }: OpenedSource): Described {
  const { request } = asked;
  const ofMetadata = readDirective(asked, 'metadata');
  const ofTags = readDirective(asked, 'tagging');
  // Without REPLACE a tagging header does not count.
  const withoutTags = request.headers.filter(([name]) => name.toLowerCase() !== 'x-amz-tagging');
  const described = describeNew(
    ofTags === 'REPLACE' ? asked : { ...asked, request: { ...request, headers: withoutTags } },
  );
  const hasTags = Object.keys(source.tags).length > 0;
  if (ofTags === 'COPY' && hasTags) {
    authorize(sourceAsked, 's3:GetObjectTagging');
    authorize(asked, 's3:PutObjectTagging');
  }
  const tags = ofTags === 'COPY' ? source.tags : described.tags;
  if (ofMetadata === 'REPLACE') return { ...described, tags };
  // Where a page leads to belongs to one object and is never copied.
  const isRedirect = ([name]: Header) => name === REDIRECT_HEADER;
  return {
    ...described,
    tags,
    contentType: source.contentType,
    metadata: source.metadata,
    headers: [...source.headers.filter(one => !isRedirect(one)), ...described.headers.filter(isRedirect)],
  };
}

function readDirective({ request }: S3Request, what: 'metadata' | 'tagging'): 'COPY' | 'REPLACE' {
  const sent = findHeader(request, `x-amz-${what}-directive`) ?? 'COPY';
  if (sent !== 'COPY' && sent !== 'REPLACE') throw OBJECT_REFUSALS.directive(what, sent);
  return sent;
}

function isOntoItself({ bucket, objectName }: S3Request, { stored, isVersionNamed }: OpenedSource): boolean {
  return !isVersionNamed && stored.bucketName === bucket.name && stored.objectName === objectName;
}

/** What makes a copy onto itself worth while (F-CPY-002, F-CPY-006). */
function isChanged(asked: S3Request, choice: EncryptionChoice, source: StoredObject): boolean {
  const { request, bucket } = asked;
  return (
    readDirective(asked, 'metadata') === 'REPLACE' ||
    !choice.isDefault ||
    choice.algorithm !== ALGORITHMS[source.encryption.type] ||
    // With a rule of its own the bucket may mean another KMS key than the source has.
    bucket.encryptionDocument !== undefined ||
    findHeader(request, 'x-amz-storage-class') !== undefined ||
    findHeader(request, REDIRECT_HEADER) !== undefined
  );
}

/** The checksum is made anew, of the whole copy: as the request says, else as the source has it. @throws Refusal */
function findAlgorithm({ request }: S3Request, source: StoredObject): ChecksumAlgorithm {
  const sent = findHeader(request, 'x-amz-checksum-algorithm')?.toUpperCase();
  if (sent === undefined) return source.checksum?.algorithm ?? DEFAULT_CHECKSUM;
  const known = (Object.keys(CHECKSUM_ALGORITHMS) as ChecksumAlgorithm[]).find(algorithm => algorithm === sent);
  if (!known) throw REFUSALS.checksumUnknown();
  return known;
}
