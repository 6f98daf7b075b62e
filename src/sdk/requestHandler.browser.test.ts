import { CreateKeyCommand, DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import {
  canonicalIdOf,
  createCloud,
  createServer,
  cryptoRandom,
  type Principal,
  parsePolicy,
  wallClock,
} from '../engine/index.ts';
import { engineHandler } from './requestHandler.ts';

const Bucket = 'in-the-page';
const region = 'eu-central-1';

async function openClients() {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const policy = parsePolicy(JSON.stringify(document), 'identity');
  if (!('ok' in policy)) throw new Error('the policy can be read');
  const accountId = '111122223333';
  const admin: Principal = {
    name: 'admin',
    arn: `arn:aws:iam::${accountId}:user/admin`,
    accountId,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    userId: 'AIDAIOSFODNN7EXAMPLE1',
    canonicalId: canonicalIdOf(accountId),
    displayName: 'admin',
    identityPolicies: [policy.ok],
  };
  const cloud = await createCloud({
    region,
    random: cryptoRandom,
    clock: wallClock,
    principals: [admin],
    hosts: ['localhost'],
  });
  const requestHandler = engineHandler({ serve: createServer(cloud), isRecorded: true });
  const common = { region, credentials: admin, endpoint: 'https://localhost', maxAttempts: 1, requestHandler };
  return {
    s3: new S3Client({ ...common, forcePathStyle: true }),
    // In a page the SDK cannot compute the checksum of a Blob on its way.
    plainS3: new S3Client({ ...common, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    kms: new KMSClient(common),
  };
}

describe('the AWS SDK in a page, with the engine in the same page', () => {
  it('puts and gets objects and asks KMS, without a network', async () => {
    const { s3, plainS3, kms } = await openClients();
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const SSEKMSKeyId = KeyMetadata?.Arn ?? '';
    const bodies = { text: 'hello', blob: new Blob(['hello']), bytes: new TextEncoder().encode('hello') };
    for (const [Key, Body] of Object.entries(bodies)) {
      const client = Key === 'blob' ? plainS3 : s3;
      const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId } as const;
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ...encryption }));
      const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
      expect([await got.Body?.transformToString(), got.SSEKMSKeyId]).toEqual(['hello', SSEKMSKeyId]);
    }
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'text' }));
    expect(head.ContentLength).toBe(5);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'text' }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'text' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    const { CiphertextBlob, Plaintext } = await kms.send(
      new GenerateDataKeyCommand({ KeyId: SSEKMSKeyId, KeySpec: 'AES_256' }),
    );
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(opened.Plaintext).toEqual(Plaintext);
  });
});
