import { describe, expect, it } from 'vitest';
import { createS3Harness, type S3Harness } from '../../../testing/s3Harness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import type { Header } from '../../http/message.ts';
import { formatUserMetadata } from './userMetadata.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('headers that are kept with an object', () => {
  it('come back as they were sent', async () => {
    const s3 = await createS3Harness();
    const sent: Header[] = [
      ['Content-Type', 'text/plain'],
      ['Cache-Control', 'max-age=60'],
      ['Content-Disposition', 'attachment; filename="a.txt"'],
      ['Content-Language', 'de'],
      ['Content-Encoding', 'gzip'],
      ['Expires', 'Sat, 21 Nov 2026 11:00:00 GMT'],
      ['x-amz-website-redirect-location', 'https://example.com/'],
      ['x-amz-storage-class', 'STANDARD_IA'],
    ];
    await s3.put('a', 'x', sent);
    const { header } = await s3.get('a');
    for (const [name, value] of sent) expect([name, header(name)]).toEqual([name, value]);
  });

  it('a type there always is, a storage class only when it is not STANDARD', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [['x-amz-storage-class', 'STANDARD']]);
    const { header } = await s3.get('a');
    expect([header('content-type'), header('x-amz-storage-class')]).toEqual(['binary/octet-stream', undefined]);
  });

  it('aws-chunked is framing and not kept', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [['Content-Encoding', 'aws-chunked,gzip']]);
    await s3.put('b', 'x', [['Content-Encoding', 'aws-chunked']]);
    expect([(await s3.get('a')).header('content-encoding'), (await s3.get('b')).header('content-encoding')]).toEqual([
      'gzip',
      undefined,
    ]);
  });

  it('may be replaced in one answer, by those who sign', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [
      ['Content-Type', 'text/plain'],
      ['Cache-Control', 'no-cache'],
    ]);
    const query = 'response-cache-control=b&response-content-type=a%2Fb';
    const { header } = await s3.get('a', [], { query });
    expect([header('content-type'), header('cache-control')]).toEqual(['a/b', 'b']);
    const anonymous = await s3.get('a', [], { query, as: 'anonymous' });
    expect([anonymous.status, anonymous.error.Message]).toEqual([
      400,
      'Request specific response headers cannot be used for anonymous GET requests.',
    ]);
  });

  it.each(['a%0D%0AX-Evil%3A1', '%E2%80%94', '%FF'])(
    'are not replaced by %s, which no header can hold',
    async value => {
      const s3 = await createS3Harness();
      await s3.put('a', 'x');
      const { status, error } = await s3.get('a', [], { query: `response-content-type=${value}` });
      expect([status, error.Code, error.Message]).toEqual([
        400,
        'InvalidArgument',
        'Header value cannot be represented using ISO-8859-1.',
      ]);
    },
  );

  it.each([
    [['x-amz-storage-class', 'COLD'], 'InvalidStorageClass', 'The storage class you specified is not valid'],
    [
      ['x-amz-website-redirect-location', 'example.com'],
      'InvalidRedirectLocation',
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    ],
    [['x-amz-acl', 'public-read'], 'AccessControlListNotSupported', 'The bucket does not allow ACLs'],
    [['x-amz-grant-read', 'id="x"'], 'AccessControlListNotSupported', 'The bucket does not allow ACLs'],
    [['x-amz-acl', 'nonsense'], 'InvalidArgument', ''],
    [['x-amz-object-lock-legal-hold', 'ON'], 'InvalidRequest', 'Bucket is missing Object Lock Configuration'],
  ] as [Header, string, string][])('%j is refused', async (header, code, message) => {
    const s3 = await createS3Harness();
    const { status, error } = await s3.put('a', 'x', [header]);
    expect([status, error.Code, error.Message]).toEqual([400, code, message]);
  });

  it('lists that let in nobody else are taken', async () => {
    const s3 = await createS3Harness();
    for (const acl of ['private', 'bucket-owner-full-control']) {
      expect((await s3.put('a', 'x', [['x-amz-acl', acl]])).status).toBe(200);
    }
  });

  it('objects in an archive are not read before they are restored', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [['x-amz-storage-class', 'GLACIER']]);
    const { status, error } = await s3.get('a');
    expect([status, error.Code, error.StorageClass]).toEqual([403, 'InvalidObjectState', 'GLACIER']);
    expect((await s3.get('a', [], { method: 'HEAD' })).header('x-amz-storage-class')).toBe('GLACIER');
  });
});

describe('an object’s name', () => {
  it('has at most 1,024 bytes of UTF-8', async () => {
    const s3 = await createS3Harness();
    expect((await s3.put('ü'.repeat(512), 'x')).status).toBe(200);
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const { status, error } = await s3.get('ü'.repeat(513), [], { method });
      expect([status, error]).toEqual([
        400,
        expect.objectContaining({ Code: 'KeyTooLongError', Size: '1026', MaxSizeAllowed: '1024' }),
      ]);
    }
  });
});

describe('user metadata', () => {
  it('is at most 2 KB, names and values', async () => {
    const s3 = await createS3Harness();
    const put = (length: number) => s3.put('a', 'x', [['x-amz-meta-name', 'v'.repeat(length)]]);
    expect((await put(2044)).status).toBe(200);
    const { error } = await put(2045);
    expect(error).toMatchObject({ Code: 'MetadataTooLarge', Size: '2049', MaxSizeAllowed: '2048' });
  });

  it('of one name several times is joined', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [], {
      headers: [
        ['x-amz-meta-a', '1'],
        ['x-amz-meta-b', '2'],
      ],
      afterSigning: request => request,
    });
    expect((await s3.get('a')).header('x-amz-meta-b')).toBe('2');
  });

  it.each([
    ['plain text', 'plain text'],
    ['ÄMÄZÕÑ S3', '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?='],
    ['\u0000\u0001\u0002\u0003\u0004', '=?UTF-8?B?AAECAwQ=?='],
    ['=?UTF-8?B?AAECAwQ=?=', '=?UTF-8?B?AAECAwQ=?='],
  ])('%j goes back as %s (RFC 2047)', (value, expected) => {
    expect(formatUserMetadata([['x-amz-meta-a', value]])).toEqual([['x-amz-meta-a', expected]]);
  });
});

describe('tags', () => {
  const tagging = (s3: S3Harness, method: string, body = '', more = {}) =>
    s3.get('a', body === '' ? [] : [['content-md5', toBase64(md5(utf8(body)))]], {
      method,
      query: 'tagging',
      body,
      ...more,
    });
  const xml = (...tags: readonly (readonly [string, string])[]) =>
    `<Tagging><TagSet>${tags.map(([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`;

  it('come with the object, are read, replaced and removed, and change neither its ETag nor its date (F-ETG-006)', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', [['x-amz-tagging', 'team=red%20one&empty']]);
    const before = await s3.get('a');
    expect(before.header('x-amz-tagging-count')).toBe('2');
    expect((await tagging(s3, 'GET')).text).toContain(
      '<TagSet><Tag><Key>team</Key><Value>red one</Value></Tag><Tag><Key>empty</Key><Value/></Tag></TagSet>',
    );
    expect((await tagging(s3, 'PUT', xml(['a', 'b']))).status).toBe(200);
    expect((await tagging(s3, 'GET')).text).toContain('<TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet>');
    const after = await s3.get('a');
    expect([after.header('etag'), after.header('last-modified'), after.text]).toEqual([
      before.header('etag'),
      before.header('last-modified'),
      'x',
    ]);
    expect((await tagging(s3, 'DELETE')).status).toBe(204);
    expect((await tagging(s3, 'GET')).text).toContain('<TagSet/>');
    expect((await s3.get('a')).header('x-amz-tagging-count')).toBeUndefined();
  });

  const eleven = Array.from({ length: 11 }, (_, at) => [`t${at}`, ''] as const);
  it.each([
    ['more than ten', xml(...eleven), 'BadRequest', 'Object tags cannot be greater than 10'],
    ['one name twice', xml(['a', 'b'], ['a', 'c']), 'InvalidTag', 'Cannot provide multiple Tags with the same key'],
    ['a name of AWS’s', xml(['aws:x', 'y']), 'InvalidTag', 'Your TagKey cannot be prefixed with aws:'],
    ['a long name', xml(['n'.repeat(129), '']), 'InvalidTag', 'The TagKey you have provided is invalid'],
    ['no name', xml(['', 'x']), 'InvalidTag', 'The TagKey you have provided is invalid'],
    ['a long value', xml(['n', 'v'.repeat(257)]), 'InvalidTag', 'The TagValue you have provided is invalid'],
    ['a strange value', xml(['n', 'a*b']), 'InvalidTag', 'The TagValue you have provided is invalid'],
    ['no XML', 'x', 'MalformedXML', expect.any(String)],
    ['no set', '<Tagging/>', 'MalformedXML', expect.any(String)],
    [
      'a tag without value',
      '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
      'MalformedXML',
      expect.any(String),
    ],
  ])('%s is refused', async (_what, body, code, message) => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const { status, error } = await tagging(s3, 'PUT', body);
    expect([status, error.Code, error.Message]).toEqual([400, code, message]);
  });

  it.each(['a=1&a=2', '%ff=1', 'a=%'])('the header %s is refused', async header => {
    const s3 = await createS3Harness();
    const { status, error } = await s3.put('a', 'x', [['x-amz-tagging', header]]);
    expect([status, error.Code, error.ArgumentName]).toEqual([400, 'InvalidArgument', 'x-amz-tagging']);
  });

  it('of exactly ten, 128 and 256 characters are taken', async () => {
    const s3 = await createS3Harness();
    const many = [...eleven.slice(0, 9), ['ü'.repeat(128), 'ö'.repeat(256)] as const];
    await s3.put('a', 'x');
    expect((await tagging(s3, 'PUT', xml(...many))).status).toBe(200);
  });

  it('of an object that is not there cannot be', async () => {
    const s3 = await createS3Harness();
    for (const method of ['GET', 'DELETE']) expect((await tagging(s3, method)).error.Code).toBe('NoSuchKey');
  });
});

describe('the access control list of an object', () => {
  it('gives its owner all, and takes nothing else', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const acl = await s3.get('a', [], { query: 'acl' });
    expect(acl.text).toMatch(/<Owner><ID>([0-9a-f]{64})<\/ID><\/Owner>.*<ID>\1<\/ID><\/Grantee>/);
    expect(acl.text).not.toContain('DisplayName');
    expect(acl.text).toContain('xsi:type="CanonicalUser"');
    expect(acl.text).toContain('<Permission>FULL_CONTROL</Permission>');
    const put = (headers: readonly Header[], body = '') => s3.get('a', headers, { method: 'PUT', query: 'acl', body });
    expect((await put([['x-amz-acl', 'private']])).status).toBe(200);
    expect((await put([['x-amz-acl', 'public-read']])).error.Code).toBe('AccessControlListNotSupported');
    const body = acl.text;
    expect((await put([], body)).status).toBe(200);
    expect((await put([], body.replace('FULL_CONTROL', 'READ'))).error.Code).toBe('AccessControlListNotSupported');
    expect((await put([], '<x/>')).error.Code).toBe('MalformedXML');
  });
});

describe('checksums', () => {
  const VALUES: Readonly<Record<string, string>> = {
    // Of `test`, from outside this repository: zlib, google-crc32c, sha1sum, sha256sum.
    crc32: '2H9+DA==',
    crc32c: 'hqBywA==',
    sha1: 'qUqP5cyxm6YcTAhz05Hph5gvu9M=',
    sha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
  };
  it.each(Object.entries(VALUES))('%s is checked, kept and told', async (algorithm, value) => {
    const s3 = await createS3Harness();
    const name = `x-amz-checksum-${algorithm}`;
    const put = await s3.put('a', 'test', [[name, value]]);
    expect([put.status, put.header(name), put.header('x-amz-checksum-type')]).toEqual([200, value, 'FULL_OBJECT']);
    expect((await s3.get('a', [['x-amz-checksum-mode', 'ENABLED']])).header(name)).toBe(value);
    expect((await s3.get('a')).header(name)).toBeUndefined();
    const wrong = await s3.put('a', 'other', [[name, value]]);
    expect([wrong.status, wrong.error.Code, wrong.error.Message]).toEqual([
      400,
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    ]);
    expect((await s3.put('a', 'x', [[name, 'x']])).error.Message).toBe(`Value for ${name} header is invalid.`);
  });

  it('without one S3 makes a CRC64NVME', async () => {
    const s3 = await createS3Harness();
    const put = await s3.put('a', 'test');
    expect(put.header('x-amz-checksum-crc64nvme')).toMatch(/^[A-Za-z0-9+/]{11}=$/);
    expect((await s3.put('b', 'test')).header('x-amz-checksum-crc64nvme')).toBe(put.header('x-amz-checksum-crc64nvme'));
  });

  it('two of them are one too many', async () => {
    const s3 = await createS3Harness();
    const both: Header[] = [
      ['x-amz-checksum-crc32', VALUES.crc32 ?? ''],
      ['x-amz-checksum-sha1', VALUES.sha1 ?? ''],
    ];
    expect((await s3.put('a', 'test', both)).error.Message).toBe(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  });

  it('F-ETG-008: Content-MD5 is checked, whatever the ETag will be', async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    const kms: Header[] = [
      ['x-amz-server-side-encryption', 'aws:kms'],
      ['x-amz-server-side-encryption-aws-kms-key-id', s3.world.names.kmsKeyArn],
    ];
    const right = await s3.put('a', 'test', [...kms, ['content-md5', 'CY9rzUYh03PK3k6DJie09g==']]);
    expect(right.status).toBe(200);
    const wrong = await s3.put('a', 'tost', [...kms, ['content-md5', 'CY9rzUYh03PK3k6DJie09g==']]);
    expect([wrong.status, wrong.error.Code, wrong.error.ExpectedDigest]).toEqual([
      400,
      'BadDigest',
      'CY9rzUYh03PK3k6DJie09g==',
    ]);
    expect((await s3.put('a', 'test', [...kms, ['content-md5', 'x']])).error.Code).toBe('InvalidDigest');
  });
});
