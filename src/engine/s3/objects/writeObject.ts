import type { Bytes } from '../../bytes/bytes.ts';
import { zeroize } from '../../bytes/bytes.ts';
import { toBase64, toHex } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../../crypto/checksums.ts';
import { md5AtPace } from '../../crypto/md5.ts';
import { findHeader, type Header } from '../../http/message.ts';
import type { Artifact } from '../../trace/artifact.ts';
import type { EncryptionChoice } from '../chooseEncryption.ts';
import type { S3Request } from '../context.ts';
import { newObjectKeys } from '../sse/objectKeys.ts';
import type { StoredObject } from '../storedObject.ts';
import { type Described, envelopePieces, newVersionId, storeObject } from './newObject.ts';

/** Content in S3's memory that is going to be an object, and its checksum. */
export interface NewContent {
  readonly body: Artifact;
  readonly bytes: Bytes;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly artifact: Artifact };
}

/**
 * Encrypts content as the mode has it and puts it onto the disks, in one part: what PutObject, CopyObject and browser forms have in
 * common. Memory is empty afterwards. @throws Refusal when KMS refuses
 */
export async function writeObject(
  asked: S3Request,
  choice: EncryptionChoice,
  described: Described,
  { body, bytes, checksum }: NewContent,
): Promise<StoredObject> {
  const { s3 } = asked;
  const keys = await newObjectKeys(asked, choice);
  const sealed = await keys.seal({ body, checksum: checksum.artifact });
  const { encryption, companions, facts } = await keys.close();
  // An MD5 of the content only where the content is S3's to know (F-ETG-001, F-ETG-002, F-SIM-012).
  const isDigest = encryption.type === 'SSE-S3' || encryption.type === 'NOT-SSE';
  const etag = toHex(isDigest ? await md5AtPace(bytes, s3.pace) : s3.random.bytes(16));
  const contentLength = bytes.length;
  const checksumId = (sealed.checksum ?? checksum.artifact).id;
  const envelope = envelopePieces(asked, described.metadata);
  return storeObject(
    asked,
    {
      ...described,
      kind: 'object',
      versionId: newVersionId(asked),
      contentLength,
      etag,
      parts: [{ number: 1, body: sealed.body.id, contentLength }],
      isMultipart: false,
      encryption,
      checksum: { algorithm: checksum.algorithm, type: 'FULL_OBJECT', artifact: checksumId },
      pieces: [...new Set([sealed.body.id, ...companions, ...envelope, checksumId])],
    },
    facts,
  );
}

/** The checksum of a whole object, as answers to writes tell it. */
export function checksumHeaders(algorithm: ChecksumAlgorithm, bytes: Bytes): Header[] {
  return [
    [CHECKSUM_ALGORITHMS[algorithm].header, toBase64(bytes)],
    ['x-amz-checksum-type', 'FULL_OBJECT'],
  ];
}

/** The caller's own encryption context goes back as it came (F-HDR-020, F-HDR-023). */
export function contextHeaders({ request }: S3Request, { encryption }: StoredObject): Header[] {
  const sent = findHeader(request, 'x-amz-server-side-encryption-context');
  const isKms = encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS';
  return isKms && sent !== undefined ? [['x-amz-server-side-encryption-context', sent]] : [];
}

/** Overwrites a customer key that was read from headers, also when what it was read for was refused. */
export async function withCustomerKey<T>(
  customerKey: { readonly bytes: Bytes } | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    if (customerKey) zeroize(customerKey.bytes);
  }
}
