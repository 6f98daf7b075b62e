import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  MIB,
  OTHER_KEY,
  patterned,
  REST_MODES,
  sseC,
} from '../../../testing/multipartHarness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { computeChecksum } from '../../crypto/checksums.ts';
import type { Header } from '../../index.ts';

const all = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, inner]) => inner);
const ASKED: Header = ['x-amz-object-attributes', 'ETag,Checksum,ObjectParts,StorageClass,ObjectSize'];

describe('GetObjectAttributes', () => {
  it.each(REST_MODES.filter(mode => mode !== 'none'))(
    'F-HDR-028: tells size, ETag and checksum in mode %s, without encryption headers',
    async mode => {
      const s3 = await createMultipartHarness();
      const own = mode === 'SSE-C' ? s3.headersOf(mode) : [];
      const put = await s3.onObject('PUT', 'a', '', {
        body: 'abc',
        headers: [...s3.headersOf(mode), ['x-amz-checksum-crc32', 'NSRBwg==']],
      });
      const answer = await s3.onObject('GET', 'a', 'attributes', { headers: [ASKED, ...own] });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).toContain(
        `<ETag>${put.header('etag')?.replaceAll('"', '')}</ETag><Checksum><ChecksumCRC32>NSRBwg==</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType></Checksum><StorageClass>STANDARD</StorageClass><ObjectSize>3</ObjectSize>`,
      );
      expect(answer.header('last-modified')).toBe('Sat, 21 Nov 2026 10:00:00 GMT');
      expect(answer.header('x-amz-server-side-encryption')).toBeUndefined();
      expect(s3.complaints).toEqual([]);
    },
  );

  it('lists the parts of an object made of parts, in pages', async () => {
    const s3 = await createMultipartHarness();
    const headers: Header[] = [...s3.headersOf('SSE-KMS cmk'), ['x-amz-checksum-algorithm', 'CRC32']];
    const upload = { name: 'a', id: await s3.open('a', headers) };
    const parts: [number, string, string][] = [];
    for (const [number, body] of [
      [2, patterned(5 * MIB)],
      [5, patterned(10)],
    ] as const) {
      const sum = toBase64(await computeChecksum('CRC32', new Uint8Array(body)));
      const part = await s3.part(upload, number, body, [['x-amz-checksum-crc32', sum]]);
      parts.push([number, part.header('etag') ?? '', `<ChecksumCRC32>${sum}</ChecksumCRC32>`]);
    }
    await s3.complete(upload, parts);
    const whole = await s3.onObject('GET', 'a', 'attributes', { headers: [ASKED] });
    expect(all(whole.text, 'PartsCount')).toEqual(['2']);
    expect(all(whole.text, 'PartNumber')).toEqual(['2', '5']);
    expect(all(whole.text, 'Size')).toEqual([String(5 * MIB), '10']);
    const [ofObject, ...ofParts] = all(whole.text, 'ChecksumCRC32');
    expect(ofObject).not.toContain('-');
    expect(ofParts.map(text => `<ChecksumCRC32>${text}</ChecksumCRC32>`)).toEqual(parts.map(([, , extra]) => extra));
    const page = await s3.onObject('GET', 'a', 'attributes', {
      headers: [
        ['x-amz-object-attributes', 'ObjectParts'],
        ['x-amz-max-parts', '1'],
        ['x-amz-part-number-marker', '2'],
      ],
    });
    expect(all(page.text, 'PartNumber')).toEqual(['5']);
    expect(all(page.text, 'IsTruncated')).toEqual(['false']);
    expect(s3.complaints).toEqual([]);
  }, 20_000);

  it.each<[string, readonly Header[], number, string]>([
    ['F-SSC-027: without the key of an SSE-C object', [ASKED], 400, 'InvalidRequest'],
    ['F-SSC-027: with another key', [ASKED, ...sseC(OTHER_KEY)], 403, 'AccessDenied'],
    ['without saying what', [], 400, 'InvalidArgument'],
    ['with a name that means nothing', [['x-amz-object-attributes', 'ETag,Colour']], 400, 'InvalidArgument'],
    ['with an encryption header', [ASKED, ['x-amz-server-side-encryption', 'AES256']], 400, 'InvalidArgument'],
  ])('%s it is refused', async (_name, headers, status, code) => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc', headers: sseC(CUSTOMER_KEY) });
    const answer = await s3.onObject('GET', 'a', 'attributes', { headers });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(s3.complaints).toEqual([]);
  });

  it('answers 404 for what is not there, and 403 to whoever may not', async () => {
    const s3 = await createMultipartHarness();
    const missing = await s3.onObject('GET', 'none', 'attributes', { headers: [ASKED] });
    expect([missing.status, missing.code]).toEqual([404, 'NoSuchKey']);
    const denied = await s3.onObject('GET', 'none', 'attributes', { headers: [ASKED], as: 'stranger' });
    expect([denied.status, denied.code]).toEqual([403, 'AccessDenied']);
  });

  it('F-KSM-056: under KMS the checksum needs kms:Decrypt, the rest does not', async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc', headers: s3.headersOf('SSE-KMS cmk') });
    const ask = (names: string) =>
      s3.onObject('GET', 'a', 'attributes', { headers: [['x-amz-object-attributes', names]], as: 's3-administrator' });
    expect((await ask('ETag,ObjectSize')).status).toBe(200);
    const denied = await ask('Checksum');
    expect([denied.status, denied.code]).toEqual([403, 'AccessDenied']);
    expect(s3.complaints).toEqual([]);
  });
});
