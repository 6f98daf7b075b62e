import type { Bytes } from '../bytes/bytes.ts';
import { equalBytes } from '../bytes/bytes.ts';
import { parseBase64, toBase64, toHex } from '../bytes/text.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, computeChecksum } from '../crypto/checksums.ts';
import { md5AtPace } from '../crypto/md5.ts';
import { sha256 } from '../crypto/sha2.ts';
import { findHeader } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Arrival } from './arrival.ts';
import { holdInMemory, type S3Request, type ServiceRequest } from './context.ts';
import { REFUSALS } from './refusal.ts';

/** The algorithm S3 uses when the client names none. */
export const DEFAULT_CHECKSUM: ChecksumAlgorithm = 'CRC64NVME';
/** Checksums of 2026 that are not modelled: better refused than taken unchecked. */
const OTHER_CHECKSUMS = /^x-amz-checksum-(?:md5|sha512|xxhash64|xxhash3|xxhash128)$/i;
/** How the texts call an algorithm: `SHA-256`, and the others by their names. */
const SPOKEN: Partial<Record<ChecksumAlgorithm, string>> = { SHA256: 'SHA-256', SHA1: 'SHA-1' };

export function spokenName(algorithm: ChecksumAlgorithm): string {
  return SPOKEN[algorithm] ?? algorithm;
}

/** A checksum of what arrived. */
export interface BodyChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly artifact: Artifact;
  readonly bytes: Bytes;
  /** The client sent one, and it was equal. */
  readonly wasSent: boolean;
}

/** The checksum the client sent, in a header or behind the body. @throws Refusal for several, or one it announced and did not send */
export function findSentChecksum(asked: ServiceRequest): { algorithm: ChecksumAlgorithm; text: string } | undefined {
  const { request, trailers } = asked;
  const sent = Object.entries(CHECKSUM_ALGORITHMS).flatMap(([algorithm, { header }]) => {
    const text = findHeader(request, header) ?? findHeader({ headers: trailers }, header);
    return text === undefined ? [] : [{ algorithm: algorithm as ChecksumAlgorithm, text: text.trim() }];
  });
  const isOther = [...request.headers, ...trailers].some(([name]) => OTHER_CHECKSUMS.test(name));
  if (isOther) throw REFUSALS.notImplemented();
  if (sent.length > 1) throw REFUSALS.severalChecksums();
  const [only] = sent;
  const named = findHeader(request, 'x-amz-sdk-checksum-algorithm')?.toUpperCase();
  if (named !== undefined && !Object.hasOwn(CHECKSUM_ALGORITHMS, named)) throw REFUSALS.checksumUnknown();
  if (only && named !== undefined && named !== only.algorithm) throw REFUSALS.checksumOther();
  if (only && parseBase64(only.text)?.length !== CHECKSUM_ALGORITHMS[only.algorithm].byteLength) {
    throw REFUSALS.checksumMalformed(CHECKSUM_ALGORITHMS[only.algorithm].header);
  }
  return only;
}

/**
 * Hashes what arrived and compares with what the client sent: as checksum, as MD5 and as signed payload hash.
 * @param wanted the algorithm when the client sends none
 * @throws Refusal
 */
export async function checkBodyHash(
  asked: S3Request,
  arrival: Arrival,
  wanted: ChecksumAlgorithm = DEFAULT_CHECKSUM,
): Promise<BodyChecksum> {
  const { s3 } = asked;
  const sent = findSentChecksum(asked);
  const algorithm = sent?.algorithm ?? wanted;
  const spoken = spokenName(algorithm);
  const { artifact, bytes } = await hashContent(
    asked,
    algorithm,
    arrival.body ? [arrival.body.id] : [],
    arrival.bodyBytes,
  );
  const computed = toBase64(bytes);
  if (sent !== undefined) {
    s3.recorder.emit({
      verb: 'compared',
      place: 's3.memory',
      what: 'checksum',
      left: { label: `${spoken} you sent`, text: sent.text },
      right: { label: `${spoken} of what arrived`, text: computed },
      isEqual: sent.text === computed,
      facts: ['F-SIM-104'],
    });
    if (sent.text !== computed) throw REFUSALS.checksumMismatch(spoken.replace('-', ''));
  }
  await refuseOtherBody(asked, arrival.bodyBytes, algorithm === 'SHA256' ? bytes : undefined);
  return { algorithm, artifact, bytes, wasSent: sent !== undefined };
}

/** The checksum of content that is in S3's memory, which holds it afterwards, in the step `s3.checkHash`. */
export async function hashContent(
  { s3 }: ServiceRequest,
  algorithm: ChecksumAlgorithm,
  inputs: readonly ArtifactId[],
  content: Bytes,
): Promise<{ artifact: Artifact; bytes: Bytes }> {
  const spoken = spokenName(algorithm);
  s3.recorder.step('s3.checkHash', 's3');
  await s3.pace?.checkpoint('hash', 0, content.length);
  const bytes = await computeChecksum(algorithm, content, s3.pace);
  const artifact = await s3.recorder.identify({
    kind: 'checksum',
    name: `${spoken} of the object`,
    bytes,
    isSecret: false,
  });
  holdInMemory(s3, artifact, bytes);
  s3.recorder.emit({
    verb: 'hashed',
    place: 's3.memory',
    inputs,
    outputs: [artifact.id],
    algorithm: spoken,
    facts: ['F-SIM-104'],
  });
  return { artifact, bytes };
}

/**
 * For documents: refuses a body that is not the one whose hashes were sent and signed.
 * @throws Refusal
 */
export async function checkDocumentHash(asked: ServiceRequest, bodyBytes: Bytes): Promise<void> {
  const sent = findSentChecksum(asked);
  if (sent && toBase64(await computeChecksum(sent.algorithm, bodyBytes)) !== sent.text) {
    throw REFUSALS.checksumMismatch(spokenName(sent.algorithm).replace('-', ''));
  }
  await refuseOtherBody(asked, bodyBytes);
}

/** A signature covers a body through its hash only. */
async function refuseOtherBody(asked: ServiceRequest, bytes: Bytes, digest?: Bytes): Promise<void> {
  const { request, s3 } = asked;
  const signedHash = findHeader(request, 'x-amz-content-sha256');
  if (signedHash !== undefined && /^[0-9a-f]{64}$/.test(signedHash)) {
    const computed = toHex(digest ?? (await sha256(bytes)));
    if (signedHash !== computed) throw REFUSALS.payloadHashMismatch(signedHash, computed);
  }
  const sentMd5 = findHeader(request, 'content-md5');
  if (sentMd5 === undefined) return;
  const parsed = parseBase64(sentMd5);
  if (parsed?.length !== 16) throw REFUSALS.invalidDigest(sentMd5);
  const computed = await md5AtPace(bytes, s3.pace);
  if (!equalBytes(parsed, computed)) throw REFUSALS.md5Mismatch(sentMd5, toBase64(computed));
}
