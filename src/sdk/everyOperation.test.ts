import { createHash, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import * as KMS from '@aws-sdk/client-kms';
import * as S3 from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { KMS_OPERATIONS } from '../engine/kms/api.ts';
import { OPERATIONS } from '../engine/s3/operations.ts';
import { DOORS, type OpenDoor, TEST_REGION } from '../testing/doors.ts';

/** What earlier rows have learnt: ids, tags, blobs. */
type Memory = Record<string, string | Uint8Array | undefined>;
interface Row {
  readonly input: (memory: Memory) => object;
  /** Default: it succeeds. Else the name of AWS's error. */
  readonly refusal?: string;
  readonly learn?: (output: Record<string, unknown>, memory: Memory) => void;
}
type Rows = readonly (readonly [operation: string, row: Row])[];

const Bucket = 'every-operation';
const at = { Bucket, Key: 'object.txt' };
const tags = { TagSet: [{ Key: 'a', Value: '1' }] };
const part = { ...at, Key: 'parts.bin', PartNumber: 1 };
const row = (input: object | ((memory: Memory) => object), more: Partial<Row> = {}): Row => ({
  input: typeof input === 'function' ? (input as Row['input']) : () => input,
  ...more,
});
const keep =
  (member: string, path: (output: Record<string, unknown>) => unknown) =>
  (output: Record<string, unknown>, memory: Memory) => {
    memory[member] = path(output) as string | Uint8Array;
  };

const keepArn =
  (member: string) =>
  ({ KeyMetadata }: Record<string, unknown>, memory: Memory) => {
    memory[member] = (KeyMetadata as { Arn: string }).Arn;
  };

/** Every operation of the table once, in an order in which each finds what it needs. */
const S3_ROWS: Rows = [
  ['CreateBucket', row({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } })],
  ['HeadBucket', row({ Bucket })],
  ['ListBuckets', row({ MaxBuckets: 10 })],
  ['GetBucketLocation', row({ Bucket })],
  [
    'PutBucketEncryption',
    row({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  ],
  ['GetBucketEncryption', row({ Bucket })],
  ['DeleteBucketEncryption', row({ Bucket })],
  ['PutBucketVersioning', row({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })],
  ['GetBucketVersioning', row({ Bucket })],
  [
    'PutBucketPolicy',
    row({
      Bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: `arn:aws:s3:::${Bucket}/*`,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    }),
  ],
  ['GetBucketPolicy', row({ Bucket })],
  ['GetBucketPolicyStatus', row({ Bucket })],
  ['DeleteBucketPolicy', row({ Bucket })],
  ['PutBucketTagging', row({ Bucket, Tagging: tags })],
  ['GetBucketTagging', row({ Bucket })],
  ['DeleteBucketTagging', row({ Bucket })],
  ['GetPublicAccessBlock', row({ Bucket })],
  ['PutPublicAccessBlock', row({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } })],
  ['DeletePublicAccessBlock', row({ Bucket })],
  ['GetBucketOwnershipControls', row({ Bucket })],
  [
    'PutBucketOwnershipControls',
    row({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }),
  ],
  ['GetBucketAcl', row({ Bucket })],
  // Owner enforced, as every new bucket is: its list cannot be changed.
  ['PutBucketAcl', row({ Bucket, ACL: 'private' }, { refusal: 'AccessControlListNotSupported' })],
  ['DeleteBucketOwnershipControls', row({ Bucket })],
  ['GetBucketAccelerateConfiguration', row({ Bucket })],
  ['GetBucketLogging', row({ Bucket })],
  ['GetBucketNotificationConfiguration', row({ Bucket })],
  ['GetBucketRequestPayment', row({ Bucket })],
  ['GetBucketCors', row({ Bucket }, { refusal: 'NoSuchCORSConfiguration' })],
  ['GetBucketLifecycleConfiguration', row({ Bucket }, { refusal: 'NoSuchLifecycleConfiguration' })],
  ['GetBucketReplication', row({ Bucket }, { refusal: 'ReplicationConfigurationNotFoundError' })],
  ['GetBucketWebsite', row({ Bucket }, { refusal: 'NoSuchWebsiteConfiguration' })],
  ['GetObjectLockConfiguration', row({ Bucket }, { refusal: 'ObjectLockConfigurationNotFoundError' })],
  ['PutObject', row({ ...at, Body: 'content', Metadata: { a: '1' } })],
  ['GetObject', row(at)],
  ['HeadObject', row({ ...at, ChecksumMode: 'ENABLED' })],
  ['GetObjectAttributes', row({ ...at, ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize', 'StorageClass'] })],
  ['CopyObject', row({ Bucket, Key: 'copy.txt', CopySource: `${Bucket}/object.txt` })],
  ['PutObjectTagging', row({ ...at, Tagging: tags })],
  ['GetObjectTagging', row(at)],
  ['DeleteObjectTagging', row(at)],
  ['GetObjectAcl', row(at)],
  ['PutObjectAcl', row({ ...at, ACL: 'bucket-owner-full-control' })],
  ['ListObjects', row({ Bucket, Delimiter: '/' })],
  ['ListObjectsV2', row({ Bucket, FetchOwner: true })],
  ['ListObjectVersions', row({ Bucket })],
  ['UpdateObjectEncryption', row(({ kmsKey }) => ({ ...at, ObjectEncryption: { SSEKMS: { KMSKeyArn: kmsKey } } }))],
  ['CreateMultipartUpload', row({ Bucket, Key: part.Key }, { learn: keep('upload', output => output.UploadId) })],
  [
    'UploadPart',
    row(({ upload }) => ({ ...part, UploadId: upload, Body: 'a part' }), {
      learn: keep('etag', output => output.ETag),
    }),
  ],
  [
    'UploadPartCopy',
    row(({ upload }) => ({ ...part, PartNumber: 2, UploadId: upload, CopySource: `${Bucket}/copy.txt` })),
  ],
  ['ListParts', row(({ upload }) => ({ Bucket, Key: part.Key, UploadId: upload }))],
  ['ListMultipartUploads', row({ Bucket })],
  [
    'CompleteMultipartUpload',
    row(({ upload, etag }) => ({
      Bucket,
      Key: part.Key,
      UploadId: upload,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag: etag }] },
    })),
  ],
  ['AbortMultipartUpload', row({ Bucket, Key: part.Key, UploadId: 'never' }, { refusal: 'NoSuchUpload' })],
  ['DeleteObject', row(at)],
  ['DeleteObjects', row({ Bucket, Delete: { Objects: [{ Key: 'copy.txt' }, { Key: part.Key }] } })],
  ['DeleteBucket', row({ Bucket }, { refusal: 'BucketNotEmpty' })],
];

const SECRET = Buffer.from('secret');
const byKey = (more: object = {}) => ({ input: ({ id }: Memory) => ({ KeyId: id, ...more }) });
const KMS_ROWS: Rows = [
  ['CreateKey', row({}, { learn: keepArn('id') })],
  ['DescribeKey', byKey()],
  ['ListKeys', row({ Limit: 10 })],
  ['UpdateKeyDescription', byKey({ Description: 'told' })],
  ['CreateAlias', row(({ id }) => ({ AliasName: 'alias/every', TargetKeyId: id }))],
  ['UpdateAlias', row(({ id }) => ({ AliasName: 'alias/every', TargetKeyId: id }))],
  ['ListAliases', row({})],
  ['DeleteAlias', row({ AliasName: 'alias/every' })],
  ['GenerateDataKey', byKey({ KeySpec: 'AES_256' })],
  ['GenerateDataKeyWithoutPlaintext', byKey({ NumberOfBytes: 16 })],
  ['GenerateDataKeyPair', byKey({ KeyPairSpec: 'RSA_2048' })],
  ['GenerateDataKeyPairWithoutPlaintext', byKey({ KeyPairSpec: 'ECC_NIST_P256' })],
  ['Encrypt', { ...byKey({ Plaintext: SECRET }), learn: keep('blob', output => output.CiphertextBlob) }],
  ['Decrypt', row(({ blob }) => ({ CiphertextBlob: blob }))],
  ['ReEncrypt', row(({ blob, id }) => ({ CiphertextBlob: blob, DestinationKeyId: id }))],
  ['GenerateRandom', row({ NumberOfBytes: 8 })],
  ['EnableKeyRotation', byKey({ RotationPeriodInDays: 90 })],
  ['GetKeyRotationStatus', byKey()],
  ['DisableKeyRotation', byKey()],
  ['RotateKeyOnDemand', byKey()],
  ['ListKeyRotations', byKey()],
  ['GetKeyPolicy', { ...byKey(), learn: keep('policy', output => output.Policy) }],
  ['PutKeyPolicy', row(({ id, policy }) => ({ KeyId: id, Policy: policy }))],
  ['ListKeyPolicies', byKey()],
  [
    'CreateGrant',
    {
      ...byKey({
        GranteePrincipal: 'arn:aws:iam::111122223333:user/s3-administrator',
        Operations: ['Decrypt'],
        RetiringPrincipal: 'arn:aws:iam::111122223333:user/admin',
      }),
      learn: (output, memory) => {
        memory.grant = output.GrantId as string;
        memory.token = output.GrantToken as string;
      },
    },
  ],
  ['ListGrants', byKey()],
  ['ListRetirableGrants', row({ RetiringPrincipal: 'arn:aws:iam::111122223333:user/admin' })],
  ['RetireGrant', row(({ token }) => ({ GrantToken: token }))],
  ['RevokeGrant', { ...byKey({ GrantId: 'f'.repeat(64) }), refusal: 'NotFoundException' }],
  ['TagResource', byKey({ Tags: [{ TagKey: 'a', TagValue: '1' }] })],
  ['ListResourceTags', byKey()],
  ['UntagResource', byKey({ TagKeys: ['a'] })],
  ['DisableKey', byKey()],
  ['EnableKey', byKey()],
  ['CreateKey', row({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, { learn: keepArn('rsa') })],
  ['GetPublicKey', row(({ rsa }) => ({ KeyId: rsa }))],
  ['CreateKey', row({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, { learn: keepArn('hmac') })],
  [
    'GenerateMac',
    row(({ hmac }) => ({ KeyId: hmac, Message: SECRET, MacAlgorithm: 'HMAC_SHA_256' }), {
      learn: keep('mac', output => output.Mac),
    }),
  ],
  ['VerifyMac', row(({ hmac, mac }) => ({ KeyId: hmac, Message: SECRET, MacAlgorithm: 'HMAC_SHA_256', Mac: mac }))],
  ['CreateKey', row({ Origin: 'EXTERNAL' }, { learn: keepArn('external') })],
  [
    'GetParametersForImport',
    row(({ external }) => ({ KeyId: external, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' }), {
      learn: (output, memory) => {
        memory.token = output.ImportToken as Uint8Array;
        const key = createPublicKey({ key: Buffer.from(output.PublicKey as Uint8Array), format: 'der', type: 'spki' });
        memory.material = new Uint8Array(publicEncrypt({ key, oaepHash: 'sha256' }, randomBytes(32)));
      },
    }),
  ],
  [
    'ImportKeyMaterial',
    row(({ external, token, material }) => ({
      KeyId: external,
      ImportToken: token,
      EncryptedKeyMaterial: material,
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    })),
  ],
  ['DeleteImportedKeyMaterial', row(({ external }) => ({ KeyId: external }))],
  ['CreateKey', row({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, { learn: keepArn('signing') })],
  // Signing is not modelled: the request is checked and then refused.
  [
    'Sign',
    row(({ signing }) => ({ KeyId: signing, Message: SECRET, SigningAlgorithm: 'ECDSA_SHA_256' }), {
      refusal: 'UnsupportedOperationException',
    }),
  ],
  [
    'Verify',
    row(
      ({ signing }) => ({
        KeyId: signing,
        Message: SECRET,
        Signature: createHash('sha256').digest(),
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
      { refusal: 'UnsupportedOperationException' },
    ),
  ],
  ['ScheduleKeyDeletion', byKey({ PendingWindowInDays: 7 })],
  ['CancelKeyDeletion', byKey()],
];

type Send = (command: unknown) => Promise<Record<string, unknown>>;

async function send(client: { send: unknown }, commands: object, operation: string, input: object) {
  const Command = Reflect.get(commands, `${operation}Command`) as new (input: object) => unknown;
  return (client.send as Send).call(client, new Command(input));
}

describe.each(DOORS)('every operation, asked by the AWS SDK through the $name', ({ open }) => {
  const served: string[] = [];
  const memory: Memory = {};
  const opened: Promise<OpenDoor> = open({
    isRecorded: true,
    onServed: ({ trace }) => {
      if (trace) served.push(trace.run.operation);
    },
  });
  afterAll(async () => (await opened).close());

  const ask = async (service: 's3' | 'kms', operation: string, { input, refusal, learn }: Row) => {
    const door = await opened;
    if (service === 's3') {
      memory.kmsKey ??= (await door.kms().send(new KMS.CreateKeyCommand({}))).KeyMetadata?.Arn;
    }
    const [client, commands] = service === 's3' ? [door.s3(), S3] : [door.kms(), KMS];
    const asked = send(client, commands, operation, input(memory));
    if (refusal !== undefined) {
      await expect(asked).rejects.toMatchObject({ name: refusal });
      return;
    }
    const output = await asked;
    expect((output.$metadata as { httpStatusCode: number }).httpStatusCode).toBeLessThan(300);
    learn?.(output, memory);
  };

  it.each(S3_ROWS)('S3 %s', (operation, given) => ask('s3', operation, given));
  // CreateKey has a quota of five a second.
  it.each(KMS_ROWS)('KMS %s', (operation, given) => ask('kms', operation, given));

  it('has no row missing', () => {
    // A form comes from a browser: no client has a command for it.
    const names = OPERATIONS.map(operation => operation.name).filter(name => name !== 'PostObject');
    expect([...new Set(S3_ROWS.map(([name]) => name))].sort()).toEqual([...new Set(names)].sort());
    expect([...new Set(KMS_ROWS.map(([name]) => name))].sort()).toEqual([...KMS_OPERATIONS].sort());
    for (const name of [...names, ...KMS_OPERATIONS]) expect(served).toContain(name);
  });
});
