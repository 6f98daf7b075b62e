import type { Bytes } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { findHeader, type HttpRequest } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import { type Arrival, findSentChecksum } from './arrival.ts';
import { holdInMemory, type S3Request } from './context.ts';
import { REFUSALS } from './refusal.ts';

/**
 * Hashes what arrived and compares with the SHA-256 that the client sent, as checksum and as signed payload hash.
 * @throws Refusal
 */
export async function checkBodyHash(asked: S3Request, arrival: Arrival): Promise<Artifact> {
  const { s3, request } = asked;
  s3.recorder.step('s3.checkHash', 's3');
  await s3.pace?.checkpoint('hash', 0, arrival.bodyBytes.length);
  const bytes = await sha256(arrival.bodyBytes);
  const checksum = await s3.recorder.identify({
    kind: 'checksum',
    name: 'SHA-256 of the object',
    bytes,
    isSecret: false,
  });
  holdInMemory(s3, checksum, bytes);
  s3.recorder.emit({
    verb: 'hashed',
    place: 's3.memory',
    inputs: arrival.body ? [arrival.body.id] : [],
    outputs: [checksum.id],
    algorithm: 'SHA-256',
    facts: ['F-SIM-104'],
  });
  const sent = findSentChecksum(request);
  const computed = toBase64(bytes);
  if (sent !== undefined) {
    s3.recorder.emit({
      verb: 'compared',
      place: 's3.memory',
      what: 'checksum',
      left: { label: 'SHA-256 you sent', text: sent },
      right: { label: 'SHA-256 of what arrived', text: computed },
      isEqual: sent === computed,
      facts: ['F-SIM-104'],
    });
  }
  refuseOtherBody(request, bytes);
  return checksum;
}

/**
 * Refuses a body that is not the one whose SHA-256 was sent and signed: a signature covers a body through its hash only.
 * @throws Refusal
 */
export function refuseOtherBody(request: HttpRequest, digest: Bytes): void {
  const sent = findSentChecksum(request);
  if (sent !== undefined && sent !== toBase64(digest)) throw REFUSALS.checksumMismatch();
  const signedHash = findHeader(request, 'x-amz-content-sha256');
  if (signedHash !== undefined && signedHash !== 'UNSIGNED-PAYLOAD' && signedHash !== toHex(digest)) {
    throw REFUSALS.payloadHashMismatch();
  }
}
