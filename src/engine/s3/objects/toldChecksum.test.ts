import { beforeAll, describe, expect, it } from 'vitest';
import {
  createMultipartHarness,
  MIB,
  type MultipartHarness,
  patterned,
  type RestMode,
} from '../../../testing/multipartHarness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { computeChecksum } from '../../crypto/checksums.ts';
import type { Header } from '../../index.ts';

const MODE: Header = ['x-amz-checksum-mode', 'ENABLED'];
const BODIES = [patterned(5 * MIB), patterned(10)].map(body => new Uint8Array(body));

describe.each<[RestMode, Header[], 'COMPOSITE' | 'FULL_OBJECT' | undefined]>([
  ['SSE-S3', [['x-amz-checksum-algorithm', 'CRC32']], 'COMPOSITE'],
  [
    'SSE-S3',
    [
      ['x-amz-checksum-algorithm', 'CRC32'],
      ['x-amz-checksum-type', 'FULL_OBJECT'],
    ],
    'FULL_OBJECT',
  ],
  ['SSE-KMS cmk', [['x-amz-checksum-algorithm', 'CRC32']], 'COMPOSITE'],
  ['DSSE-KMS', [['x-amz-checksum-algorithm', 'CRC32']], 'COMPOSITE'],
  ['SSE-C', [['x-amz-checksum-algorithm', 'CRC32']], 'COMPOSITE'],
  ['SSE-S3', [], undefined],
])('of an object of two parts in mode %s, uploaded with %o', (mode, wanted, type) => {
  let s3: MultipartHarness;
  let own: readonly Header[];
  const sums: string[] = [];
  const read = (method: string, query: string, more: readonly Header[]) =>
    s3.onObject(method, 'a', query, { headers: [MODE, ...own, ...more] });

  beforeAll(async () => {
    s3 = await createMultipartHarness();
    own = mode === 'SSE-C' ? s3.headersOf(mode) : [];
    const upload = { name: 'a', id: await s3.open('a', [...s3.headersOf(mode), ...wanted]) };
    const parts: [number, string, string][] = [];
    for (const [at, body] of BODIES.entries()) {
      const sum = toBase64(await computeChecksum('CRC32', body));
      sums.push(sum);
      const part = await s3.part(upload, at + 1, body, [...own, ['x-amz-checksum-crc32', sum]]);
      parts.push([at + 1, part.header('etag') ?? '', type ? `<ChecksumCRC32>${sum}</ChecksumCRC32>` : '']);
    }
    expect((await s3.complete(upload, parts)).status).toBe(200);
  }, 30_000);

  it.each(['GET', 'HEAD'])(
    'a %s of one part, by number or by range, tells that part’s, if there is one',
    async method => {
      const rows: [string, Header[], string | undefined][] = [
        ['partNumber=1', [], sums[0]],
        ['partNumber=2', [], sums[1]],
        ['', [['range', `bytes=0-${5 * MIB - 1}`]], sums[0]],
        ['', [['range', 'bytes=-10']], sums[1]],
        ['', [['range', 'bytes=-9']], undefined],
        ['', [['range', 'bytes=0-9']], undefined],
      ];
      for (const [query, headers, sum] of rows) {
        const answer = await read(method, query, headers);
        const told = type === undefined || sum === undefined ? [undefined, undefined] : [sum, type];
        expect(answer.status).toBe(206);
        expect([answer.header('x-amz-checksum-crc32'), answer.header('x-amz-checksum-type')]).toEqual(told);
      }
      expect(s3.complaints).toEqual([]);
    },
  );

  it.each(['GET', 'HEAD'])('a %s of all of it tells the object’s', async method => {
    for (const headers of [[], [['range', 'bytes=0-']]] as Header[][]) {
      const answer = await read(method, '', headers);
      const text = answer.header(`x-amz-checksum-${type ? 'crc32' : 'crc64nvme'}`);
      expect(answer.header('x-amz-checksum-type')).toBe(type ?? 'FULL_OBJECT');
      expect(text?.endsWith('-2')).toBe(type === 'COMPOSITE');
    }
  });
});

describe('GetObjectAttributes', () => {
  it('lists no parts of an upload for which nobody asked a checksum', async () => {
    const s3 = await createMultipartHarness();
    const upload = { name: 'a', id: await s3.open('a', s3.headersOf('SSE-KMS cmk')) };
    await s3.complete(upload, [[1, (await s3.part(upload, 1, 'abc')).header('etag') ?? '']]);
    const headers: Header[] = [['x-amz-object-attributes', 'ObjectParts,Checksum']];
    const { text } = await s3.onObject('GET', 'a', 'attributes', { headers });
    expect(text).toContain('<ObjectParts><PartsCount>1</PartsCount></ObjectParts>');
  });
});
