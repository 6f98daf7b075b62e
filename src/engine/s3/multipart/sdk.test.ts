import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  NoSuchUpload,
  PutBucketEncryptionCommand,
  type S3Client,
  UpdateObjectEncryptionCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from 'vitest';
import { DOORS, type OpenDoor } from '../../../testing/doors.ts';
import { MIB, patterned } from '../../../testing/multipartHarness.ts';

const Bucket = 'sdk-bucket';
const SSECustomerKey = Buffer.alloc(32, 9).toString('base64');
const SSE_C = { SSECustomerAlgorithm: 'AES256', SSECustomerKey };

async function opened(): Promise<{ door: OpenDoor; s3: S3Client; kmsKeyArn: string }> {
  const [handler] = DOORS;
  if (!handler) throw new Error('no door');
  const door = await handler.open();
  const s3 = door.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] },
    }),
  );
  const made = await door.kms().send(new CreateKeyCommand({}));
  return { door, s3, kmsKeyArn: made.KeyMetadata?.Arn ?? '' };
}

describe('the AWS SDK for JavaScript', () => {
  it.each([
    ['SSE-S3', {}],
    ['SSE-KMS', { ServerSideEncryption: 'aws:kms', BucketKeyEnabled: true }],
    ['DSSE-KMS', { ServerSideEncryption: 'aws:kms:dsse' }],
    ['SSE-C', SSE_C],
    ['SHA-256', { ChecksumAlgorithm: 'SHA256' }],
  ] as const)('uploads a large body in parts with lib-storage, %s', async (name, more) => {
    const { door, s3, kmsKeyArn } = await opened();
    const body = patterned(5 * MIB + 99, 5);
    const isKms = name.includes('KMS');
    const params = {
      Bucket,
      Key: 'big',
      Body: Buffer.from(body),
      ...more,
      ...(isKms ? { SSEKMSKeyId: kmsKeyArn } : {}),
    };
    const done = await new Upload({ client: s3, params }).done();
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const key = name === 'SSE-C' ? SSE_C : {};
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big', ChecksumMode: 'ENABLED', ...key }));
    expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), Buffer.from(body))).toBe(0);
    await door.close();
  });

  it('goes through create, parts, lists and completion call by call, without naming a checksum', async () => {
    const { s3, kmsKeyArn } = await opened();
    const own = { Bucket, Key: 'dir/ü.bin' };
    const created = await s3.send(
      new CreateMultipartUploadCommand({ ...own, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyArn }),
    );
    expect(created.SSEKMSKeyId).toBe(kmsKeyArn);
    const { UploadId } = created;
    const part = await s3.send(new UploadPartCommand({ ...own, UploadId, PartNumber: 1, Body: 'first' }));
    const parts = await s3.send(new ListPartsCommand({ ...own, UploadId }));
    expect(parts.Parts?.[0]).toMatchObject({ PartNumber: 1, Size: 5, ETag: part.ETag });
    const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'dir/' }));
    expect(uploads.Uploads?.map(upload => upload.UploadId)).toEqual([UploadId]);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part.ETag }] };
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...own, UploadId, MultipartUpload }));
    expect(done).toMatchObject({ Bucket, Key: own.Key, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyArn });
    const copy = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'copy', ...SSE_C }));
    const copied = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copy',
        UploadId: copy.UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/${encodeURIComponent(own.Key)}`,
        CopySourceRange: 'bytes=1-3',
        ...SSE_C,
      }),
    );
    expect(copied.CopyPartResult?.LastModified).toBeInstanceOf(Date);
    await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key: 'copy',
        UploadId: copy.UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }] },
      }),
    );
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'copy', ...SSE_C }));
    expect(await got.Body?.transformToString()).toBe('irs');
  });

  it('tells NoSuchUpload as the SDK’s own error', async () => {
    const { s3 } = await opened();
    const parts = s3.send(new ListPartsCommand({ Bucket, Key: 'a', UploadId: 'none' }));
    await expect(parts).rejects.toBeInstanceOf(NoSuchUpload);
  });

  it('reads attributes, and changes the encryption of an object where it lies', async () => {
    const { s3, kmsKeyArn } = await opened();
    const own = { Bucket, Key: 'a' };
    await new Upload({ client: s3, params: { ...own, Body: Buffer.from(patterned(5 * MIB + 7)) } }).done();
    const before = await s3.send(
      new GetObjectAttributesCommand({
        ...own,
        ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
      }),
    );
    expect(before).toMatchObject({ ObjectSize: 5 * MIB + 7, StorageClass: 'STANDARD' });
    expect(before.ObjectParts?.Parts?.map(part => part.Size)).toEqual([5 * MIB, 7]);
    expect(before.Checksum?.ChecksumType).toBe('COMPOSITE');
    await s3.send(
      new UpdateObjectEncryptionCommand({
        ...own,
        ObjectEncryption: { SSEKMS: { KMSKeyArn: kmsKeyArn, BucketKeyEnabled: true } },
      }),
    );
    const after = await s3.send(new HeadObjectCommand({ ...own, ChecksumMode: 'ENABLED' }));
    expect(after).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true });
    expect(after.ETag?.replaceAll('"', '')).toBe(before.ETag);
    expect(after.ChecksumCRC32).toBe(`${before.Checksum?.ChecksumCRC32}-2`);
  });
});
