import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, copyOf, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/text.ts';
import { importAesGcmKey, openAesGcm } from '../../crypto/aesGcm.ts';
import { deriveCommitted, SUITE_ID } from '../../crypto/commitment.ts';
import { forgeTwoKeyCiphertext, type TwoKeyWish, twoKeyFields } from './twoKeyCiphertext.ts';

const whole = (length: number) => Math.ceil(length / 16) * 16;
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(copyOf);
const some = (maxLength: number) => fc.uint8Array({ maxLength }).map(copyOf);
const filledUp = (text: Bytes) => [...text, ...Array<number>(whole(text.length) - text.length).fill(0x20)];

async function openWithPlatform(wish: TwoKeyWish, secret: Bytes, sealed: Bytes): Promise<Bytes> {
  return openAesGcm({ cryptoKey: await importAesGcmKey(secret), iv: wish.iv, aad: wish.aad, sealed });
}

/** Another implementation than the platform's, and no code of the engine. */
function openWithNode(wish: TwoKeyWish, secret: Bytes, sealed: Bytes): Bytes {
  const decipher = createDecipheriv('aes-256-gcm', secret, wish.iv);
  decipher.setAAD(wish.aad);
  decipher.setAuthTag(sealed.subarray(-16));
  return concat(decipher.update(sealed.subarray(0, -16)), decipher.final());
}

/** Opens under both keys in both ways and checks where the two texts stand. */
async function expectBothToOpen(wish: TwoKeyWish): Promise<readonly [Bytes, Bytes]> {
  const sealed = await forgeTwoKeyCiphertext(wish);
  const [lengthOfFirst, lengthOfSecond] = [whole(wish.texts[0].length), whole(wish.texts[1].length)];
  expect(sealed).toHaveLength(lengthOfFirst + lengthOfSecond + 32);
  const [underFirst, underSecond] = [
    await openWithPlatform(wish, wish.keys[0], sealed),
    await openWithPlatform(wish, wish.keys[1], sealed),
  ];
  expect([...underFirst.subarray(0, lengthOfFirst)]).toEqual(filledUp(wish.texts[0]));
  expect([...underSecond.subarray(lengthOfFirst, lengthOfFirst + lengthOfSecond)]).toEqual(filledUp(wish.texts[1]));
  expect(openWithNode(wish, wish.keys[0], sealed)).toEqual(underFirst);
  expect(openWithNode(wish, wish.keys[1], sealed)).toEqual(underSecond);
  return [underFirst, underSecond];
}

const LESSON: TwoKeyWish = {
  keys: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
  iv: new Uint8Array(12).fill(3),
  aad: new Uint8Array(0),
  texts: [utf8('Pay 100 to Alice.'), utf8('Pay 900000 to Mallory, at once.')],
};

describe('one ciphertext for two keys (F-FMT-005)', () => {
  it('opens under both keys with the same tag, for any keys, IV, AAD and texts', async () => {
    const wishes = fc.record({
      keys: fc.tuple(exactly(32), exactly(32)).filter(([one, other]) => toHex(one) !== toHex(other)),
      iv: exactly(12),
      aad: some(40),
      texts: fc.tuple(some(100), some(100)),
    });
    await fc.assert(
      fc.asyncProperty(wishes, async wish => {
        await expectBothToOpen(wish);
      }),
      { numRuns: 60 },
    );
  });

  it('begins as wished under the first key; under the second, the text follows noise of that length', async () => {
    const [first, second] = await expectBothToOpen(LESSON);
    expect(new TextDecoder().decode(first.subarray(0, 17))).toBe('Pay 100 to Alice.');
    expect(new TextDecoder().decode(second.subarray(32, 63))).toBe('Pay 900000 to Mallory, at once.');
    expect(toHex(first)).not.toContain(toHex(LESSON.texts[1]));
    expect(toHex(second)).not.toContain(toHex(LESSON.texts[0]));
  });

  it('is possible in format V2, whose content has no AAD and a random IV', async () => {
    await expectBothToOpen({ ...LESSON, iv: new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 255, 254]) });
  });

  it('is possible with the keys V3 derives, and then no commitment fits both (F-FMT-071, F-FMT-073, F-FMT-075)', async () => {
    const messageId = new Uint8Array(28).fill(6);
    const first = await deriveCommitted(LESSON.keys[0], messageId);
    const second = await deriveCommitted(LESSON.keys[1], messageId);
    await expectBothToOpen({
      ...LESSON,
      keys: [first.derivedKey, second.derivedKey],
      iv: new Uint8Array(12).fill(1),
      aad: SUITE_ID,
    });
    expect(first.commitment).not.toEqual(second.commitment);
  });

  it('opens under no third key, and not with any byte changed', async () => {
    const sealed = await forgeTwoKeyCiphertext(LESSON);
    const refused = { code: 'decryption-failed' };
    await expect(openWithPlatform(LESSON, new Uint8Array(32).fill(4), sealed)).rejects.toMatchObject(refused);
    for (let i = 0; i < sealed.length; i++) {
      const changed = copyOf(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      for (const secret of LESSON.keys) {
        await expect(openWithPlatform(LESSON, secret, changed)).rejects.toMatchObject(refused);
      }
    }
  });

  it('takes texts of some kilobytes and texts of no bytes', async () => {
    await expectBothToOpen({ ...LESSON, texts: [new Uint8Array(0), new Uint8Array(0)] });
    await expectBothToOpen({ ...LESSON, texts: [new Uint8Array(5000).fill(65), new Uint8Array(3001).fill(66)] });
  });

  it('leaves the keys and texts as they were', async () => {
    const before = JSON.stringify([LESSON.keys, LESSON.texts].map(pair => pair.map(toHex)));
    await forgeTwoKeyCiphertext(LESSON);
    expect(JSON.stringify([LESSON.keys, LESSON.texts].map(pair => pair.map(toHex)))).toBe(before);
  });

  it.each([
    ['twice the same key', { keys: [new Uint8Array(32), new Uint8Array(32)] as const }],
    ['a short key', { keys: [new Uint8Array(16), new Uint8Array(32).fill(1)] as const }],
    ['an IV of another length', { iv: new Uint8Array(16) }],
  ])('refuses %s', async (_, change) => {
    await expect(forgeTwoKeyCiphertext({ ...LESSON, ...change })).rejects.toMatchObject({ code: 'invariant' });
  });

  it('has a label for every byte', async () => {
    const sealed = await forgeTwoKeyCiphertext(LESSON);
    const fields = twoKeyFields([LESSON.texts[0].length, LESSON.texts[1].length]);
    expect(fields.map(({ start, end }) => [start, end])).toEqual([
      [0, 32],
      [32, 64],
      [64, 80],
      [80, 96],
    ]);
    expect(fields.at(-1)?.end).toBe(sealed.length);
    expect(twoKeyFields([0, 5]).map(({ label }) => label)).not.toContain('says something under the first key');
  });
});
