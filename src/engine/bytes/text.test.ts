import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, parseBase64, toBase64, toHex } from './text.ts';

const anyBytes = fc.uint8Array({ maxLength: 300 });

describe('hexadecimal', () => {
  it('is two lowercase digits a byte and reads back, in either case', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        const text = toHex(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('hex'));
        expect([...fromHex(text)]).toEqual([...bytes]);
        expect([...fromHex(text.toUpperCase())]).toEqual([...bytes]);
      }),
    );
  });

  it.each(['0', 'abc', '0g', '0x12', ' 00', '00 ', '١٢', '-1'])('refuses "%s"', text => {
    expect(() => fromHex(text)).toThrow(RangeError);
  });
});

describe('Base64', () => {
  it('is what another implementation writes, and reads back', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect([...(parseBase64(text) ?? [])]).toEqual([...bytes]);
      }),
    );
  });

  it('takes large buffers', () => {
    const bytes = new Uint8Array(200_001).map((_, i) => i * 7);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });

  it('never throws on what arrives, and gives bytes only for what can be written so', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), text => {
        const bytes = parseBase64(text);
        if (bytes === undefined) expect(text).not.toMatch(/^([A-Za-z0-9+/]{4})*$/);
        else expect(toBase64(bytes)).toHaveLength(text.length);
      }),
    );
  });

  it.each(['A', 'AA', 'AAA', 'A===', 'AA=A', 'AAAA=', '====', 'AA==AAAA', 'AA-_', 'AAA A', ' AAAA', 'AAAA\n'])(
    'refuses "%s"',
    text => {
      expect(parseBase64(text)).toBeUndefined();
    },
  );

  it('reads the empty text as no bytes', () => {
    expect(parseBase64('')).toEqual(new Uint8Array(0));
  });
});
