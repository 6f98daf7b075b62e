import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  completion,
  createMultipartHarness,
  type MultipartHarness,
  OTHER_KEY,
  sseC,
} from '../../../testing/multipartHarness.ts';

const opened = async (headers: readonly (readonly [string, string])[] = [], name = 'a.bin') => {
  const s3 = await createMultipartHarness();
  return { s3, upload: { name, id: await s3.open(name, headers) } };
};
const message = (text: string) => /<Message>([^<]*)</.exec(text)?.[1];
const field = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

describe('a part that is refused', () => {
  it.each(['0', '10001', '-1', 'x', '', '1.5', '99999999999999999999'])('number %j is no part number', async number => {
    const { s3, upload } = await opened();
    const answer = await s3.part(upload, number, 'content');
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
    expect(message(answer.text)).toBe('Part number must be an integer between 1 and 10000, inclusive');
    expect(field(answer.text, 'ArgumentName')).toBe('partNumber');
  });

  it.each<[string, (s3: MultipartHarness, upload: { name: string; id: string }) => Promise<unknown>]>([
    ['was never opened', async () => undefined],
    ['was aborted', (s3, upload) => s3.onObject('DELETE', upload.name, `uploadId=${encodeURIComponent(upload.id)}`)],
  ])('an upload that %s answers 404 NoSuchUpload', async (what, prepare) => {
    const { s3, upload } = await opened();
    await prepare(s3, upload);
    const wrong = what === 'was aborted' ? upload : { ...upload, id: '__proto__' };
    const part = await s3.part(wrong, 1, 'content');
    expect([part.status, part.code]).toEqual([404, 'NoSuchUpload']);
    expect(message(part.text)).toBe(
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    );
    const done = await s3.complete(wrong, [[1, 'x']]);
    expect(done.code).toBe('NoSuchUpload');
    const query = `uploadId=${encodeURIComponent(wrong.id)}`;
    expect((await s3.onObject('GET', upload.name, query)).code).toBe('NoSuchUpload');
    expect((await s3.onObject('DELETE', upload.name, query)).code).toBe('NoSuchUpload');
    expect(s3.complaints).toEqual([]);
  });

  it('of another object’s upload answers NoSuchUpload', async () => {
    const { s3, upload } = await opened();
    expect((await s3.part({ ...upload, name: 'b.bin' }, 1, 'content')).code).toBe('NoSuchUpload');
  });

  it.each<[string, readonly (readonly [string, string])[], readonly (readonly [string, string])[]]>([
    ['Create had a key, the part has none', sseC(CUSTOMER_KEY), []],
    ['Create had none, the part has one', [], sseC(CUSTOMER_KEY)],
  ])('F-ERR-014, F-MPU-005: %s', async (_name, atCreate, atPart) => {
    const { s3, upload } = await opened(atCreate);
    const answer = await s3.part(upload, 1, 'content', atPart);
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
    expect(message(answer.text)).toBe(
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    );
    expect(s3.complaints).toEqual([]);
  });

  it('F-ERR-015: another customer key', async () => {
    const { s3, upload } = await opened(sseC(CUSTOMER_KEY));
    const answer = await s3.part(upload, 1, 'content', sseC(OTHER_KEY));
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
    expect(message(answer.text)).toBe('The provided encryption parameters did not match the ones used originally.');
    expect(s3.complaints).toEqual([]);
  });

  it('F-MPU-001: an encryption header on a part', async () => {
    const { s3, upload } = await opened();
    const answer = await s3.part(upload, 1, 'content', [['x-amz-server-side-encryption', 'AES256']]);
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
  });

  it.each<[string, readonly (readonly [string, string])[], boolean]>([
    ['the uploader’s own customer key', sseC(CUSTOMER_KEY), true],
    ['a KMS upload', [['x-amz-server-side-encryption', 'aws:kms']], false],
  ])('over plain HTTP with %s', async (_name, headers, isKeySent) => {
    const { s3, upload } = await opened(headers);
    const answer = await s3.part(upload, 1, 'content', isKeySent ? headers : [], { isSecure: false });
    expect(answer.status).toBe(400);
    expect(message(answer.text)).toContain('must be made over a secure connection');
  });

  it('whose checksum is of another algorithm than the upload’s, or is missing from a composite one', async () => {
    const { s3, upload } = await opened([['x-amz-checksum-algorithm', 'SHA256']]);
    const other = await s3.part(upload, 1, 'abc', [['x-amz-checksum-crc32', 'NSRBwg==']]);
    expect(message(other.text)).toBe(
      'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
    );
    expect(message((await s3.part(upload, 1, 'abc')).text)).toBe(
      'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null',
    );
  });
});

describe('an upload that is not opened', () => {
  it.each([
    ['CRC32', 'MIXED'],
    ['SHA256', 'FULL_OBJECT'],
    ['SHA1', 'FULL_OBJECT'],
    ['CRC64NVME', 'COMPOSITE'],
    ['MD4', undefined],
    [undefined, 'FULL_OBJECT'],
  ])('for algorithm %s with type %s', async (algorithm, type) => {
    const s3 = await createMultipartHarness();
    const headers: (readonly [string, string])[] = [];
    if (algorithm !== undefined) headers.push(['x-amz-checksum-algorithm', algorithm]);
    if (type !== undefined) headers.push(['x-amz-checksum-type', type]);
    const answer = await s3.onObject('POST', 'a', 'uploads', { headers });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
  });

  it.each([
    ['CRC32', undefined, 'COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['CRC64NVME', undefined, 'FULL_OBJECT'],
    ['SHA1', undefined, 'COMPOSITE'],
  ])('%s with type %s is opened as %s', async (algorithm, type, expected) => {
    const s3 = await createMultipartHarness();
    const headers: (readonly [string, string])[] = [['x-amz-checksum-algorithm', algorithm]];
    if (type !== undefined) headers.push(['x-amz-checksum-type', type]);
    const answer = await s3.onObject('POST', 'a', 'uploads', { headers });
    expect(answer.header('x-amz-checksum-algorithm')).toBe(algorithm);
    expect(answer.header('x-amz-checksum-type')).toBe(expected);
  });
});

describe('a completion that is refused', () => {
  const twoParts = async () => {
    const { s3, upload } = await opened();
    const etags = [await s3.part(upload, 1, 'one'), await s3.part(upload, 2, 'two')].map(
      answer => answer.header('etag') ?? '',
    );
    return { s3, upload, etags: etags as [string, string] };
  };

  it.each([
    ['', 'MalformedXML'],
    ['<CompleteMultipartUpload>', 'MalformedXML'],
    ['<Other/>', 'MalformedXML'],
    ['<CompleteMultipartUpload><Part><ETag>x</ETag></Part></CompleteMultipartUpload>', 'MalformedXML'],
    ['<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>', 'MalformedXML'],
    [completion([]), 'InvalidRequest'],
    [completion([[0, 'x']]), 'InvalidArgument'],
  ])('document %j answers %s', async (body, code) => {
    const { s3, upload } = await opened();
    const answer = await s3.complete(upload, [], { body });
    expect([answer.status, answer.code]).toEqual([400, code]);
  });

  it('names a part that is not there, or one of another ETag', async () => {
    const { s3, upload, etags } = await twoParts();
    for (const parts of [[[3, etags[0]]], [[1, etags[1]]]] as [number, string][][]) {
      const answer = await s3.complete(upload, parts);
      expect([answer.status, answer.code]).toEqual([400, 'InvalidPart']);
      expect(field(answer.text, 'PartNumber')).toBe(String(parts[0]?.[0]));
    }
  });

  it.each([
    ['backwards', [2, 1]],
    ['twice', [1, 1]],
  ])('lists parts %s', async (_name, [first, second]) => {
    const { s3, upload, etags } = await twoParts();
    const answer = await s3.complete(upload, [
      [first ?? 0, etags[(first ?? 1) - 1] ?? ''],
      [second ?? 0, etags[(second ?? 1) - 1] ?? ''],
    ]);
    expect([answer.status, answer.code]).toEqual([400, 'InvalidPartOrder']);
  });

  it('has a part before the last of less than 5 MiB', async () => {
    const { s3, upload, etags } = await twoParts();
    const answer = await s3.complete(upload, [
      [1, etags[0]],
      [2, etags[1]],
    ]);
    expect([answer.status, answer.code]).toEqual([400, 'EntityTooSmall']);
    expect(['ProposedSize', 'MinSizeAllowed', 'PartNumber', 'ETag'].map(name => field(answer.text, name))).toEqual([
      '3',
      '5242880',
      '1',
      etags[0].replaceAll('"', ''),
    ]);
    expect(s3.complaints).toEqual([]);
  });

  it('meets an object where none may be, with If-None-Match', async () => {
    const { s3, upload, etags } = await twoParts();
    await s3.onObject('PUT', upload.name, '', { body: 'there already' });
    const answer = await s3.complete(upload, [[1, etags[0]]], { headers: [['if-none-match', '*']] });
    expect([answer.status, answer.code]).toEqual([412, 'PreconditionFailed']);
  });

  it('meets an object that was deleted or changed while it was under way, under a condition that holds again', async () => {
    const s3 = await createMultipartHarness();
    const write = async () => (await s3.onObject('PUT', 'a', '', { body: 'there already' })).header('etag') ?? '';
    const begin = async (): Promise<[{ name: string; id: string }, [number, string][]]> => {
      s3.clock.now += 1000;
      const upload = { name: 'a', id: await s3.open('a') };
      const parts: [number, string][] = [[1, (await s3.part(upload, 1, 'x')).header('etag') ?? '']];
      s3.clock.now += 1000;
      return [upload, parts];
    };
    const message = 'The conditional request cannot succeed due to a conflicting operation against this resource.';
    const expectConflict = (answer: { status: number; code: string; text: string }, condition: string) =>
      expect([
        answer.status,
        answer.code,
        ...['Message', 'Condition', 'Key'].map(name => field(answer.text, name)),
      ]).toEqual([409, 'ConditionalRequestConflict', message, condition, 'a']);
    await write();
    const [first, ofFirst] = await begin();
    await s3.onObject('DELETE', 'a');
    expectConflict(await s3.complete(first, ofFirst, { headers: [['if-none-match', '*']] }), 'If-None-Match');
    await write();
    const [second, ofSecond] = await begin();
    const etag = await write();
    expectConflict(await s3.complete(second, ofSecond, { headers: [['if-match', etag]] }), 'If-Match');
    const [third, ofThird] = await begin();
    const done = await s3.complete(third, ofThird, { headers: [['if-match', etag]] });
    expect([done.status, s3.complaints]).toEqual([200, []]);
  });

  it.each([
    ['x-amz-mp-object-size', '4', 'InvalidRequest'],
    ['x-amz-checksum-crc64nvme', 'AAAAAAAAAAA=', 'BadDigest'],
  ])('has %s %s, which is not what was put together', async (name, value, code) => {
    const { s3, upload, etags } = await twoParts();
    const answer = await s3.complete(upload, [[1, etags[0]]], { headers: [[name, value]] });
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(s3.complaints).toEqual([]);
  });
});

describe('KMS rights of a multipart upload', () => {
  const asAdministrator = { as: 's3-administrator' } as const;

  it('F-MPU-003, F-KSM-052: Create needs kms:GenerateDataKey', async () => {
    const s3 = await createMultipartHarness();
    const headers = s3.headersOf('SSE-KMS cmk');
    const answer = await s3.onObject('POST', 'a', 'uploads', { headers, ...asAdministrator });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(message(answer.text)).toContain('kms:GenerateDataKey');
  });

  it('F-MPU-003, F-MPU-004, F-KSM-054: parts and their list need kms:Decrypt', async () => {
    const s3 = await createMultipartHarness();
    const upload = { name: 'a', id: await s3.open('a', s3.headersOf('SSE-KMS cmk')) };
    const part = await s3.part(upload, 1, 'content', [], asAdministrator);
    expect([part.status, part.code]).toEqual([403, 'AccessDenied']);
    expect(message(part.text)).toContain('kms:Decrypt');
    const list = await s3.onObject('GET', 'a', `uploadId=${encodeURIComponent(upload.id)}`, asAdministrator);
    expect([list.status, list.code]).toEqual([403, 'AccessDenied']);
    expect(s3.complaints).toEqual([]);
  });

  it.each([
    ['with a checksum', 'SHA256', 403],
    ['without one', undefined, 200],
  ])('F-KSM-053: completing %s needs kms:Decrypt or not', async (_name, algorithm, status) => {
    const s3 = await createMultipartHarness();
    const extra = algorithm === undefined ? [] : ([['x-amz-checksum-algorithm', algorithm]] as const);
    const upload = { name: 'a', id: await s3.open('a', [...s3.headersOf('SSE-KMS cmk'), ...extra]) };
    const sha = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';
    const part = await s3.part(upload, 1, 'abc', algorithm === undefined ? [] : [['x-amz-checksum-sha256', sha]]);
    expect(part.status, part.text).toBe(200);
    const said = algorithm === undefined ? '' : `<ChecksumSHA256>${sha}</ChecksumSHA256>`;
    const done = await s3.complete(upload, [[1, part.header('etag') ?? '', said]], asAdministrator);
    expect(done.status, done.text).toBe(status);
    expect(s3.complaints).toEqual([]);
  });
});
