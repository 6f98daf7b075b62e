import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  MIB,
  patterned,
  REST_MODES,
  type RestMode,
  SSE,
  sseC,
} from '../../../testing/multipartHarness.ts';
import { multipartEtag } from './etag.ts';

const FIRST = patterned(5 * MIB, 1);
const SECOND = patterned(5 * MIB, 2);
const LAST = patterned(1234, 3);
const WHOLE = new Uint8Array(Buffer.concat([FIRST, SECOND, LAST]));
const harnessFor = (mode: RestMode) => createMultipartHarness(mode === 'none' ? 'before-2023' : 'today');

describe.each(REST_MODES)('a multipart upload in mode %s', mode => {
  it('gives back the very bytes, whole, by range and by part, and keeps the laws in every request', async () => {
    const s3 = await harnessFor(mode);
    const own = mode === 'SSE-C' ? sseC(CUSTOMER_KEY) : [];
    const upload = { name: 'big/object.bin', id: await s3.open('big/object.bin', s3.headersOf(mode)) };
    const etags: string[] = [];
    for (const [index, body] of [FIRST, SECOND, LAST].entries()) {
      const answer = await s3.part(upload, index + 1, body, own);
      expect(answer.status, answer.text).toBe(200);
      etags.push(answer.header('etag') ?? '');
    }
    const done = await s3.complete(
      upload,
      etags.map((etag, index) => [index + 1, etag]),
    );
    expect(done.status, done.text).toBe(200);
    const etag = multipartEtag(etags.map(text => text.replaceAll('"', '')));
    expect(done.text).toContain(`<ETag>&quot;${etag}&quot;</ETag>`);

    const whole = await s3.onObject('GET', upload.name, '', { headers: own });
    expect(whole.status).toBe(200);
    expect(whole.header('etag')).toBe(`"${etag}"`);
    expect(Buffer.compare(whole.bytes, WHOLE)).toBe(0);
    const across = await s3.onObject('GET', upload.name, '', {
      headers: [...own, ['range', `bytes=${5 * MIB - 10}-${5 * MIB + 9}`]],
    });
    expect(across.status).toBe(206);
    expect(across.bytes).toEqual(WHOLE.slice(5 * MIB - 10, 5 * MIB + 10));
    const last = await s3.onObject('GET', upload.name, 'partNumber=3', { headers: own });
    expect(last.header('x-amz-mp-parts-count')).toBe('3');
    expect(last.bytes).toEqual(LAST);
    const loaded = last.trace?.events.flatMap(event => (event.verb === 'loaded' ? event.outputs : [])) ?? [];
    const sizes = loaded.map(id => last.trace?.artifacts[id]?.byteLength ?? 0);
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(MIB);
    expect(s3.complaints).toEqual([]);
  }, 30_000);
});

describe('what a multipart upload shows', () => {
  it.each<[RestMode, Record<string, string | undefined>]>([
    ['SSE-S3', { [SSE]: 'AES256' }],
    ['SSE-KMS cmk', { [SSE]: 'aws:kms', [`${SSE}-bucket-key-enabled`]: undefined }],
    ['SSE-KMS cmk, Bucket Key', { [SSE]: 'aws:kms', [`${SSE}-bucket-key-enabled`]: 'true' }],
    ['DSSE-KMS', { [SSE]: 'aws:kms:dsse' }],
  ])('F-MPU-007: in mode %s Create, UploadPart and Complete tell the encryption', async (mode, expected) => {
    const s3 = await harnessFor(mode);
    const created = await s3.onObject('POST', 'a', 'uploads', { headers: s3.headersOf(mode) });
    const id = /<UploadId>([^<]*)</.exec(created.text)?.[1] ?? '';
    const part = await s3.part({ name: 'a', id }, 1, 'content');
    const done = await s3.complete({ name: 'a', id }, [[1, part.header('etag') ?? '']]);
    const kmsKey = mode === 'SSE-S3' ? undefined : s3.kmsKeyArn;
    for (const answer of [created, part, done]) {
      for (const [name, value] of Object.entries(expected)) expect(answer.header(name)).toBe(value);
      expect(answer.header(`${SSE}-aws-kms-key-id`)).toBe(kmsKey);
    }
  });

  it('F-HDR-024, F-HDR-025, F-HDR-027: with SSE-C Create and UploadPart tell algorithm and MD5, Complete nothing', async () => {
    const s3 = await harnessFor('SSE-C');
    const created = await s3.onObject('POST', 'a', 'uploads', { headers: sseC(CUSTOMER_KEY) });
    const id = /<UploadId>([^<]*)</.exec(created.text)?.[1] ?? '';
    const part = await s3.part({ name: 'a', id }, 1, 'content', sseC(CUSTOMER_KEY));
    const done = await s3.complete({ name: 'a', id }, [[1, part.header('etag') ?? '']]);
    expect(created.header(`${SSE}-customer-algorithm`)).toBe('AES256');
    expect(part.header(`${SSE}-customer-key-md5`)).toBe(created.header(`${SSE}-customer-key-md5`));
    expect(part.header(SSE)).toBeUndefined();
    expect(done.header(`${SSE}-customer-algorithm`)).toBeUndefined();
    expect(s3.complaints).toEqual([]);
  });
});
