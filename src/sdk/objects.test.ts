import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  type ChecksumAlgorithm,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
  UpdateObjectEncryptionCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, type OpenDoor, TEST_REGION } from '../testing/doors.ts';

const Bucket = 'sdk-objects';
const SSE_C_KEY = Buffer.from('1234567890abcdef1234567890abcdef');
const SSE_C = {
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: SSE_C_KEY.toString('base64'),
  SSECustomerKeyMD5: createHash('md5').update(SSE_C_KEY).digest('base64'),
};
const MODES = [
  'default',
  'SSE-S3',
  'SSE-KMS aws/s3',
  'SSE-KMS',
  'SSE-KMS with Bucket Key',
  'DSSE-KMS',
  'SSE-C',
] as const;
type Mode = (typeof MODES)[number];

async function textOf(body: { transformToString(): Promise<string> } | undefined): Promise<string | undefined> {
  return body?.transformToString();
}

describe.each(DOORS)('the AWS SDK on objects, through the $name', ({ open }) => {
  let door: OpenDoor;
  let s3: S3Client;
  let kmsKey = '';
  const writing = (mode: Mode): Partial<PutObjectCommandInput> =>
    ({
      default: {},
      'SSE-S3': { ServerSideEncryption: 'AES256' },
      'SSE-KMS aws/s3': { ServerSideEncryption: 'aws:kms' },
      'SSE-KMS': { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey },
      'SSE-KMS with Bucket Key': { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true },
      'DSSE-KMS': { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: kmsKey },
      'SSE-C': SSE_C,
    })[mode] as Partial<PutObjectCommandInput>;
  const reading = (mode: Mode) => (mode === 'SSE-C' ? SSE_C : {});

  beforeAll(async () => {
    door = await open();
    s3 = door.s3();
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } }));
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] },
      }),
    );
    kmsKey = (await door.kms().send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  });
  afterAll(() => door.close());

  describe.each(MODES)('in mode %s', mode => {
    it('puts, heads, gets, ranges and deletes', async () => {
      const Key = `round ${mode}.txt`;
      const put = await s3.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: 'The quarterly figures',
          ContentType: 'text/plain',
          Metadata: { colour: 'blue' },
          ...writing(mode),
        }),
      );
      expect(put.ETag).toMatch(/^"[0-9a-f]{32}"$/);
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ...reading(mode) }));
      expect(head).toMatchObject({ ContentLength: 21, ContentType: 'text/plain', Metadata: { colour: 'blue' } });
      expect(head.ServerSideEncryption).toBe(put.ServerSideEncryption);
      expect(head.SSEKMSKeyId).toBe(put.SSEKMSKeyId);
      expect(head.BucketKeyEnabled).toBe(put.BucketKeyEnabled);
      const got = await s3.send(new GetObjectCommand({ Bucket, Key, ...reading(mode) }));
      expect(await textOf(got.Body)).toBe('The quarterly figures');
      expect(got.ETag).toBe(put.ETag);
      const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=4-12', ...reading(mode) }));
      expect(await textOf(part.Body)).toBe('quarterly');
      expect(part.ContentRange).toBe('bytes 4-12/21');
      expect(part.$metadata.httpStatusCode).toBe(206);
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await expect(s3.send(new GetObjectCommand({ Bucket, Key, ...reading(mode) }))).rejects.toMatchObject({
        name: 'NoSuchKey',
      });
    });

    it.each(MODES)('is copied to mode %s', async target => {
      const Key = `from ${mode}`;
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'copy me', ...writing(mode) }));
      const source =
        mode === 'SSE-C'
          ? {
              CopySourceSSECustomerAlgorithm: SSE_C.SSECustomerAlgorithm,
              CopySourceSSECustomerKey: SSE_C.SSECustomerKey,
              CopySourceSSECustomerKeyMD5: SSE_C.SSECustomerKeyMD5,
            }
          : {};
      const copied = await s3.send(
        new CopyObjectCommand({
          Bucket,
          Key: `to ${target}`,
          CopySource: `${Bucket}/${encodeURIComponent(Key)}`,
          ...source,
          ...(writing(target) as object),
        }),
      );
      expect(copied.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: `to ${target}`, ...reading(target) }));
      expect(await textOf(got.Body)).toBe('copy me');
    });
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'sends and gets back %s checksums, in a header and behind a stream',
    async ChecksumAlgorithm => {
      const bytes = randomBytes(70_000);
      for (const [Key, Body, ContentLength] of [
        ['whole', bytes, undefined],
        ['stream', Readable.from([bytes.subarray(0, 40_000), bytes.subarray(40_000)]), bytes.length],
      ] as const) {
        const input = { Bucket, Key, Body, ChecksumAlgorithm: ChecksumAlgorithm as ChecksumAlgorithm };
        const put = await s3.send(
          new PutObjectCommand(ContentLength === undefined ? input : { ...input, ContentLength }),
        );
        const member = `Checksum${ChecksumAlgorithm}` as const;
        expect(put[member], Key).toMatch(/=$/);
        const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
        expect(got[member]).toBe(put[member]);
        expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), bytes)).toBe(0);
        const attributes = await s3.send(
          new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize'] }),
        );
        expect(attributes.ObjectSize).toBe(70_000);
        expect(attributes.Checksum?.[member]).toBe(put[member]);
      }
    },
  );

  it('deletes several at once and says what it did', async () => {
    for (const Key of ['d1', 'd2']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd1' }, { Key: 'd2' }, { Key: 'never' }] } }),
    );
    expect(Deleted?.map(one => one.Key).sort()).toEqual(['d1', 'd2', 'never']);
    expect(Errors ?? []).toEqual([]);
  });

  it('honours conditions', async () => {
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'cond', Body: 'x' }));
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'cond', Body: 'y', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'cond', IfNoneMatch: ETag }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    expect(await textOf((await s3.send(new GetObjectCommand({ Bucket, Key: 'cond', IfMatch: ETag }))).Body)).toBe('x');
  });

  it('tags objects, and answers for their ACL', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: 'x', Tagging: 'a=1&b=two%20words' }));
    const tags = async () => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet;
    expect(await tags()).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'two words' },
    ]);
    await s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'c', Value: '3' }] } }),
    );
    expect(await tags()).toEqual([{ Key: 'c', Value: '3' }]);
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    expect(await tags()).toEqual([]);
    const { Grants } = await s3.send(new GetObjectAclCommand({ Bucket, Key: 'tagged' }));
    expect(Grants?.[0]?.Permission).toBe('FULL_CONTROL');
  });

  it('keeps versions, each with its own encryption (F-VER-001), and delete markers', async () => {
    const versioned = 'sdk-objects-versioned';
    await s3.send(
      new CreateBucketCommand({
        Bucket: versioned,
        CreateBucketConfiguration: { LocationConstraint: TEST_REGION },
      }),
    );
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const at = { Bucket: versioned, Key: 'v' };
    const one = await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    const two = await s3.send(new PutObjectCommand({ ...at, Body: 'two', ...writing('SSE-KMS') }));
    expect(one.VersionId).not.toBe(two.VersionId);
    const gone = await s3.send(new DeleteObjectCommand(at));
    expect(gone.DeleteMarker).toBe(true);
    await expect(s3.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: 'NoSuchKey' });
    const old = await s3.send(new GetObjectCommand({ ...at, VersionId: one.VersionId }));
    expect([await textOf(old.Body), old.ServerSideEncryption]).toEqual(['one', 'AES256']);
    await s3.send(new DeleteObjectCommand({ ...at, VersionId: gone.VersionId }));
    const again = await s3.send(new GetObjectCommand(at));
    expect([await textOf(again.Body), again.ServerSideEncryption]).toEqual(['two', 'aws:kms']);
  });

  it('changes an object’s encryption where it lies (F-UOE-001, F-UOE-002)', async () => {
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'upgrade', Body: 'same bytes' }));
    await s3.send(
      new UpdateObjectEncryptionCommand({
        Bucket,
        Key: 'upgrade',
        ObjectEncryption: { SSEKMS: { KMSKeyArn: kmsKey } },
      }),
    );
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'upgrade' }));
    expect(got).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, ETag: put.ETag });
    expect(await textOf(got.Body)).toBe('same bytes');
  });

  it('leaves an object unreadable for whoever may use S3 but not KMS (F-ERR-049)', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'secret', Body: 'x', ...writing('SSE-KMS') }));
    const admin = door.s3('s3-administrator');
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key: 'secret' }))).ContentLength).toBe(1);
    await expect(admin.send(new GetObjectCommand({ Bucket, Key: 'secret' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('kms:Decrypt'),
    });
  });

  it('refuses a wrong secret, and an unknown access key', async () => {
    const { accessKeyId } = door.principal('admin');
    const wrong = door.s3('admin', { credentials: { accessKeyId, secretAccessKey: 'not the secret' } });
    await expect(wrong.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    const unknown = door.s3('admin', { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } });
    await expect(unknown.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    });
  });

  it('reaches buckets by names of their own, too (virtual-host style)', async () => {
    if (door.url !== undefined) {
      // The system may not resolve names under localhost: the address is told by the header alone.
      const { port } = new URL(door.url);
      const url = await getSignedUrl(
        door.s3('admin', { forcePathStyle: false, endpoint: `http://localhost:${port}` }),
        new GetObjectCommand({ Bucket, Key: 'cond' }),
        { expiresIn: 60 },
      );
      expect(new URL(url).hostname).toBe(`${Bucket}.localhost`);
      return;
    }
    const virtual = door.s3('admin', { forcePathStyle: false });
    await virtual.send(new PutObjectCommand({ Bucket, Key: 'virtual', Body: 'host' }));
    expect(await textOf((await virtual.send(new GetObjectCommand({ Bucket, Key: 'virtual' }))).Body)).toBe('host');
  });

  it('takes presigned URLs and forms, from anybody who has one', async () => {
    if (door.url === undefined) {
      expect(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'cond' }))).toContain('X-Amz-Signature=');
      return;
    }
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'presigned' }), { expiresIn: 60 });
    expect((await fetch(put, { method: 'PUT', body: 'by link' })).status).toBe(200);
    const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'presigned' }), { expiresIn: 60 });
    expect(await (await fetch(get)).text()).toBe('by link');
    const tampered = await fetch(get.replace('presigned?', 'cond?'));
    expect([tampered.status, await tampered.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    const post = await createPresignedPost(s3, {
      Bucket,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: S3 puts the file's own name in its place
      Key: 'form/${filename}',
      Conditions: [['content-length-range', 0, 1000], { 'x-amz-server-side-encryption': 'AES256' }],
      Fields: { 'x-amz-server-side-encryption': 'AES256' },
      Expires: 60,
    });
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    form.append('file', new Blob(['from a form']), 'note.txt');
    const posted = await fetch(post.url, { method: 'POST', body: form });
    expect([posted.status, await posted.text()]).toEqual([204, '']);
    expect(await textOf((await s3.send(new GetObjectCommand({ Bucket, Key: 'form/note.txt' }))).Body)).toBe(
      'from a form',
    );
    const anonymous = await fetch(`${door.url}/${Bucket}/form/note.txt`);
    expect([anonymous.status, await anonymous.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });
});
