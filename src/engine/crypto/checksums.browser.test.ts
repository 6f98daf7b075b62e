import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { type ChecksumAlgorithm, computeChecksum } from './checksums.ts';

describe('a checksum in a browser', () => {
  // There the library has other code than in Node. The check values of the CRC catalogue (reveng).
  it.each<[ChecksumAlgorithm, string]>([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ])('%s has the published check value %s', async (algorithm, digest) => {
    expect(toHex(await computeChecksum(algorithm, utf8('123456789')))).toBe(digest);
  });
});
