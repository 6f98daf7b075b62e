import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketEncryptionCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, type OpenDoor, TEST_REGION } from '../testing/doors.ts';

const Bucket = 'sdk-multipart';
const MIB = 1024 * 1024;
const KEY = Buffer.alloc(32, 7);
const SSE_C = {
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: KEY.toString('base64'),
  SSECustomerKeyMD5: createHash('md5').update(KEY).digest('base64'),
};

describe.each(DOORS)('multipart uploads of the AWS SDK, through the $name', ({ open }) => {
  let door: OpenDoor;
  let s3: S3Client;
  let kmsKey = '';
  const bytes = randomBytes(11 * MIB + 17);
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

  const modes: readonly [string, () => Partial<PutObjectCommandInput>][] = [
    ['SSE-S3 by default', () => ({})],
    ['SSE-KMS', () => ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey })],
    [
      'SSE-KMS with a Bucket Key',
      () => ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true }),
    ],
    ['DSSE-KMS', () => ({ ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: kmsKey })],
    ['SSE-C', () => SSE_C],
  ];

  it.each(modes)('lib-storage uploads a stream in parts under %s', async (name, options) => {
    const Key = `upload ${name}`;
    const Body = Readable.from([bytes.subarray(0, 3 * MIB), bytes.subarray(3 * MIB)]);
    const upload = new Upload({
      client: s3,
      params: { Bucket, Key, Body, ...options() },
      partSize: 5 * MIB,
      queueSize: 3,
    });
    const done = await upload.done();
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    const reading = name === 'SSE-C' ? SSE_C : {};
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ...reading }));
    expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), bytes)).toBe(0);
    const Range = `bytes=${5 * MIB - 3}-${5 * MIB + 3}`;
    const across = await s3.send(new GetObjectCommand({ Bucket, Key, Range, ...reading }));
    expect(Buffer.from((await across.Body?.transformToByteArray()) ?? [])).toEqual(
      bytes.subarray(5 * MIB - 3, 5 * MIB + 4),
    );
  });

  it('lists uploads and parts, copies a part, completes and aborts', async () => {
    const Key = 'by hand';
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(one => one.UploadId)).toEqual([
      UploadId,
    ]);
    const one = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: bytes.subarray(0, 5 * MIB) }),
    );
    const two = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 2,
        CopySource: `${Bucket}/${encodeURIComponent('upload SSE-KMS')}`,
        CopySourceRange: 'bytes=0-99',
      }),
    );
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts?.map(part => [part.PartNumber, part.Size])).toEqual([
      [1, 5 * MIB],
      [2, 100],
    ]);
    const complete = (ETag: string | undefined) =>
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: {
            Parts: [
              { PartNumber: 1, ETag },
              { PartNumber: 2, ETag: two.CopyPartResult?.ETag },
            ],
          },
        }),
      );
    await expect(complete('"00000000000000000000000000000000"')).rejects.toMatchObject({ name: 'InvalidPart' });
    await complete(one.ETag);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength).toBe(5 * MIB + 100);
    const other = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'never' }));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'never', UploadId: other.UploadId }));
    await expect(
      s3.send(
        new UploadPartCommand({ Bucket, Key: 'never', UploadId: other.UploadId, PartNumber: 1, Body: 'too late' }),
      ),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
