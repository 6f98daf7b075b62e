import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createS3Harness } from '../../../testing/s3Harness.ts';
import { formatContentRange, parseRange } from './byteRange.ts';

describe('a Range header', () => {
  it.each([
    ['bytes=0-4', 10, { start: 0, end: 5 }],
    ['bytes=5-', 10, { start: 5, end: 10 }],
    ['bytes=-3', 10, { start: 7, end: 10 }],
    ['bytes=-30', 10, { start: 0, end: 10 }],
    ['bytes=0-99', 10, { start: 0, end: 10 }],
    ['bytes=9-9', 10, { start: 9, end: 10 }],
    ['BYTES=1-1', 10, { start: 1, end: 2 }],
    [`bytes=0-${'9'.repeat(400)}`, 10, { start: 0, end: 10 }],
  ] as const)('%s of %i bytes is a part', (header, size, range) => {
    expect(parseRange(header, size)).toEqual(range);
  });

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-12', 10],
    ['bytes=-0', 10],
    ['bytes=0-0', 0],
    ['bytes=-5', 0],
    [`bytes=${'9'.repeat(400)}-`, 10],
  ])('%s of %i bytes cannot be satisfied', (header, size) => {
    expect(parseRange(header, size)).toBe('unsatisfiable');
  });

  it.each([
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=0-1,4-5',
    'bytes=a-b',
    'items=0-1',
    'bytes=0x1-',
  ])('%s does not count', header => {
    expect(parseRange(header, 10)).toBeUndefined();
  });

  it('is answered with its place in the whole', () => {
    expect(formatContentRange({ start: 2, end: 5 }, 10)).toBe('bytes 2-4/10');
  });
});

describe('a GET of a range', () => {
  it.each(['sse-s3', 'sse-kms-cmk', 'dsse-kms', 'none'] as const)(
    'is the slice of the object, whatever its size, in mode %s',
    async mode => {
      const s3 = await createS3Harness(mode);
      const sizes = fc.constantFrom(1, 15, 16, 17, 4096, 262_143, 262_144, 262_145, 1_048_576);
      await fc.assert(
        fc.asyncProperty(sizes, fc.nat(), fc.nat(), fc.nat(2), async (size, one, two, form) => {
          const bytes = new Uint8Array(size).map((_, at) => (at * 31 + (at >> 8)) % 256);
          await s3.put('a', '', [], { body: bytes });
          const [start, last] = [one % size, two % size].sort((a, b) => a - b) as [number, number];
          const [header, slice] = [
            [`bytes=${start}-${last}`, bytes.slice(start, last + 1)],
            [`bytes=${start}-`, bytes.slice(start)],
            [`bytes=-${last + 1}`, bytes.slice(size - last - 1)],
          ][form] as [string, Uint8Array];
          const answer = await s3.get('a', [['range', header]]);
          expect(answer.status).toBe(206);
          expect(Buffer.compare(answer.bytes, slice)).toBe(0);
          expect(answer.header('content-length')).toBe(String(slice.length));
          expect(answer.header('content-range')).toMatch(new RegExp(`^bytes \\d+-\\d+/${size}$`));
        }),
        { numRuns: 12 },
      );
    },
  );

  it('of several ranges, or of none that can be read, is the whole object', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', '0123456789');
    for (const range of ['bytes=0-1,4-5', 'bytes=5-4', 'lines=1-2']) {
      const answer = await s3.get('a', [['range', range]]);
      expect([answer.status, answer.text, answer.header('content-range')]).toEqual([200, '0123456789', undefined]);
    }
  });

  it('beyond the end is 416, with the object’s size', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', '0123456789');
    const answer = await s3.get('a', [['range', 'bytes=10-20']]);
    expect([answer.status, answer.error]).toEqual([
      416,
      expect.objectContaining({
        Code: 'InvalidRange',
        Message: 'The requested range is not satisfiable',
        RangeRequested: 'bytes=10-20',
        ActualObjectSize: '10',
      }),
    ]);
  });

  it('tells no checksum of the whole, unless it is the whole', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', '0123456789');
    const mode = ['x-amz-checksum-mode', 'ENABLED'] as const;
    const told = async (range: string) =>
      (await s3.get('a', [mode, ['range', range]])).header('x-amz-checksum-crc64nvme');
    expect(await told('bytes=0-4')).toBeUndefined();
    expect(await told('bytes=0-9')).toBeDefined();
  });

  it('may be asked for as part 1 of an object that has only one', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', '0123456789');
    const part = (partNumber: string) => s3.get('a', [], { query: `partNumber=${partNumber}` });
    const first = await part('1');
    expect([first.status, first.text, first.header('content-range'), first.header('x-amz-mp-parts-count')]).toEqual([
      206,
      '0123456789',
      'bytes 0-9/10',
      undefined,
    ]);
    const second = await part('2');
    expect([second.status, second.error.Code, second.error.ActualPartCount]).toEqual([416, 'InvalidPartNumber', '1']);
    for (const bad of ['0', '10001', 'x', '', '-1']) {
      const answer = await part(bad);
      expect([answer.status, answer.error.Code, answer.error.ArgumentName]).toEqual([
        400,
        'InvalidArgument',
        'partNumber',
      ]);
    }
    const both = await s3.get('a', [['range', 'bytes=0-1']], { query: 'partNumber=1' });
    expect([both.status, both.error.Message]).toEqual([
      400,
      'Cannot specify both Range header and partNumber query parameter',
    ]);
  });
});
