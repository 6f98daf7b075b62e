import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, copyOf, utf8 } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { EngineError } from '../errors.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, computeChecksum, computeComposite } from './checksums.ts';
import { type CrcAlgorithm, combineCrc } from './combineCrc.ts';

const ALGORITHMS = Object.keys(CHECKSUM_ALGORITHMS) as ChecksumAlgorithm[];
const CRCS: readonly CrcAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME'];

describe('a checksum', () => {
  // The check values of the CRC catalogue (reveng), FIPS 180-4 for the SHAs.
  it.each<[ChecksumAlgorithm, string, string]>([
    ['CRC32', '123456789', 'cbf43926'],
    ['CRC32C', '123456789', 'e3069283'],
    ['CRC64NVME', '123456789', 'ae8b14860a799888'],
    ['CRC32', '', '00000000'],
    ['CRC32C', '', '00000000'],
    ['CRC64NVME', '', '0000000000000000'],
    ['SHA1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['SHA256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('%s of "%s" is the published %s', async (algorithm, text, digest) => {
    expect(toHex(await computeChecksum(algorithm, utf8(text)))).toBe(digest);
  });

  it('CRC32C of 32 zero bytes is the one of RFC 3720, B.4', async () => {
    expect(toHex(await computeChecksum('CRC32C', new Uint8Array(32)))).toBe('8a9136aa');
  });

  it.each(ALGORITHMS)('%s has the length of its table', async algorithm => {
    const digest = await computeChecksum(algorithm, utf8('x'));
    expect(digest).toHaveLength(CHECKSUM_ALGORITHMS[algorithm].byteLength);
    expect(CHECKSUM_ALGORITHMS[algorithm].header).toBe(`x-amz-checksum-${algorithm.toLowerCase()}`);
  });

  it.each(CRCS)('%s is the same at any pace, and can be stopped', async algorithm => {
    const bytes = new Uint8Array(5 * 1024 * 1024).fill(7);
    const seen: number[] = [];
    const pace = { checkpoint: (_phase: string, done: number) => void seen.push(done) };
    const whole = await computeChecksum(algorithm, bytes, pace);
    expect(seen).toEqual([0, 2 * 1024 * 1024, 4 * 1024 * 1024]);
    const halves = [bytes.slice(0, 999_999), bytes.slice(999_999)];
    const parts = await Promise.all(
      halves.map(async half => ({ digest: await computeChecksum(algorithm, half), length: half.length })),
    );
    expect(combineCrc(algorithm, parts)).toEqual(whole);
    const stop = {
      checkpoint: () => {
        throw new EngineError('cancelled', 'stopped');
      },
    };
    await expect(computeChecksum(algorithm, bytes, stop)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('of checksums is a composite', async () => {
    const digests = await Promise.all(['a', 'b'].map(text => computeChecksum('SHA256', utf8(text))));
    const composite = await computeComposite('SHA256', digests);
    expect(composite).toEqual(await computeChecksum('SHA256', concat(...digests)));
    expect(toBase64(composite)).toHaveLength(44);
  });
});

describe('CRCs of parts', () => {
  it.each(CRCS)('combine to the %s of the whole', async algorithm => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async parts => {
        const digested = await Promise.all(
          parts.map(async part => ({ digest: await computeChecksum(algorithm, copyOf(part)), length: part.length })),
        );
        expect(combineCrc(algorithm, digested)).toEqual(await computeChecksum(algorithm, concat(...parts)));
      }),
    );
  });

  it('are combined for 10,000 parts of 5 TiB in all without reading a byte of them', { timeout: 60_000 }, () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => ({
      digest: new Uint8Array(8).fill(index),
      length: 512 * 1024 * 1024 + (index % 100),
    }));
    expect(combineCrc('CRC64NVME', parts)).toHaveLength(8);
  });

  it('must have the algorithm’s length', () => {
    expect(() => combineCrc('CRC32', [{ digest: new Uint8Array(8), length: 1 }])).toThrow('length of its algorithm');
  });
});
