import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { cryptoRandom, seededRandom } from './seededRandom.ts';

describe('seeded randomness', () => {
  it('repeats: the same seed gives the same stream however it is cut', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(100), { maxLength: 8 }), (seed, lengths) => {
        const random = seededRandom(seed);
        const pieces = concat(...lengths.map(length => random.bytes(length)));
        expect(pieces).toEqual(seededRandom(seed).bytes(pieces.length));
      }),
    );
  });

  it('starts with SHA-256 of seed, zero and block number', () => {
    const expected = createHash('sha256').update(Buffer.from('class-7\0\0\0\0\0', 'latin1')).digest('hex');
    expect(toHex(seededRandom('class-7').bytes(32))).toBe(expected);
  });

  it('goes on: no block comes twice', () => {
    const random = seededRandom('long');
    const blocks = Array.from({ length: 1000 }, () => toHex(random.bytes(32)));
    expect(new Set(blocks).size).toBe(1000);
  });

  it('differs from seed to seed and says which seed it has', () => {
    expect(seededRandom('a').bytes(32)).not.toEqual(seededRandom('b').bytes(32));
    expect(seededRandom('a').seed).toBe('a');
  });
});

describe('true randomness', () => {
  it('fills more than the platform gives at once, to the last byte', () => {
    const bytes = cryptoRandom.bytes(200_000);
    expect(bytes).toHaveLength(200_000);
    expect(new Set(bytes.subarray(-4096)).size).toBeGreaterThan(100);
    expect(cryptoRandom.seed).toBeUndefined();
  });
});
