import { describe, expect, it } from 'vitest';
import { GCM_VECTORS, GCM_WRAP_VECTORS, KEY_WRAP_VECTORS } from '../../testing/vectors/gcmVectors.ts';
import { concat, utf8 } from '../bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../bytes/text.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from './aesGcm.ts';
import { importKeyWrapKey, unwrapKeyBytes, wrapKeyBytes } from './aesKeyWrap.ts';

describe('AES-256-GCM', () => {
  it.each(GCM_VECTORS)('seals and opens $origin', async vector => {
    const cryptoKey = await importAesGcmKey(fromHex(vector.secret));
    const iv = fromHex(vector.iv);
    const aad = vector.aad === '' ? undefined : fromHex(vector.aad);
    const plaintext = fromHex(vector.plaintext);
    expect(toHex(await sealAesGcm({ cryptoKey, iv, aad, plaintext }))).toBe(vector.sealed);
    expect(await openAesGcm({ cryptoKey, iv, aad, sealed: fromHex(vector.sealed) })).toEqual(plaintext);
  });

  it.each(GCM_WRAP_VECTORS)('wraps a data key as in $origin', async vector => {
    const cryptoKey = await importAesGcmKey(fromHex(vector.secret));
    const iv = fromHex('101112131415161718191a1b');
    const sealed = await sealAesGcm({ cryptoKey, iv, aad: utf8(vector.aadText), plaintext: fromHex(vector.dataKey) });
    expect(toBase64(concat(iv, sealed))).toBe(vector.wrapped);
  });

  it('gives one code for a flipped bit, a wrong key, other AAD, a wrong IV and a piece too short', async () => {
    const cryptoKey = await importAesGcmKey(new Uint8Array(32).fill(1));
    const iv = new Uint8Array(12);
    const aad = utf8('bound to');
    const sealed = await sealAesGcm({ cryptoKey, iv, aad, plaintext: utf8('hello') });
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const damaged = sealed.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(openAesGcm({ cryptoKey, iv, aad, sealed: damaged })).rejects.toMatchObject({
        code: 'decryption-failed',
      });
    }
    const other = await importAesGcmKey(new Uint8Array(32).fill(2));
    const attempts = [
      { cryptoKey: other, iv, aad, sealed },
      { cryptoKey, iv, aad: utf8('bound elsewhere'), sealed },
      { cryptoKey, iv, sealed },
      { cryptoKey, iv: new Uint8Array(12).fill(1), aad, sealed },
      { cryptoKey, iv, aad, sealed: sealed.subarray(0, 15) },
    ];
    for (const attempt of attempts) {
      await expect(openAesGcm(attempt)).rejects.toMatchObject({ code: 'decryption-failed' });
    }
  });

  it('keeps its handles to itself and takes no other key length', async () => {
    const cryptoKey = await importAesGcmKey(new Uint8Array(32));
    expect(cryptoKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', cryptoKey)).rejects.toThrow();
    await expect(importAesGcmKey(new Uint8Array(16))).rejects.toMatchObject({ code: 'invariant' });
  });
});

describe('AES key wrap', () => {
  it.each(KEY_WRAP_VECTORS)('wraps and unwraps $origin', async vector => {
    const wrappingKey = await importKeyWrapKey(fromHex(vector.secret));
    expect(toHex(await wrapKeyBytes(wrappingKey, fromHex(vector.dataKey)))).toBe(vector.wrapped);
    expect(toHex(await unwrapKeyBytes(wrappingKey, fromHex(vector.wrapped)))).toBe(vector.dataKey);
  });

  it('notices a changed byte and another wrapping key', async () => {
    const wrappingKey = await importKeyWrapKey(new Uint8Array(32).fill(3));
    const wrapped = await wrapKeyBytes(wrappingKey, new Uint8Array(32).fill(4));
    const damaged = wrapped.map((byte, i) => (i === 20 ? byte ^ 1 : byte));
    await expect(unwrapKeyBytes(wrappingKey, damaged)).rejects.toMatchObject({ code: 'decryption-failed' });
    const other = await importKeyWrapKey(new Uint8Array(32).fill(5));
    await expect(unwrapKeyBytes(other, wrapped)).rejects.toMatchObject({ code: 'decryption-failed' });
  });
});
