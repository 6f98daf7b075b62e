import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concat } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { EngineError } from '../errors.ts';
import { importAesGcmKey } from './aesGcm.ts';
import { openObject, sealedFields, sealObject } from './objectCipher.ts';
import type { Pace } from './pace.ts';
import { seededRandom } from './seededRandom.ts';

const FRAME = 262144;
const HEADER = 17;
const TAG = 16;

let cryptoKey: CryptoKey;
beforeAll(async () => {
  cryptoKey = await importAesGcmKey(seededRandom('secret').bytes(32));
});

function patterned(length: number): Bytes {
  return new Uint8Array(length).map((_, i) => (i * 31 + (i >>> 8)) & 0xff);
}

const seal = (plaintext: Bytes) => sealObject({ cryptoKey, random: seededRandom('iv'), plaintext });

async function expectRefused(sealed: Bytes): Promise<void> {
  await expect(openObject({ cryptoKey, sealed })).rejects.toMatchObject({ code: 'decryption-failed' });
}

/** The sealed frame `index`, counted from 0. */
const frameOf = (sealed: Bytes, index: number) =>
  sealed.subarray(HEADER + index * (FRAME + TAG), HEADER + (index + 1) * (FRAME + TAG));

describe('object cipher', () => {
  it.each([0, 1, 15, 16, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 1, 9 * FRAME + 7])(
    'opens what it sealed: %i bytes',
    async length => {
      const plaintext = patterned(length);
      const sealed = await seal(plaintext);
      const overhead = length <= FRAME ? 29 : HEADER + TAG * Math.ceil(length / FRAME);
      expect(sealed.length).toBe(length + overhead);
      const opened = await openObject({ cryptoKey, sealed });
      expect(Buffer.compare(opened, plaintext)).toBe(0);
    },
  );

  it('opens what it sealed, for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        const plaintext = new Uint8Array(bytes);
        expect(await openObject({ cryptoKey, sealed: await seal(plaintext) })).toEqual(plaintext);
      }),
      { numRuns: 50 },
    );
  });

  it('does not show the plaintext: no 16 bytes of it stand in the sealed form', async () => {
    const plaintext = seededRandom('plain').bytes(FRAME + 1000);
    const sealed = toHex(await seal(plaintext));
    for (let start = 0; start + 16 <= plaintext.length; start += 1024) {
      expect(sealed.includes(toHex(plaintext.subarray(start, start + 16)))).toBe(false);
    }
  });

  it('uses a fresh IV or nonce prefix each time', async () => {
    const random = seededRandom('stream');
    for (const length of [10, FRAME + 1]) {
      const plaintext = patterned(length);
      const first = await sealObject({ cryptoKey, random, plaintext });
      const second = await sealObject({ cryptoKey, random, plaintext });
      expect(first.subarray(1, 9)).not.toEqual(second.subarray(1, 9));
    }
  });

  it('notices any flipped bit, in both layouts', async () => {
    const forms = [await seal(patterned(40)), await seal(patterned(FRAME + 5))];
    const anyForm = fc.constantFrom(...forms);
    const check = async (sealed: Bytes, at: number, bit: number) => {
      const damaged = sealed.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      await expectRefused(damaged);
    };
    for (const sealed of forms) for (let at = 0; at < 34; at++) await check(sealed, at, at % 8);
    await fc.assert(
      fc.asyncProperty(anyForm, fc.nat(), fc.nat(7), (sealed, at, bit) => check(sealed, at % sealed.length, bit)),
      { numRuns: 100 },
    );
  });

  it('notices any cut', async () => {
    const forms = [await seal(patterned(40)), await seal(patterned(FRAME + 5))];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...forms), fc.nat(), (sealed, at) =>
        expectRefused(sealed.slice(0, at % sealed.length)),
      ),
      { numRuns: 60 },
    );
    const three = await seal(patterned(3 * FRAME));
    await expectRefused(three.slice(0, -(FRAME + TAG)));
  });

  it('notices swapped, repeated, added and borrowed frames', async () => {
    const sealed = await seal(patterned(4 * FRAME));
    const header = sealed.subarray(0, HEADER);
    const [one, two, three, four] = [0, 1, 2, 3].map(index => frameOf(sealed, index)) as [Bytes, Bytes, Bytes, Bytes];
    await expectRefused(concat(header, two, one, three, four));
    await expectRefused(concat(header, one, one, three, four));
    await expectRefused(concat(sealed, four));
    await expectRefused(concat(sealed, new Uint8Array(1)));
    const other = await sealObject({ cryptoKey, random: seededRandom('other'), plaintext: patterned(4 * FRAME) });
    await expectRefused(concat(header, one, frameOf(other, 1), three, four));
  });

  it('notices a header rewritten to fit fewer frames', async () => {
    const sealed = await seal(patterned(3 * FRAME));
    const shorter = sealed.slice(0, HEADER + 2 * (FRAME + TAG));
    new DataView(shorter.buffer).setBigUint64(9, BigInt(2 * FRAME));
    await expectRefused(shorter);
  });

  it('refuses bytes that are no sealed object', async () => {
    for (const bytes of [[], [1], [2], [0, 1, 2], [3, ...new Array(40).fill(0)]])
      await expectRefused(new Uint8Array(bytes));
  });

  it('refuses another key', async () => {
    const other = await importAesGcmKey(new Uint8Array(32));
    for (const length of [5, FRAME + 5]) {
      const sealed = await seal(patterned(length));
      await expect(openObject({ cryptoKey: other, sealed })).rejects.toMatchObject({ code: 'decryption-failed' });
    }
  });

  it('reports its progress about every 2 MiB and stops when told to', async () => {
    const plaintext = patterned(20 * FRAME);
    const seen: [string, number, number][] = [];
    const pace: Pace = { checkpoint: (phase, done, total) => void seen.push([phase, done, total]) };
    const sealed = await sealObject({ cryptoKey, random: seededRandom('iv'), plaintext, pace });
    expect(seen).toEqual([0, 8, 16].map(frames => ['encrypt', frames * FRAME, 20 * FRAME]));

    const stopping: Pace = {
      checkpoint: (_, done) => {
        if (done > 0) throw new EngineError('cancelled', 'the caller asked to stop');
      },
    };
    await expect(openObject({ cryptoKey, sealed, pace: stopping })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('labels of a sealed object', () => {
  it('cover a single piece without gap', async () => {
    const sealed = await seal(patterned(10));
    const fields = sealedFields(sealed);
    expect(fields.map(field => [field.label, field.start, field.end])).toEqual([
      ['layout', 0, 1],
      ['IV', 1, 13],
      ['ciphertext', 13, 23],
      ['tag', 23, 39],
    ]);
  });

  it('name the header, the first two frames and the last', async () => {
    const sealed = await seal(patterned(4 * FRAME + 3));
    const fields = sealedFields(sealed);
    expect(fields.map(field => field.label)).toEqual([
      'layout',
      'nonce prefix',
      'object length',
      'frame 1 ciphertext',
      'frame 1 tag',
      'frame 2 ciphertext',
      'frame 2 tag',
      'frame 5 ciphertext',
      'frame 5 tag',
    ]);
    expect(fields.at(-1)?.end).toBe(sealed.length);
    expect(fields[7]).toMatchObject({ end: sealed.length - TAG, start: sealed.length - TAG - 3 });
  });

  it('are none for bytes that are no sealed object', () => {
    expect(sealedFields(new Uint8Array([2, 1, 1]))).toEqual([]);
    expect(sealedFields(new Uint8Array())).toEqual([]);
  });
});
