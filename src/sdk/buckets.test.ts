import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, type OpenDoor, TEST_REGION } from '../testing/doors.ts';

describe.each(DOORS)('the AWS SDK on buckets, through the $name', ({ open }) => {
  let door: OpenDoor;
  let s3: S3Client;
  const Bucket = 'sdk-buckets';
  beforeAll(async () => {
    door = await open();
    s3 = door.s3();
  });
  afterAll(() => door.close());

  it('creates, finds, lists and locates a bucket, and says that it is there already', async () => {
    const created = await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } }),
    );
    expect(created.Location).toContain(Bucket);
    const head = await s3.send(new HeadBucketCommand({ Bucket }));
    expect(head.BucketRegion).toBe(TEST_REGION);
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(bucket => bucket.Name)).toEqual([Bucket]);
    expect(Buckets?.[0]?.CreationDate).toBeInstanceOf(Date);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe(TEST_REGION);
    await expect(
      s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } })),
    ).rejects.toBeInstanceOf(BucketAlreadyOwnedByYou);
  });

  it('reads, sets and resets default encryption, with SSE-C blocked from the start (F-BKT-003, F-BLK-006, F-BLK-012)', async () => {
    const rule = async () =>
      (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0];
    expect(await rule()).toMatchObject({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BucketKeyEnabled: false,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    });
    const KMSMasterKeyID = `arn:aws:kms:${TEST_REGION}:111122223333:key/0f0e0d0c-0b0a-4908-8706-050403020100`;
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID },
              BucketKeyEnabled: true,
              BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
            },
          ],
        },
      }),
    );
    expect(await rule()).toMatchObject({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID },
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
    });
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect(await rule()).toMatchObject({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } });
  });

  it('switches versioning on and off', async () => {
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    for (const Status of ['Enabled', 'Suspended'] as const) {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(Status);
    }
  });

  it('keeps a bucket policy and gives it back', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'HttpsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect(JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '')).toEqual(
      JSON.parse(Policy),
    );
    expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic).toBe(false);
    await expect(
      s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{"Statement":[{"Effect":"Maybe"}]}' })),
    ).rejects.toMatchObject({ name: 'MalformedPolicy' });
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  });

  it('answers what common clients ask besides: tags, ACL, public access block', async () => {
    const TagSet = [
      { Key: 'team', Value: 'blue' },
      { Key: 'cost', Value: '' },
    ];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchTagSet' });
    const acl = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(acl.Grants?.map(grant => grant.Permission)).toEqual(['FULL_CONTROL']);
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
  });

  it('lists objects by prefix, delimiter and page, and versions', async () => {
    const names = ['a.txt', 'dir/one.txt', 'dir/two.txt', 'dir/deep/three.txt', 'ü ö&<>.txt', 'z.txt'];
    for (const Key of names) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const all = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(all.Contents?.map(object => object.Key)).toEqual([
      'a.txt',
      'dir/deep/three.txt',
      'dir/one.txt',
      'dir/two.txt',
      'z.txt',
      'ü ö&<>.txt',
    ]);
    expect(all.KeyCount).toBe(6);
    const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(top.CommonPrefixes).toEqual([{ Prefix: 'dir/' }]);
    expect(top.Contents?.length).toBe(3);
    const inDir = await s3.send(new ListObjectsCommand({ Bucket, Prefix: 'dir/', Delimiter: '/' }));
    expect(inDir.Contents?.map(object => object.Key)).toEqual(['dir/one.txt', 'dir/two.txt']);
    const paged: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
      paged.push(...(page.Contents ?? []).map(object => object.Key));
    }
    expect(paged).toEqual(all.Contents?.map(object => object.Key));
    const versions = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(versions.Versions?.length).toBe(6);
    expect(versions.Versions?.every(version => version.IsLatest)).toBe(true);
  });

  it('refuses to delete a bucket that is not empty, and one that is not there', async () => {
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await expect(s3.send(new DeleteBucketCommand({ Bucket: 'no-such-bucket-here' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'sdk-buckets-empty',
        CreateBucketConfiguration: { LocationConstraint: TEST_REGION },
      }),
    );
    await s3.send(new DeleteBucketCommand({ Bucket: 'sdk-buckets-empty' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'sdk-buckets-empty' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('does not let another account in', async () => {
    await expect(door.s3('stranger').send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: '999999999999' }))).rejects.toMatchObject(
      { $metadata: { httpStatusCode: 403 } },
    );
  });
});
