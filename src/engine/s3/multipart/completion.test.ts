import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { configure, createMultipartHarness, MIB, patterned, type RestMode } from '../../../testing/multipartHarness.ts';
import { copyOf, utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  computeChecksum,
  computeComposite,
} from '../../crypto/checksums.ts';

const FIRST = patterned(5 * MIB, 4);
const LAST = utf8('the end');
const field = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

describe('the checksum of an object made of parts', () => {
  it.each<[ChecksumAlgorithm, 'COMPOSITE' | 'FULL_OBJECT', RestMode]>([
    ['CRC32', 'COMPOSITE', 'SSE-S3'],
    ['CRC32', 'FULL_OBJECT', 'SSE-KMS cmk'],
    ['CRC32C', 'FULL_OBJECT', 'SSE-C'],
    ['CRC64NVME', 'FULL_OBJECT', 'DSSE-KMS'],
    ['SHA1', 'COMPOSITE', 'SSE-S3'],
    ['SHA256', 'COMPOSITE', 'SSE-KMS cmk, Bucket Key'],
  ])(
    '%s, %s, in mode %s is the one the client can compute',
    async (algorithm, type, mode) => {
      const s3 = await createMultipartHarness();
      const { header, element } = CHECKSUM_ALGORITHMS[algorithm];
      const own = mode === 'SSE-C' ? s3.headersOf(mode) : [];
      const upload = {
        name: 'a',
        id: await s3.open('a', [
          ...s3.headersOf(mode),
          ['x-amz-checksum-algorithm', algorithm],
          ['x-amz-checksum-type', type],
        ]),
      };
      const digests = [await computeChecksum(algorithm, FIRST.slice()), await computeChecksum(algorithm, LAST)];
      const parts: [number, string, string][] = [];
      for (const [index, body] of [FIRST, LAST].entries()) {
        const text = toBase64(digests[index] ?? new Uint8Array());
        const answer = await s3.part(upload, index + 1, body, [...own, [header, text]]);
        expect(answer.header(header)).toBe(text);
        parts.push([index + 1, answer.header('etag') ?? '', `<${element}>${text}</${element}>`]);
      }
      const whole = copyOf(Buffer.concat([FIRST, LAST]));
      const expected =
        type === 'COMPOSITE'
          ? `${toBase64(await computeComposite(algorithm, digests))}-2`
          : toBase64(await computeChecksum(algorithm, whole));
      const wrong = await s3.complete(upload, parts, { headers: [[header, toBase64(new Uint8Array(4))]] });
      expect([wrong.status, wrong.code]).toEqual([400, 'BadDigest']);
      const done = await s3.complete(upload, parts, { headers: [[header, expected]] });
      expect(field(done.text, element), done.text).toBe(expected);
      expect(field(done.text, 'ChecksumType')).toBe(type);
      const head = await s3.onObject('HEAD', 'a', '', { headers: [...own, ['x-amz-checksum-mode', 'ENABLED']] });
      expect(head.header(header)).toBe(expected);
      expect(head.header('x-amz-checksum-type')).toBe(type);
      expect(s3.complaints).toEqual([]);
    },
    20_000,
  );

  it('a named part of another checksum is no part of it; one that is missing from a composite is asked for', async () => {
    const s3 = await createMultipartHarness();
    const upload = { name: 'a', id: await s3.open('a', [['x-amz-checksum-algorithm', 'CRC32']]) };
    const part = await s3.part(upload, 1, 'abc', [['x-amz-checksum-crc32', 'NSRBwg==']]);
    const etag = part.header('etag') ?? '';
    const wrong = await s3.complete(upload, [[1, etag, '<ChecksumCRC32>AAAAAA==</ChecksumCRC32>']]);
    expect(wrong.code).toBe('InvalidPart');
    const missing = await s3.complete(upload, [[1, etag]]);
    expect(missing.code).toBe('InvalidRequest');
    expect(missing.text).toContain('It was missing for part 1 in the request.');
  });
});

describe('completing', () => {
  const uploaded = async (name = 'a') => {
    const s3 = await createMultipartHarness();
    const upload = { name, id: await s3.open(name, [['x-amz-meta-colour', 'blue']]) };
    const part = await s3.part(upload, 1, 'one');
    return { s3, upload, parts: [[1, part.header('etag') ?? '']] as [number, string][] };
  };

  it('answers the same when it is sent once more, and an other request is for no upload', async () => {
    const { s3, upload, parts } = await uploaded();
    const first = await s3.complete(upload, parts);
    const again = await s3.complete(upload, parts);
    expect(again.status).toBe(200);
    expect(again.text).toBe(first.text);
    expect((await s3.complete(upload, [[1, 'other']])).code).toBe('NoSuchUpload');
    s3.clock.now += 25 * 60 * 60 * 1000;
    await s3.open('b');
    expect((await s3.complete(upload, parts)).code).toBe('NoSuchUpload');
  });

  it('tells where the object is, and keeps what Create was told', async () => {
    const { s3, upload, parts } = await uploaded('dir/ü.txt');
    const done = await s3.complete(upload, parts);
    expect(field(done.text, 'Location')).toBe('https://s3.eu-central-1.amazonaws.com/the-bucket/dir/%C3%BC.txt');
    expect(field(done.text, 'Key')).toBe('dir/ü.txt');
    const got = await s3.onObject('GET', upload.name);
    expect(got.header('x-amz-meta-colour')).toBe('blue');
    expect(got.text).toBe('one');
  });

  it('uses the newest part of a number, and drops from the disks what was replaced or not named', async () => {
    const { s3, upload } = await uploaded();
    const onDisk = () => s3.cloud.rooms['s3.disk'].ids().length;
    const before = onDisk();
    const replaced = await s3.part(upload, 1, 'newer');
    expect(onDisk()).toBe(before);
    await s3.part(upload, 7, 'not named');
    await s3.complete(upload, [[1, replaced.header('etag') ?? '']]);
    // Body, part's checksum and locked key of one object; a checksum of one part is that of the whole.
    expect(onDisk()).toBe(before);
    expect((await s3.onObject('GET', 'a')).text).toBe('newer');
    await s3.onObject('DELETE', 'a');
    expect(onDisk()).toBeLessThan(before);
    expect(s3.complaints).toEqual([]);
  });

  it('aborting answers 204 and leaves nothing of the upload on the disks', async () => {
    const s3 = await createMultipartHarness();
    const before = s3.cloud.rooms['s3.disk'].ids();
    const upload = { name: 'a', id: await s3.open('a', s3.headersOf('SSE-KMS cmk')) };
    await s3.part(upload, 1, 'one');
    await s3.part(upload, 1, 'two');
    const answer = await s3.onObject('DELETE', 'a', `uploadId=${encodeURIComponent(upload.id)}`);
    expect(answer.status).toBe(204);
    expect(s3.cloud.rooms['s3.disk'].ids()).toEqual(before);
    expect(s3.complaints).toEqual([]);
  });

  it('makes a version of its own in a bucket that keeps versions', async () => {
    const { s3, upload, parts } = await uploaded();
    const xml = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    const md5 = createHash('md5').update(xml).digest('base64');
    await s3.send({
      method: 'PUT',
      path: '/the-bucket',
      query: 'versioning',
      body: xml,
      headers: [['content-md5', md5]],
    });
    const put = await s3.onObject('PUT', 'a', '', { body: 'before' });
    const done = await s3.complete(upload, parts);
    expect(done.header('x-amz-version-id')).toMatch(/^[A-Za-z0-9._]{32}$/);
    expect((await s3.onObject('GET', 'a')).text).toBe('one');
    expect((await s3.onObject('GET', 'a', `versionId=${put.header('x-amz-version-id')}`)).text).toBe('before');
  });

  it('F-MPU-002: without headers at Create the bucket’s default counts', async () => {
    const s3 = await createMultipartHarness();
    await configure(
      s3,
      `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${s3.kmsKeyArn}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`,
    );
    const created = await s3.onObject('POST', 'a', 'uploads');
    expect(created.header('x-amz-server-side-encryption')).toBe('aws:kms');
    expect(created.header('x-amz-server-side-encryption-bucket-key-enabled')).toBe('true');
  });

  it.each([
    ['SSE-KMS cmk', ['GenerateDataKey', 'Decrypt', 'Decrypt']],
    ['SSE-KMS cmk, Bucket Key', ['GenerateDataKey']],
    ['DSSE-KMS', ['GenerateDataKey', 'Decrypt', 'Decrypt']],
    ['SSE-S3', []],
  ] as [RestMode, string[]][])('F-MPU-003: in mode %s KMS is asked for %j', async (mode, calls) => {
    const s3 = await createMultipartHarness();
    const upload = { name: 'a', id: await s3.open('a', s3.headersOf(mode)) };
    await s3.part(upload, 1, 'one');
    const last = await s3.part(upload, 2, 'two');
    await s3.complete(upload, [[2, last.header('etag') ?? '']]);
    expect(s3.kmsCalls()).toEqual(calls);
  });
});
