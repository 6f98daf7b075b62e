import { toHex } from '../bytes/text.ts';
import { md5AtPace } from '../crypto/md5.ts';
import { invariant } from '../errors.ts';
import { EMPTY_BODY, findHeader, type Header, type HttpResponse } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { type Arrival, isUserMetadata } from './arrival.ts';
import { isSseAlgorithm, objectArn, type SseAlgorithm } from './bucket.ts';
import { checkBodyHash } from './checkHash.ts';
import { forget, type S3Request } from './context.ts';
import { findCustomerKeyHeaders, parseCustomerKey } from './customerKey.ts';
import { encryptionHeaders } from './encryptionHeaders.ts';
import { authorize, refuseTransport } from './gate.ts';
import { logDataEvent } from './log.ts';
import { REFUSALS } from './refusal.ts';
import { protectWithTwoLayers } from './sse/dsseKms.ts';
import type { Protected } from './sse/protection.ts';
import { protectWithCustomerKey } from './sse/sseC.ts';
import { protectWithKms } from './sse/sseKms.ts';
import { protectWithS3Key } from './sse/sseS3.ts';
import type { StoredObject } from './storedObject.ts';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';

/** What a PUT asks for, after the header rules; `undefined` algorithm: nothing at rest (F-NON-001). */
interface ChosenMode {
  readonly algorithm: SseAlgorithm | 'SSE-C' | undefined;
  readonly isDefault: boolean;
  readonly kmsKeyId: string;
}

/** PutObject (F-S3M-001…008, F-KSM-001…008, F-DSS-001…005, F-SSC-002…009). @throws Refusal */
export async function putObject(asked: S3Request, arrival: Arrival): Promise<HttpResponse> {
  const { s3, request, bucket, objectName, connection } = asked;
  const customerHeaders = findCustomerKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(asked, 's3:PutObject', REFUSALS.sseCOverHttp());
  const mode = chooseMode(asked, customerHeaders !== undefined);
  if (mode.algorithm?.startsWith('aws:kms') && !connection.isSecure) {
    refuseTransport(asked, 's3:PutObject', REFUSALS.kmsOverHttp());
  }
  authorize(asked, 's3:PutObject', [mode.algorithm === 'AES256' ? 'F-S3M-002' : 'F-KSM-002']);
  if (customerHeaders && bucket.encryption?.blockedTypes.includes('SSE-C')) {
    throw REFUSALS.sseCBlocked(asked.principal.arn, objectArn(bucket.name, objectName));
  }
  const sse = findHeader(request, SSE);
  if (customerHeaders && sse !== undefined) throw REFUSALS.sseCWithSse(sse);
  const customerKey = customerHeaders ? parseCustomerKey(customerHeaders, true) : undefined;
  const checksum = await checkBodyHash(asked, arrival);
  const { body } = arrival;
  invariant(body, 'a PUT of an object has a body, if an empty one');

  let shield: Protected;
  if (customerKey) shield = await protectWithCustomerKey(asked, body, checksum, customerKey);
  else if (mode.algorithm === 'aws:kms') shield = await protectWithKms(asked, body, checksum, mode.kmsKeyId);
  else if (mode.algorithm === 'aws:kms:dsse') shield = await protectWithTwoLayers(asked, body, checksum, mode.kmsKeyId);
  else if (mode.algorithm === 'AES256') shield = await protectWithS3Key(asked, body, checksum);
  else shield = { body, checksum, encryption: { type: 'NOT-SSE' }, companions: [], secrets: [], facts: ['F-NON-001'] };

  const isDigestEtag = shield.encryption.type === 'SSE-S3' || shield.encryption.type === 'NOT-SSE';
  const etag = toHex(isDigestEtag ? await md5AtPace(arrival.bodyBytes, s3.pace) : s3.random.bytes(16));
  const stored = store(asked, shield, arrival, etag);
  await logDataEvent(asked, 'PutObject', stored.encryption, mode.isDefault, stored.contentLength);
  s3.recorder.step('s3.answer', 's3');
  const headers: Header[] = [
    ['ETag', `"${etag}"`],
    ['x-amz-checksum-sha256', checksumText(checksum)],
    ['x-amz-checksum-type', 'FULL_OBJECT'],
    ...encryptionHeaders(stored.encryption),
  ];
  return { status: 200, headers, body: EMPTY_BODY };
}

function checksumText(checksum: Artifact): string {
  let binary = '';
  for (let i = 0; i < checksum.head.length; i += 2) {
    binary += String.fromCharCode(Number.parseInt(checksum.head.slice(i, i + 2), 16));
  }
  return btoa(binary);
}

/** Request header, then bucket default, then nothing (F-S3M-003, F-HDR-036, F-HDR-037). @throws Refusal */
function chooseMode(asked: S3Request, hasCustomerKey: boolean): ChosenMode {
  const { request, bucket } = asked;
  const named = findHeader(request, SSE);
  const kmsKeyId = findHeader(request, KMS_KEY_ID);
  if (hasCustomerKey) return { algorithm: 'SSE-C', isDefault: false, kmsKeyId: '' };
  if (named !== undefined && !isSseAlgorithm(named)) throw REFUSALS.sseUnknown(named);
  if (kmsKeyId !== undefined && !named?.startsWith('aws:kms')) throw REFUSALS.kmsKeyWithoutKms();
  const algorithm = named ?? bucket.encryption?.algorithm;
  const defaultKey = named === undefined ? bucket.encryption?.kmsKeyId : undefined;
  return { algorithm, isDefault: named === undefined, kmsKeyId: kmsKeyId ?? defaultKey ?? 'alias/aws/s3' };
}

/** Writes the object to the disks in one go, forgets what memory still holds, and drops what it replaces. */
function store(asked: S3Request, shield: Protected, arrival: Arrival, etag: string): StoredObject {
  const { s3, request, bucket, objectName } = asked;
  s3.recorder.step('s3.store', 's3');
  const inMetadata = s3.memory
    .ids()
    .filter(id => ['encrypted-data-key', 'commitment', 'message-id'].includes(s3.recorder.get(id).kind));
  const pieces: ArtifactId[] = [
    ...new Set([shield.body.id, ...shield.companions.map(piece => piece.id), ...inMetadata, shield.checksum.id]),
  ];
  const object: StoredObject = {
    bucketName: bucket.name,
    objectName,
    contentLength: arrival.bodyBytes.length,
    contentType: findHeader(request, 'content-type') ?? 'binary/octet-stream',
    etag,
    lastModified: s3.clock.now(),
    metadata: request.headers
      .filter(([name]) => isUserMetadata(name))
      .map(([name, value]) => [name.toLowerCase(), value]),
    body: shield.body.id,
    encryption: shield.encryption,
    checksum: shield.checksum.id,
    pieces,
  };
  for (const id of pieces) {
    // The same bytes under the same identity lie there already, for example in mode "nothing at rest".
    if (s3.disk.has(id)) continue;
    // A plaintext body (mode "nothing at rest") is overwritten in memory below, so the disk needs its own bytes.
    const bytes = s3.memory.getBytes(id);
    s3.disk.hold(id, s3.recorder.get(id).isSecret ? bytes.slice() : bytes);
  }
  const replaced = s3.objects.put(object);
  s3.recorder.emit({
    verb: 'stored',
    from: 's3.memory',
    place: 's3.disk',
    outputs: pieces,
    api: 'PutObject',
    facts: shield.facts,
  });
  for (const id of replaced?.pieces ?? []) {
    if (s3.objects.uses(id)) continue;
    const isZeroized = s3.disk.release(id, s3.recorder.get(id).isSecret);
    s3.recorder.emit({ verb: 'discarded', place: 's3.disk', inputs: [id], isZeroized, facts: [] });
  }
  forget(s3, workingMemory(asked));
  return object;
}

/** Everything of this request in memory; the line's session keys are not S3's to forget here. */
export function workingMemory(asked: Pick<S3Request, 's3'>): ArtifactId[] {
  const { memory, recorder } = asked.s3;
  return memory.ids().filter(id => recorder.get(id).kind !== 'session-key');
}
