import { beforeAll, describe, expect, it } from 'vitest';
import { createS3Harness, type S3Harness } from '../../../testing/s3Harness.ts';
import type { Header } from '../../http/message.ts';
import { matchesEtag } from './conditions.ts';

const BEFORE = 'Sat, 21 Nov 2026 09:00:00 GMT';
const AFTER = 'Sat, 21 Nov 2026 10:00:01 GMT';
const FUTURE = 'Sun, 22 Nov 2026 10:00:00 GMT';
const ETAG = '"098f6bcd4621d373cade4e832627b4f6"';
const OTHER = '"00000000000000000000000000000000"';

describe('a list of ETags', () => {
  it.each([
    ['"a"', true],
    ['a', true],
    ['W/"a"', true],
    ['*', true],
    ['"b", "a"', true],
    ['"b"', false],
    ['', false],
  ])('%s names the object with ETag a: %s', (list, isMatch) => {
    expect(matchesEtag(list, 'a')).toBe(isMatch);
  });
});

describe('a read with conditions', () => {
  let s3: S3Harness;
  beforeAll(async () => {
    s3 = await createS3Harness();
    await s3.put('a', 'test', [['cache-control', 'no-cache']]);
    // The clock moves on with each look at it.
    for (let i = 0; i < 30; i++) await s3.get('a');
  });

  const rows: readonly (readonly [string, readonly Header[], number])[] = [
    ['If-Match with its ETag', [['If-Match', ETAG]], 200],
    ['If-Match with another', [['If-Match', OTHER]], 412],
    ['If-None-Match with its ETag', [['If-None-Match', ETAG]], 304],
    ['If-None-Match with another', [['If-None-Match', OTHER]], 200],
    ['If-Modified-Since a time before', [['If-Modified-Since', BEFORE]], 200],
    ['If-Modified-Since a time after', [['If-Modified-Since', AFTER]], 304],
    ['If-Modified-Since a time still to come', [['If-Modified-Since', FUTURE]], 200],
    ['If-Modified-Since no date', [['If-Modified-Since', 'yesterday']], 200],
    ['If-Unmodified-Since a time before', [['If-Unmodified-Since', BEFORE]], 412],
    ['If-Unmodified-Since a time after', [['If-Unmodified-Since', AFTER]], 200],
    [
      'If-Match counts, If-Unmodified-Since does not',
      [
        ['If-Match', ETAG],
        ['If-Unmodified-Since', BEFORE],
      ],
      200,
    ],
    [
      'If-None-Match counts, If-Modified-Since does not',
      [
        ['If-None-Match', ETAG],
        ['If-Modified-Since', BEFORE],
      ],
      304,
    ],
    [
      'both pairs: the first fails',
      [
        ['If-Match', OTHER],
        ['If-None-Match', ETAG],
      ],
      412,
    ],
  ];
  it.each(rows)('%s', async (_what, headers, status) => {
    const answers = [await s3.get('a', headers), await s3.get('a', headers, { method: 'HEAD' })];
    expect(answers.map(answer => answer.status)).toEqual([status, status]);
    const [answer] = answers;
    if (status === 412) expect(answer?.error.Condition).toBe(headers[0]?.[0]);
    if (status !== 304) return;
    expect(answer?.text).toBe('');
    expect(answer?.header('etag')).toBe(ETAG);
    expect(answer?.header('last-modified')).toBe('Sat, 21 Nov 2026 10:00:00 GMT');
    expect(answer?.header('content-length')).toBeUndefined();
  });
});

describe('a write with conditions', () => {
  it('If-None-Match: * is for what is not there yet', async () => {
    const s3 = await createS3Harness();
    const only: Header[] = [['If-None-Match', '*']];
    expect((await s3.put('a', 'one', only)).status).toBe(200);
    const second = await s3.put('a', 'two', only);
    expect([second.status, second.error.Code, second.error.Condition]).toEqual([
      412,
      'PreconditionFailed',
      'If-None-Match',
    ]);
    expect((await s3.get('a')).text).toBe('one');
  });

  it('If-Match is for what is there, with that ETag', async () => {
    const s3 = await createS3Harness();
    expect((await s3.put('a', 'x', [['If-Match', ETAG]])).error.Code).toBe('NoSuchKey');
    await s3.put('a', 'test');
    expect((await s3.put('a', 'x', [['If-Match', OTHER]])).error.Condition).toBe('If-Match');
    expect((await s3.put('a', 'new', [['If-Match', ETAG]])).status).toBe(200);
  });

  it.each([
    [[['If-None-Match', ETAG]]],
    [[['If-Match', '*']]],
    [
      [
        ['If-Match', ETAG],
        ['If-None-Match', '*'],
      ],
    ],
  ] as [Header[]][])('%j is not implemented, as in S3', async headers => {
    const s3 = await createS3Harness();
    const answer = await s3.put('a', 'x', headers);
    expect([answer.status, answer.error.Code]).toEqual([501, 'NotImplemented']);
  });

  it('If-Match of a delete', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'test');
    const remove = (etag: string) => s3.get('a', [['If-Match', etag]], { method: 'DELETE' });
    expect((await remove(OTHER)).status).toBe(412);
    expect((await remove(ETAG)).status).toBe(204);
    expect((await remove(ETAG)).status).toBe(204);
    expect((await s3.get('a')).status).toBe(404);
  });
});
