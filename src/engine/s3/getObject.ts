import { zeroize } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { httpDate } from '../clock.ts';
import { bodyOf, findHeader, type Header, type HttpResponse } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { holdInMemory, type S3Request } from './context.ts';
import { findCustomerKeyHeaders, parseCustomerKey } from './customerKey.ts';
import { encryptionHeaders } from './encryptionHeaders.ts';
import { authorize, refuseTransport } from './gate.ts';
import { logDataEvent } from './log.ts';
import { REFUSALS } from './refusal.ts';
import { openTwoLayers } from './sse/dsseKms.ts';
import { openWithCustomerKey } from './sse/sseC.ts';
import { openWithKms } from './sse/sseKms.ts';
import { openWithS3Key } from './sse/sseS3.ts';
import type { StoredObject } from './storedObject.ts';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';

/** GetObject (F-S3M-010…012, F-KSM-010…014, F-DSS-010…011, F-SSC-010…012). @throws Refusal */
export async function getObject(asked: S3Request): Promise<HttpResponse> {
  const { s3, request, bucket, objectName, connection } = asked;
  const customerHeaders = findCustomerKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(asked, 's3:GetObject', REFUSALS.sseCOverHttp());
  const sse = findHeader(request, SSE);
  if (sse !== undefined) throw REFUSALS.sseOnRead(sse);
  if (findHeader(request, KMS_KEY_ID) !== undefined) throw REFUSALS.kmsKeyWithoutKms();
  authorize(asked, 's3:GetObject', ['F-S3M-011', 'F-KSM-011']);
  const stored = s3.objects.find(bucket.name, objectName);
  if (!stored) throw REFUSALS.noSuchKey(objectName);
  const { type } = stored.encryption;
  if ((type === 'SSE-KMS' || type === 'DSSE-KMS') && !connection.isSecure) {
    refuseTransport(asked, 's3:GetObject', REFUSALS.kmsOverHttp());
  }
  if (type === 'SSE-C' && !customerHeaders) throw REFUSALS.sseCNeeded();
  const customerKey = customerHeaders ? parseCustomerKey(customerHeaders, false) : undefined;
  if (type !== 'SSE-C' && customerKey) {
    zeroize(customerKey.bytes);
    throw REFUSALS.sseCNotApplicable();
  }

  const sealed = load(asked, stored);
  const sealedChecksum = s3.recorder.get(stored.checksum);
  let content: Artifact = sealed;
  if (stored.encryption.type === 'SSE-S3') content = await openWithS3Key(asked, sealed, stored.encryption);
  else if (stored.encryption.type === 'SSE-KMS') {
    content = await openWithKms(asked, sealed, stored.encryption, sealedChecksum);
  } else if (stored.encryption.type === 'DSSE-KMS') {
    content = await openTwoLayers(asked, sealed, stored.encryption, sealedChecksum);
  } else if (stored.encryption.type === 'SSE-C' && customerKey) {
    content = await openWithCustomerKey(asked, sealed, stored.encryption, customerKey);
  }

  await logDataEvent(asked, 'GetObject', stored.encryption, false, stored.contentLength);
  s3.recorder.step('s3.answer', 's3');
  return answer(asked, stored, content);
}

/** Brings the object and what belongs to it from the disks into memory. */
function load(asked: S3Request, stored: StoredObject): Artifact {
  const { s3 } = asked;
  s3.recorder.step('s3.load', 's3');
  for (const id of stored.pieces) {
    const artifact = s3.recorder.get(id);
    const bytes = s3.disk.getBytes(id);
    // Memory is overwritten after the answer; an unencrypted object on the disks must not be.
    holdInMemory(s3, artifact, artifact.isSecret ? bytes.slice() : bytes);
  }
  s3.recorder.emit({
    verb: 'loaded',
    from: 's3.disk',
    place: 's3.memory',
    outputs: stored.pieces,
    api: 'GetObject',
    facts: stored.encryption.type === 'NOT-SSE' ? ['F-GEN-008'] : ['F-KSM-011', 'F-ALG-021'],
  });
  return s3.recorder.get(stored.body);
}

function answer(asked: S3Request, stored: StoredObject, content: Artifact): HttpResponse {
  const { s3, request } = asked;
  const body = bodyOf(s3.memory.getBytes(content.id));
  const checksumId = s3.memory.ids().find(id => s3.recorder.get(id).kind === 'checksum');
  const wantsChecksum = findHeader(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const headers: Header[] = [
    ['Last-Modified', httpDate(stored.lastModified)],
    ['ETag', `"${stored.etag}"`],
    ['Accept-Ranges', 'bytes'],
    ['Content-Type', stored.contentType],
    ...(wantsChecksum && checksumId
      ? ([
          ['x-amz-checksum-sha256', toBase64(s3.memory.getBytes(checksumId))],
          ['x-amz-checksum-type', 'FULL_OBJECT'],
        ] as const)
      : []),
    ...encryptionHeaders(stored.encryption),
    ...stored.metadata,
  ];
  const cargo: ArtifactId[] = [content.id, ...(checksumId ? [checksumId] : []), ...metadataCargo(asked, stored)];
  return { status: 200, headers, body, cargo };
}

/** Which artifacts travel in the user metadata: those of the client's own envelope. */
function metadataCargo(asked: S3Request, stored: StoredObject): ArtifactId[] {
  const { s3 } = asked;
  const texts = new Set(stored.metadata.map(([, value]) => value));
  return stored.pieces.filter(id => {
    const artifact = s3.recorder.get(id);
    const isEnvelope = ['encrypted-data-key', 'commitment', 'message-id'].includes(artifact.kind);
    return isEnvelope && s3.memory.has(id) && texts.has(toBase64(s3.memory.getBytes(id)));
  });
}
