import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, copyOf, equalBytes, textOf, uint16, uint32, utf8, zeroize } from './bytes.ts';

const anyBytes = fc.uint8Array({ maxLength: 200 });

describe('equality', () => {
  it('holds for copies and fails when any one bit of any one byte differs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(), fc.nat(7), (bytes, position, bit) => {
        const other = copyOf(bytes);
        expect(equalBytes(bytes, other)).toBe(true);
        const at = position % bytes.length;
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        expect(equalBytes(bytes, other)).toBe(false);
        expect(equalBytes(other, bytes)).toBe(false);
      }),
    );
  });

  it('fails for another length, also when the longer one starts with the shorter', () => {
    expect(equalBytes(new Uint8Array(4), new Uint8Array(5))).toBe(false);
    expect(equalBytes(new Uint8Array(0), new Uint8Array(1))).toBe(false);
    expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true);
  });

  it('reads every byte, wherever the first difference lies', () => {
    const readsWhen = (different: number) => {
      let reads = 0;
      const right = new Uint8Array(64);
      right[different] = 1;
      const counted = new Proxy(right, {
        get: (bytes, name) => {
          if (typeof name === 'string' && /^\d+$/.test(name)) reads++;
          return Reflect.get(bytes, name, bytes);
        },
      });
      expect(equalBytes(new Uint8Array(64), counted)).toBe(false);
      return reads;
    };
    expect([readsWhen(0), readsWhen(31), readsWhen(63)]).toEqual([64, 64, 64]);
  });
});

describe('bytes', () => {
  it('are joined in order, into a buffer of their own', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 5 }), parts => {
        const joined = concat(...parts);
        expect([...joined]).toEqual(parts.flatMap(part => [...part]));
        for (const part of parts) expect(joined.buffer).not.toBe(part.buffer);
      }),
    );
  });

  it('are copied so that overwriting one leaves the other', () => {
    const source = new Uint8Array([1, 2, 3]);
    const copy = copyOf(source);
    zeroize(source);
    expect([[...source], [...copy]]).toEqual([
      [0, 0, 0],
      [1, 2, 3],
    ]);
  });

  it('are overwritten through a view without its neighbours', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    zeroize(whole.subarray(1, 3));
    expect([...whole]).toEqual([1, 0, 0, 4]);
  });

  it('hold numbers with the most significant byte first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffffffff }), (small, large) => {
        expect(new DataView(uint16(small).buffer).getUint16(0)).toBe(small);
        expect(new DataView(uint32(large).buffer).getUint32(0)).toBe(large);
      }),
    );
  });

  it('give well-formed text back as it was, and a replacement character for what is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(textOf(utf8(text))).toBe(text);
      }),
    );
    expect(textOf(new Uint8Array([0x61, 0xff, 0x62]))).toBe('a\ufffdb');
  });
});
