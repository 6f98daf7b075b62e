import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, computeComposite } from '../../crypto/checksums.ts';
import { type CrcAlgorithm, combineCrc } from '../../crypto/combineCrc.ts';
import { findHeader } from '../../http/message.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { spokenName } from '../checkHash.ts';
import { holdInMemory, type S3Request } from '../context.ts';
import { findCustomerKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { loadPieces } from '../disk.ts';
import { REFUSALS } from '../refusal.ts';
import { openObjectKeys } from '../sse/objectKeys.ts';
import type { StoredChecksum } from '../storedObject.ts';
import { keptAlgorithmOf } from './findUpload.ts';
import type { NamedPart } from './namedParts.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload, UploadedPart } from './upload.ts';

/** The checksum of the object that an upload becomes. */
export interface AssembledChecksum {
  /** Its artifact is in memory. */
  readonly stored: StoredChecksum;
  /** As it stands in the answer: Base64, with `-n` when it is one of the parts' checksums. */
  readonly text: string;
}

/**
 * Makes the object's checksum from those of its parts, without reading the parts again; compares what the client said
 * about them. In KMS modes the parts' checksums are encrypted: KMS opens the data key once more (F-KSM-053).
 * @throws Refusal
 */
export async function assembleChecksum(
  asked: S3Request,
  upload: MultipartUpload,
  named: readonly NamedPart[],
  parts: readonly UploadedPart[],
): Promise<AssembledChecksum | undefined> {
  const { s3 } = asked;
  checkSize(asked, parts);
  const algorithm = keptAlgorithmOf(upload);
  const type = upload.checksumType ?? 'FULL_OBJECT';
  const sentType = findHeader(asked.request, 'x-amz-checksum-type')?.toUpperCase();
  if (sentType !== undefined && upload.checksumType !== undefined && sentType !== upload.checksumType) {
    throw MULTIPART_REFUSALS.otherChecksumType(upload.checksumType);
  }
  if (algorithm === undefined) return undefined;
  const locked = parts.flatMap(({ checksum }) => (checksum === undefined ? [] : [checksum]));
  const isKms = upload.encryption.type === 'SSE-KMS' || upload.encryption.type === 'DSSE-KMS';
  const isSseC = upload.encryption.type === 'SSE-C';
  // SSE-C headers are checked when they come, and not missed when they do not (F-MPU-006).
  const headers = isSseC ? findCustomerKeyHeaders(asked.request) : undefined;
  const needsKeys = isKms || headers !== undefined;
  loadPieces(asked, [...new Set([...(needsKeys ? upload.pieces : []), ...locked])], ['F-MPU-003', 'F-KSM-053']);
  const keys = needsKeys
    ? await openObjectKeys(
        asked,
        upload.encryption,
        headers && parseCustomerKey(headers, false),
        MULTIPART_REFUSALS.otherCustomerKey,
      )
    : undefined;

  const opened: Artifact[] = [];
  for (const id of locked) {
    const artifact = s3.recorder.get(id);
    opened.push(keys ? await keys.openChecksum(artifact) : artifact);
  }
  const digests = opened.map(({ id }) => s3.memory.getBytes(id));
  for (const [index, { number, etag, checksums }] of named.entries()) {
    const said = checksums[algorithm];
    const isNeeded = upload.checksumType === 'COMPOSITE';
    if (said === undefined && isNeeded) throw MULTIPART_REFUSALS.checksumMissing(algorithm, number);
    if (said !== undefined && said !== toBase64(digests[index] ?? new Uint8Array(0))) {
      throw MULTIPART_REFUSALS.invalidPart(upload.uploadId, number, etag);
    }
  }

  s3.recorder.step('s3.checkHash', 's3');
  const bytes =
    type === 'COMPOSITE'
      ? await computeComposite(algorithm, digests)
      : combineCrc(
          algorithm as CrcAlgorithm,
          parts.map(({ contentLength }, index) => ({
            digest: digests[index] ?? new Uint8Array(0),
            length: contentLength,
          })),
        );
  const artifact = await s3.recorder.identify({
    kind: 'checksum',
    name: `${spokenName(algorithm)} of the object`,
    bytes,
    isSecret: false,
  });
  holdInMemory(s3, artifact, bytes);
  s3.recorder.emit({
    verb: 'hashed',
    place: 's3.memory',
    inputs: [...new Set(opened.map(({ id }) => id))],
    outputs: [artifact.id],
    algorithm: type === 'COMPOSITE' ? `${spokenName(algorithm)} of checksums` : `${spokenName(algorithm)}, combined`,
    facts: ['F-SIM-104'],
  });
  const text = type === 'COMPOSITE' ? `${toBase64(bytes)}-${parts.length}` : toBase64(bytes);
  compareWithSent(asked, upload, algorithm, text);
  const kept = keys ? await keys.sealChecksum(artifact) : artifact;
  await keys?.close();
  return { stored: { algorithm, type, artifact: kept.id }, text };
}

/** @throws Refusal */
function checkSize({ request }: S3Request, parts: readonly UploadedPart[]): void {
  const sent = findHeader(request, 'x-amz-mp-object-size');
  const size = parts.reduce((sum, part) => sum + part.contentLength, 0);
  if (sent !== undefined && sent.trim() !== String(size)) throw MULTIPART_REFUSALS.objectSize();
}

/** What the client says the object's checksum is. @throws Refusal BadDigest */
function compareWithSent(
  { s3, request }: S3Request,
  upload: MultipartUpload,
  algorithm: ChecksumAlgorithm,
  computed: string,
): void {
  const others = Object.entries(CHECKSUM_ALGORITHMS).filter(([name]) => name !== algorithm);
  const other = others.find(([, { header }]) => findHeader(request, header) !== undefined);
  if (other && upload.checksumAlgorithm !== undefined) throw MULTIPART_REFUSALS.otherChecksum(algorithm, other[0]);
  const sent = findHeader(request, CHECKSUM_ALGORITHMS[algorithm].header)?.trim();
  if (sent === undefined) return;
  const spoken = spokenName(algorithm);
  // The number of parts may be left away.
  const isEqual = sent === computed || sent === computed.replace(/-\d+$/, '');
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'checksum',
    left: { label: `${spoken} you sent`, text: sent },
    right: { label: `${spoken} of the object`, text: computed },
    isEqual,
    facts: ['F-SIM-104'],
  });
  if (!isEqual) throw REFUSALS.checksumMismatch(spoken.replace('-', ''));
}
