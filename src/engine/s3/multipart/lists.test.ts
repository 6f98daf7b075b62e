import { describe, expect, it } from 'vitest';
import { createMultipartHarness, type RestMode } from '../../../testing/multipartHarness.ts';

const all = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, inner]) => inner);
const first = (text: string, name: string) => all(text, name)[0];

describe('ListParts', () => {
  const withParts = async (mode: RestMode = 'SSE-S3', algorithm?: string) => {
    const s3 = await createMultipartHarness();
    const extra = algorithm === undefined ? [] : ([['x-amz-checksum-algorithm', algorithm]] as const);
    const upload = { name: 'a', id: await s3.open('a', [...s3.headersOf(mode), ...extra]) };
    for (const number of [1, 3, 7]) {
      const own = mode === 'SSE-C' ? s3.headersOf(mode) : [];
      const sums = algorithm === undefined ? [] : ([['x-amz-checksum-crc32', 'NSRBwg==']] as const);
      expect((await s3.part(upload, number, 'abc', [...own, ...sums])).status).toBe(200);
    }
    const list = (query = '') => s3.onObject('GET', 'a', `uploadId=${encodeURIComponent(upload.id)}${query}`);
    return { s3, upload, list };
  };

  it('tells number, size, ETag and time of every part, and who began it', async () => {
    const { list, upload } = await withParts();
    const { text } = await list();
    expect(all(text, 'PartNumber')).toEqual(['1', '3', '7']);
    expect(all(text, 'Size')).toEqual(['3', '3', '3']);
    expect(first(text, 'ETag')).toBe('&quot;900150983cd24fb0d6963f7d28e17f72&quot;');
    expect(first(text, 'LastModified')).toBe('2026-11-21T10:00:00.000Z');
    expect(first(text, 'UploadId')).toBe(upload.id);
    expect(first(text, 'StorageClass')).toBe('STANDARD');
    expect(first(text, 'IsTruncated')).toBe('false');
    expect(text).toMatch(/<Initiator><ID>[^<]+<\/ID><\/Initiator><Owner><ID>[0-9a-f]{64}<\/ID><\/Owner>/);
  });

  it('comes in pages', async () => {
    const { list } = await withParts();
    const one = (await list('&max-parts=2')).text;
    expect([all(one, 'PartNumber'), first(one, 'IsTruncated'), first(one, 'NextPartNumberMarker')]).toEqual([
      ['1', '3'],
      'true',
      '3',
    ]);
    const two = (await list('&max-parts=2&part-number-marker=3')).text;
    expect([all(two, 'PartNumber'), first(two, 'IsTruncated')]).toEqual([['7'], 'false']);
  });

  it.each(['-1', 'x', '1e3', '99999999999'])('refuses max-parts %s', async sent => {
    const { list } = await withParts();
    const answer = await list(`&max-parts=${sent}`);
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
  });

  it.each<RestMode>(['SSE-S3', 'SSE-KMS cmk', 'SSE-KMS cmk, Bucket Key', 'DSSE-KMS', 'SSE-C'])(
    'tells the checksums in mode %s, though KMS modes keep them encrypted (F-GEN-010, F-KSM-054)',
    async mode => {
      const { s3, list } = await withParts(mode, 'CRC32');
      const { text } = await list();
      expect(all(text, 'ChecksumCRC32')).toEqual(['NSRBwg==', 'NSRBwg==', 'NSRBwg==']);
      expect([first(text, 'ChecksumAlgorithm'), first(text, 'ChecksumType')]).toEqual(['CRC32', 'COMPOSITE']);
      const kinds = s3.cloud.rooms['s3.disk'].ids().map(id => s3.cloud.recorder.get(id).kind);
      expect(kinds.filter(kind => kind === 'encrypted-checksum').length).toBe(mode.includes('KMS') ? 3 : 0);
      expect(s3.complaints).toEqual([]);
    },
  );
});

describe('ListMultipartUploads', () => {
  const NAMES = ['b', 'dir/one', 'dir/two', 'a', 'dir/deep/x', 'ü&'];
  const withUploads = async () => {
    const s3 = await createMultipartHarness();
    for (const name of NAMES) {
      await s3.open(name);
      s3.clock.now += 1000;
    }
    const second = await s3.open('a');
    const list = (query = '') => s3.send({ path: '/the-bucket', query: `uploads${query}` });
    return { s3, second, list };
  };

  it('lists by name, then by beginning, and not what is over', async () => {
    const { s3, second, list } = await withUploads();
    const { text } = await list();
    expect(all(text, 'Key')).toEqual(['a', 'a', 'b', 'dir/deep/x', 'dir/one', 'dir/two', 'ü&amp;']);
    expect(all(text, 'UploadId')[1]).toBe(second);
    expect(first(text, 'Initiated')).toBe('2026-11-21T10:00:03.000Z');
    const part = await s3.part({ name: 'a', id: second }, 1, 'x');
    await s3.complete({ name: 'a', id: second }, [[1, part.header('etag') ?? '']]);
    expect(all((await list()).text, 'Key').filter(name => name === 'a')).toHaveLength(1);
  });

  it('says where a next page would begin on the last page too, and refuses the upload of another object as marker', async () => {
    const { s3, second, list } = await withUploads();
    const { text } = await list('&prefix=a');
    expect([all(text, 'NextKeyMarker'), all(text, 'NextUploadIdMarker')]).toEqual([['a'], [second]]);
    expect((await list('&prefix=none')).text).toContain('<NextKeyMarker/><NextUploadIdMarker/>');
    const answer = await list(`&key-marker=b&upload-id-marker=${second}`);
    expect([answer.code, all(answer.text, 'Message')]).toEqual(['InvalidArgument', ['Invalid uploadId marker']]);
    expect((await list('&key-marker=a&upload-id-marker=x')).code).toBe('InvalidArgument');
    const [firstId = ''] = all((await list()).text, 'UploadId');
    await s3.onObject('DELETE', 'a', `uploadId=${firstId}`);
    expect(all((await list(`&prefix=a&key-marker=a&upload-id-marker=${firstId}`)).text, 'Key').length).toBeLessThan(2);
  });

  it('groups names by a delimiter under a prefix, and encodes them when asked', async () => {
    const { list } = await withUploads();
    const grouped = (await list('&delimiter=%2F')).text;
    expect(all(grouped, 'Key')).toEqual(['a', 'a', 'b', 'ü&amp;']);
    expect(grouped).toContain('<CommonPrefixes><Prefix>dir/</Prefix></CommonPrefixes>');
    const under = (await list('&prefix=dir%2F&delimiter=%2F')).text;
    expect(all(under, 'Key')).toEqual(['dir/one', 'dir/two']);
    expect(under).toContain('<CommonPrefixes><Prefix>dir/deep/</Prefix></CommonPrefixes>');
    expect(all((await list('&encoding-type=url')).text, 'Key').at(-1)).toBe('%C3%BC%26');
    expect((await list('&encoding-type=base64')).code).toBe('InvalidArgument');
  });

  it.each([1, 2, 3])('gives every upload exactly once in pages of %i', async size => {
    const { list } = await withUploads();
    for (const extra of ['', '&delimiter=%2F']) {
      const whole = (await list(extra)).text;
      const names: (string | undefined)[] = [];
      let marker = '';
      for (let page = 0; page < 10; page++) {
        const { text } = await list(`${extra}&max-uploads=${size}${marker}`);
        names.push(...all(text, 'UploadId').filter(id => id !== ''), ...all(text, 'Prefix'));
        if (first(text, 'IsTruncated') !== 'true') break;
        const id = first(text, 'NextUploadIdMarker');
        marker = `&key-marker=${encodeURIComponent((first(text, 'NextKeyMarker') ?? '').replaceAll('&amp;', '&'))}${
          id === undefined ? '' : `&upload-id-marker=${encodeURIComponent(id)}`
        }`;
      }
      expect(names.sort()).toEqual([...all(whole, 'UploadId').filter(id => id !== ''), ...all(whole, 'Prefix')].sort());
    }
  });

  it('needs a right of its own', async () => {
    const { s3 } = await withUploads();
    const answer = await s3.send({ path: '/the-bucket', query: 'uploads', as: 'stranger' });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
  });
});
