import { EMPTY_BODY, findHeader } from '../../http/message.ts';
import type { EncryptionContext } from '../../kms/api.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import type { Arrival } from '../arrival.ts';
import { encryptDataKey, encryptionContextOf, reEncryptDataKey } from '../askKms.ts';
import { checkDocumentHash, findSentChecksum } from '../checkHash.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { unwrapWithRoot, wrapUnderBucketKey } from '../dataKeys.ts';
import { dropPieces, loadPieces, storePieces } from '../disk.ts';
import { namesIn, readDocument, textOf, treeOf } from '../document.ts';
import { authorize, refuseTransport } from '../gate.ts';
import { sseAppliedOf } from '../log.ts';
import { checkName, findVersionId, findVersionOf, getObjectIn } from '../objects/findVersion.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { bucketKeyForWriting } from '../sse/bucketKey.ts';
import { sealChecksum } from '../sse/kmsLayer.ts';
import { keyPiecesOf } from '../sse/readObject.ts';
import { openDataKey } from '../sse/sseKms.ts';
import type { StoredEncryption, StoredObject } from '../storedObject.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';

const ACTION = 's3:UpdateObjectEncryption';
const ARN = /^arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:(\d{12}):key\/[A-Za-z0-9-]+$/;

/** What an object's data key shall be locked with. */
interface Target {
  readonly kmsKeyArn: string;
  readonly isBucketKey: boolean;
}

type Source = StoredObject & { readonly encryption: Extract<StoredEncryption, { type: 'SSE-S3' | 'SSE-KMS' }> };

/**
 * UpdateObjectEncryption: only the object's data key is locked anew, the object stays as it lies; so do its ETag, its date
 * and its checksum (F-UOE-001, F-UOE-002). @throws Refusal
 */
export async function updateObjectEncryption(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { s3, connection, authType } = asked;
  checkName(asked.objectName);
  if (!connection.isSecure) refuseTransport(asked, ACTION, REFUSALS.kmsOverHttp());
  if (authType === 'ANONYMOUS') throw MULTIPART_REFUSALS.update(TEXTS.unsigned);
  const versionId = findVersionId(asked);
  authorize(asked, ACTION, { facts: ['F-KSM-059', 'F-UOE-001'] });
  authorize(asked, 's3:PutObject', { facts: ['F-KSM-059'] });
  const hasHash = findSentChecksum(asked) ?? findHeader(asked.request, 'content-md5');
  if (hasHash === undefined) throw MULTIPART_REFUSALS.update(TEXTS.noChecksum);
  await checkDocumentHash(asked, arrival.bodyBytes);
  const target = readTarget(asked, arrival.bodyBytes);
  const stored = checkSource(getObjectIn(asked, findVersionOf(asked, versionId), versionId));

  const { encryption, checksums } = await rewrap(asked, stored, target);
  const isOf = (id: ArtifactId) => checksums.get(id) ?? id;
  const row: StoredObject = {
    ...stored,
    encryption,
    parts: stored.parts.map(part => (part.checksum === undefined ? part : { ...part, checksum: isOf(part.checksum) })),
    ...(stored.checksum ? { checksum: { ...stored.checksum, artifact: isOf(stored.checksum.artifact) } } : {}),
    pieces: [
      ...new Set([
        ...stored.pieces.filter(id => !companionsOf(stored.encryption).includes(id)).map(isOf),
        ...companionsOf(encryption),
      ]),
    ],
  };
  s3.recorder.step('s3.rewrapDataKey', 's3');
  const added = row.pieces.filter(id => !stored.pieces.includes(id));
  storePieces(asked, added, ['F-UOE-002', ...(checksums.size > 0 ? ['F-GEN-010'] : [])]);
  dropPieces(s3, s3.objects.update(row));
  forget(s3, workingMemory(s3));
  return {
    response: { status: 200, headers: [], body: EMPTY_BODY },
    told: { ...sseAppliedOf(encryption, false) },
  };
}

const TEXTS = {
  unsigned:
    'Requests that modify an object encryption configuration require AWS Signature Version 4. Modify the request to use AWS Signature Version 4, and then try again.',
  noChecksum: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  noType:
    'Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.',
  otherType:
    "The UpdateObjectEncryption operation doesn't support updating the encryption type to DSSE-KMS or SSE-C. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.",
  noArn:
    "Requests that modify an object's encryption type to SSE-KMS require an AWS KMS key Amazon Resource Name (ARN). Modify the request to specify a KMS key ARN, and then try again.",
  badArn:
    "Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN). Confirm that you have a correctly formatted KMS key ARN in your request, and then try again.",
  bucketKey:
    "The BucketKeyEnabled value isn't valid. Valid values are true or false. Modify the request to specify a valid value, and then try again.",
  unencrypted:
    "The UpdateObjectEncryption operation doesn't supported unencrypted source objects. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.",
  otherSource:
    "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.",
} as const;
const UNSUPPORTED_TYPES = ['DSSE-KMS', 'SSE-C'];

/** The document's wish (F-UOE-004, F-ERR-070, F-ERR-071). @throws Refusal */
function readTarget({ bucket }: S3Request, bytes: Uint8Array): Target {
  const document = readDocument(bytes, 'ObjectEncryption');
  if (!document) throw REFUSALS.malformedXml();
  const types = namesIn(document);
  if (types.some(type => UNSUPPORTED_TYPES.includes(type))) throw MULTIPART_REFUSALS.update(TEXTS.otherType);
  const wish = treeOf(document, 'SSE-KMS');
  if (!wish || types.length !== 1) throw MULTIPART_REFUSALS.update(TEXTS.noType);
  const kmsKeyArn = textOf(wish, 'KMSKeyArn')?.trim() ?? '';
  if (kmsKeyArn === '') throw MULTIPART_REFUSALS.update(TEXTS.noArn);
  const [, accountId] = ARN.exec(kmsKeyArn) ?? [];
  if (accountId === undefined) throw MULTIPART_REFUSALS.update(TEXTS.badArn);
  const flag = (textOf(wish, 'BucketKeyEnabled') ?? 'false').trim().toLowerCase();
  if (flag !== 'true' && flag !== 'false') throw MULTIPART_REFUSALS.update(TEXTS.bucketKey);
  if (accountId !== bucket.ownerAccountId) throw MULTIPART_REFUSALS.foreignKmsKey();
  return { kmsKeyArn, isBucketKey: flag === 'true' };
}

/** Only SSE-S3 and SSE-KMS can be changed where they lie (F-UOE-005, F-NON-006). @throws Refusal */
function checkSource(stored: StoredObject): Source {
  const { encryption } = stored;
  if (encryption.type === 'SSE-S3' || encryption.type === 'SSE-KMS') return { ...stored, encryption };
  throw MULTIPART_REFUSALS.update(encryption.type === 'NOT-SSE' ? TEXTS.unencrypted : TEXTS.otherSource);
}

/**
 * Locks the data key anew. From one KMS key to another KMS does it alone (ReEncrypt); in all other cases the data key is open in
 * S3's memory for a moment. Checksums that were readable are encrypted with it from now on (F-GEN-010): our model.
 * @throws Refusal
 */
async function rewrap(
  asked: S3Request,
  { encryption, ...stored }: Source,
  { kmsKeyArn, isBucketKey }: Target,
): Promise<{ encryption: StoredEncryption; checksums: ReadonlyMap<ArtifactId, ArtifactId> }> {
  const { s3 } = asked;
  const fromS3 = encryption.type === 'SSE-S3';
  const locked = [...new Set([stored.checksum?.artifact, ...stored.parts.map(part => part.checksum)])];
  const readable = fromS3 ? locked.flatMap(id => id ?? []) : [];
  loadPieces(asked, [...new Set([...keyPiecesOf(stored), ...readable])], ['F-UOE-002']);
  const own = fromS3 ? {} : ownPairs(encryption.context);
  const context = encryptionContextOf(asked, own);
  if (!fromS3 && !isBucketKey && encryption.encryptedBucketKey === undefined) {
    const source = { edkId: encryption.encryptedDataKey, context: encryption.context };
    const made = await reEncryptDataKey(asked, source, kmsKeyArn, context);
    const { encryptedDataKey, kmsKeyArn: arn } = made;
    return {
      encryption: { type: 'SSE-KMS', encryptedDataKey: encryptedDataKey.id, kmsKeyArn: arn, context },
      checksums: new Map(),
    };
  }
  const dataKey = fromS3
    ? await unwrapWithRoot(s3, 's3.unwrapDataKey', encryption.encryptedDataKey, ['F-UOE-002'])
    : await openDataKey(asked, encryption);
  const locking = isBucketKey ? await lockWithBucketKey() : await lockWithKms();
  const checksums = new Map<ArtifactId, ArtifactId>();
  for (const id of readable) {
    checksums.set(id, (await sealChecksum(asked, dataKey, s3.recorder.get(id), 'F-GEN-010')).id);
  }
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-UOE-002']);
  return { encryption: locking, checksums };

  async function lockWithKms(): Promise<StoredEncryption> {
    const made = await encryptDataKey(asked, dataKey.id, kmsKeyArn, context);
    return { type: 'SSE-KMS', encryptedDataKey: made.encryptedDataKey.id, kmsKeyArn: made.kmsKeyArn, context };
  }

  async function lockWithBucketKey(): Promise<StoredEncryption> {
    const found = await bucketKeyForWriting(asked, { kmsKeyId: kmsKeyArn, context: own });
    const encryptedDataKey = await wrapUnderBucketKey(s3, found.bucketKey.id, dataKey.id);
    return {
      type: 'SSE-KMS',
      encryptedDataKey: encryptedDataKey.id,
      kmsKeyArn: found.bucketKey.kmsKeyArn,
      context: found.context,
      encryptedBucketKey: found.bucketKey.encryptedId,
    };
  }
}

/** The caller's own pairs, without the one that S3 appends (F-KSM-072). */
function ownPairs(context: EncryptionContext): EncryptionContext {
  return Object.fromEntries(Object.entries(context).filter(([name]) => name !== 'aws:s3:arn'));
}

/** The locked keys that lie beside an object. */
function companionsOf(encryption: StoredEncryption): readonly ArtifactId[] {
  if (encryption.type === 'SSE-S3') return [encryption.encryptedDataKey];
  if (encryption.type !== 'SSE-KMS') return [];
  const { encryptedDataKey, encryptedBucketKey } = encryption;
  return [encryptedDataKey, ...(encryptedBucketKey === undefined ? [] : [encryptedBucketKey])];
}
