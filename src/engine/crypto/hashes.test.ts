import { describe, expect, it } from 'vitest';
import {
  HMAC_VECTORS,
  KEY_MD5_VECTORS,
  MD5_VECTORS,
  SHA256_VECTORS,
  SHA512_VECTORS,
} from '../../testing/vectors/hashVectors.ts';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex, parseBase64, toBase64, toHex } from '../bytes/text.ts';
import { hmacSha256, hmacSha512, hmacWith, importHmacKey } from './hmac.ts';
import { md5 } from './md5.ts';
import { sha256, sha512 } from './sha2.ts';

describe('hashes', () => {
  it.each(SHA256_VECTORS)('SHA-256 of "$text" is the published digest', async ({ text, digest }) => {
    expect(toHex(await sha256(utf8(text)))).toBe(digest);
  });

  it.each(SHA512_VECTORS)('SHA-512 of "$text" is the published digest', async ({ text, digest }) => {
    expect(toHex(await sha512(utf8(text)))).toBe(digest);
  });

  it.each(MD5_VECTORS)('MD5 of "$text" is the published digest', ({ text, digest }) => {
    expect(toHex(md5(utf8(text)))).toBe(digest);
  });

  it.each(KEY_MD5_VECTORS)('the MD5 of customer key $customerKey is the recorded one', vector => {
    const customerKey = parseBase64(vector.customerKey);
    expect(customerKey).toHaveLength(32);
    expect(toBase64(md5(customerKey ?? new Uint8Array()))).toBe(vector.md5);
  });
});

describe('HMAC', () => {
  it.each(HMAC_VECTORS)('of $message is what RFC 4231 gives', async ({ secret, message, ...expected }) => {
    expect(toHex(await hmacSha256(fromHex(secret), fromHex(message)))).toBe(expected.sha256);
    expect(toHex(await hmacSha512(fromHex(secret), fromHex(message)))).toBe(expected.sha512);
  });

  it('under a handle is the same, and the handle does not give its bytes out', async () => {
    const secret = utf8('Jefe');
    const handle = await importHmacKey(secret);
    expect(await hmacWith(handle, utf8('x'))).toEqual(await hmacSha256(secret, utf8('x')));
    expect(handle.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', handle)).rejects.toThrow();
  });
});
