import { Crc32, Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc';
import { type Bytes, concat, copyOf } from '../bytes/bytes.ts';
import { CHECKPOINT_BYTES, type Pace } from './pace.ts';
import { sha256 } from './sha2.ts';
import { subtle } from './subtle.ts';

/** Checksums that S3 computes and compares, by their names on the wire. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** What a checksum of a multipart upload is about: the whole object, or the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface ChecksumFacts {
  /** Carries the Base64 of the digest, in requests and responses. */
  readonly header: `x-amz-checksum-${string}`;
  /** Name of the element in XML. */
  readonly element: `Checksum${ChecksumAlgorithm}`;
  readonly byteLength: number;
  /** Types that a multipart upload may ask for; the first is the one when it asks for none. */
  readonly types: readonly [ChecksumType, ...ChecksumType[]];
}

/** The table (S3 user guide, "Checking object integrity in Amazon S3"). */
export const CHECKSUM_ALGORITHMS: Readonly<Record<ChecksumAlgorithm, ChecksumFacts>> = {
  CRC32: {
    header: 'x-amz-checksum-crc32',
    element: 'ChecksumCRC32',
    byteLength: 4,
    types: ['COMPOSITE', 'FULL_OBJECT'],
  },
  CRC32C: {
    header: 'x-amz-checksum-crc32c',
    element: 'ChecksumCRC32C',
    byteLength: 4,
    types: ['COMPOSITE', 'FULL_OBJECT'],
  },
  CRC64NVME: {
    header: 'x-amz-checksum-crc64nvme',
    element: 'ChecksumCRC64NVME',
    byteLength: 8,
    types: ['FULL_OBJECT'],
  },
  SHA1: { header: 'x-amz-checksum-sha1', element: 'ChecksumSHA1', byteLength: 20, types: ['COMPOSITE'] },
  SHA256: { header: 'x-amz-checksum-sha256', element: 'ChecksumSHA256', byteLength: 32, types: ['COMPOSITE'] },
};

const CRC_LIBRARY = { CRC32: Crc32, CRC32C: Crc32c, CRC64NVME: Crc64Nvme } as const;

/**
 * The checksum of bytes, big-endian, `byteLength` bytes long.
 * @param pace CRCs run on the calling thread: checkpoints on the way
 * @throws EngineError `cancelled`
 */
export async function computeChecksum(algorithm: ChecksumAlgorithm, bytes: Bytes, pace?: Pace): Promise<Bytes> {
  if (algorithm === 'SHA256') return sha256(bytes);
  if (algorithm === 'SHA1') return new Uint8Array(await subtle().digest('SHA-1', bytes));
  const state = new CRC_LIBRARY[algorithm]();
  for (let done = 0; done < bytes.length; done += CHECKPOINT_BYTES) {
    await pace?.checkpoint('hash', done, bytes.length);
    state.update(bytes.subarray(done, done + CHECKPOINT_BYTES));
  }
  return copyOf(await state.digest());
}

/** A composite checksum: the checksum of the parts' binary checksums. On the wire `-` and the number of parts follow its Base64. */
export async function computeComposite(algorithm: ChecksumAlgorithm, digests: readonly Bytes[]): Promise<Bytes> {
  return computeChecksum(algorithm, concat(...digests));
}
