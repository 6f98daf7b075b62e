import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../bytes/text.ts';
import { blockOf, elementsOf, hashBlocks, invert, multiply, ONE } from './galoisField.ts';

const element = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
const [h = 0n, c = 0n] = ['66e94bd4ef8a2c3b884cfa59ca342b2e', '0388dace60b6a392f328c2b971b2fe78'].map(text =>
  BigInt(`0x${text}`),
);

describe('the field of AES-GCM', () => {
  it("multiplies and hashes as in the second case of GCM's original test vectors", () => {
    expect(toHex(blockOf(multiply(c, h)))).toBe('5e2ec746917062882c85b0685353deb7');
    expect(toHex(blockOf(hashBlocks(h, [c, 128n])))).toBe('f38cbb1ad69223dcc3457ae5b6b0f885');
  });

  it('has one as its neutral element, and x·x^127 is the reduction polynomial', () => {
    expect(multiply(ONE, c)).toBe(c);
    expect(multiply(c, ONE)).toBe(c);
    expect(multiply(ONE >> 1n, 1n)).toBe(0xe1n << 120n);
    expect(multiply(c, 0n)).toBe(0n);
  });

  it('is commutative, associative and distributive', () => {
    fc.assert(
      fc.property(element, element, element, (x, y, z) => {
        expect(multiply(x, y)).toBe(multiply(y, x));
        expect(multiply(multiply(x, y), z)).toBe(multiply(x, multiply(y, z)));
        expect(multiply(x, y ^ z)).toBe(multiply(x, y) ^ multiply(x, z));
      }),
      { numRuns: 50 },
    );
  });

  it('inverts every element but zero', () => {
    fc.assert(
      fc.property(
        element.filter(x => x !== 0n),
        x => {
          expect(multiply(x, invert(x))).toBe(ONE);
        },
      ),
      { numRuns: 20 },
    );
    expect(invert(0n)).toBe(0n);
  });

  it('reads blocks and writes them back, the last one filled up with zeros', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), bytes => {
        const written = elementsOf(bytes).map(x => toHex(blockOf(x)));
        const whole = Math.ceil(bytes.length / 16) * 32;
        expect(written.join('')).toBe(toHex(bytes).padEnd(whole, '0'));
      }),
    );
  });

  it("gives GCM's tag, masked, as another implementation computes it", () => {
    const [secret, iv] = [new Uint8Array(32).fill(7), new Uint8Array(12).fill(9)];
    const cipher = createCipheriv('aes-256-gcm', secret, iv);
    const [aad, plaintext] = [fromHex('0073'), new Uint8Array(37).fill(1)];
    cipher.setAAD(aad);
    const sealed = new Uint8Array([...cipher.update(plaintext), ...cipher.final()]);
    const ecb = (block: Uint8Array) => createCipheriv('aes-256-ecb', secret, null).update(block);
    const [hashKey = 0n] = elementsOf(ecb(new Uint8Array(16)));
    const [mask = 0n] = elementsOf(ecb(new Uint8Array([...iv, 0, 0, 0, 1])));
    const blocks = [...elementsOf(aad), ...elementsOf(sealed), (16n << 64n) | BigInt(8 * 37)];
    expect(toHex(blockOf(hashBlocks(hashKey, blocks) ^ mask))).toBe(cipher.getAuthTag().toString('hex'));
  });
});
