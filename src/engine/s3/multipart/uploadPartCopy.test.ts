import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  OTHER_KEY,
  REST_MODES,
  type RestMode,
  SOURCE_PREFIX,
  sseC,
} from '../../../testing/multipartHarness.ts';
import type { Header } from '../../index.ts';

const CONTENT = 'the content of the source';
const MODES = REST_MODES.filter(mode => mode !== 'none');
const pairs = MODES.flatMap(source => MODES.map(target => [source, target] as const));

async function prepared(source: RestMode, target: RestMode) {
  const s3 = await createMultipartHarness();
  await s3.onObject('PUT', 'source', '', { body: CONTENT, headers: s3.headersOf(source) });
  const upload = { name: 'target', id: await s3.open('target', s3.headersOf(target)) };
  const headers: Header[] = [
    ['x-amz-copy-source', '/the-bucket/source'],
    ...(source === 'SSE-C' ? sseC(CUSTOMER_KEY, SOURCE_PREFIX) : []),
    ...(target === 'SSE-C' ? sseC(CUSTOMER_KEY) : []),
  ];
  const copy = (number: number, more: readonly Header[] = [], sent = {}) =>
    s3.onObject('PUT', 'target', `partNumber=${number}&uploadId=${encodeURIComponent(upload.id)}`, {
      headers: [...headers, ...more],
      ...sent,
    });
  return { s3, upload, copy };
}

describe('UploadPartCopy', () => {
  it.each(pairs)('F-CPY-007: from %s to %s gives the very bytes, and keeps the laws', async (source, target) => {
    const { s3, upload, copy } = await prepared(source, target);
    const range = await copy(2, [['x-amz-copy-source-range', 'bytes=4-10']]);
    expect(range.status, range.text).toBe(200);
    const etag = /<ETag>([^<]*)</.exec(range.text)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(range.text).toMatch(/<LastModified>2026-11-21T10:00:00\.000Z</);
    const done = await s3.complete(upload, [[2, etag]]);
    expect(done.status, done.text).toBe(200);
    const own = target === 'SSE-C' ? sseC(CUSTOMER_KEY) : [];
    expect((await s3.onObject('GET', 'target', '', { headers: own })).text).toBe(CONTENT.slice(4, 11));
    expect(s3.complaints).toEqual([]);
  });

  it('copies the whole source without a range', async () => {
    const { s3, upload, copy } = await prepared('SSE-S3', 'SSE-S3');
    const etag = /<ETag>([^<]*)</.exec((await copy(1)).text)?.[1]?.replaceAll('&quot;', '"') ?? '';
    await s3.complete(upload, [[1, etag]]);
    expect((await s3.onObject('GET', 'target')).text).toBe(CONTENT);
  });

  it.each([
    ['bytes=4-', 'must be of the form'],
    ['bytes=-4', 'must be of the form'],
    ['bytes=9-4', 'must be of the form'],
    ['4-9', 'must be of the form'],
    ['bytes=0-3,5-6', 'must be of the form'],
    ['bytes=0-25', 'Range specified is not valid for source object of size: 25'],
    ['bytes=25-26', 'The specified copy range is invalid for the source object size', 'InvalidRequest'],
    ['bytes=99999999999999-999999999999999', 'The specified copy range is invalid', 'InvalidRequest'],
  ])('range %j is refused', async (range, text, code = 'InvalidArgument') => {
    const { copy } = await prepared('SSE-S3', 'SSE-S3');
    const answer = await copy(1, [['x-amz-copy-source-range', range]]);
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(answer.text).toContain(text);
  });

  it.each<[string, readonly Header[], number, string]>([
    ['a source that is not there', [['x-amz-copy-source', '/the-bucket/none']], 404, 'NoSuchKey'],
    ['a bucket that is not there', [['x-amz-copy-source', '/no-such-bucket/none']], 404, 'NoSuchBucket'],
    ['a source that is no address', [['x-amz-copy-source', 'source']], 400, 'InvalidArgument'],
    [
      'another ETag',
      [
        ['x-amz-copy-source', '/the-bucket/source'],
        ['x-amz-copy-source-if-match', '"x"'],
      ],
      412,
      'PreconditionFailed',
    ],
  ])('%s is refused', async (_name, headers, status, code) => {
    const { s3, upload } = await prepared('SSE-S3', 'SSE-S3');
    const answer = await s3.part(upload, 1, '', headers);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(s3.complaints).toEqual([]);
  });

  it('F-CPY-004: another key for an SSE-C source is refused as on a read', async () => {
    const { s3, upload } = await prepared('SSE-C', 'SSE-S3');
    const from: Header = ['x-amz-copy-source', '/the-bucket/source'];
    const wrong = await s3.part(upload, 1, '', [from, ...sseC(OTHER_KEY, SOURCE_PREFIX)]);
    expect([wrong.status, wrong.code]).toEqual([403, 'AccessDenied']);
    const missing = await s3.part(upload, 1, '', [from]);
    expect([missing.status, missing.code]).toEqual([400, 'InvalidRequest']);
    expect(s3.complaints).toEqual([]);
  });

  it('F-CPY-005: an SSE-KMS source needs kms:Decrypt of the caller', async () => {
    const { s3, copy } = await prepared('SSE-KMS cmk', 'SSE-S3');
    const answer = await copy(1, [], { as: 's3-administrator' });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(s3.complaints).toEqual([]);
  });
});
