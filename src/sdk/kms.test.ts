import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ListRetirableGrantsCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, type OpenDoor } from '../testing/doors.ts';

const SECRET = new TextEncoder().encode('a secret of 25 bytes long');

describe.each(DOORS)('the AWS SDK on KMS and STS, through the $name', ({ open }) => {
  let door: OpenDoor;
  let kms: KMSClient;
  let KeyId = '';
  beforeAll(async () => {
    door = await open();
    kms = door.kms();
    KeyId = (await kms.send(new CreateKeyCommand({ Description: 'for tests' }))).KeyMetadata?.KeyId ?? '';
  });
  afterAll(() => door.close());

  it('says who is calling', async () => {
    const { Account, Arn, UserId } = await door.sts('s3-administrator').send(new GetCallerIdentityCommand({}));
    expect([Account, Arn]).toEqual(['111122223333', 'arn:aws:iam::111122223333:user/s3-administrator']);
    expect(UserId).toMatch(/^AIDA/);
  });

  it('describes and lists a key', async () => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      KeyId,
      AWSAccountId: '111122223333',
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
      Description: 'for tests',
    });
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    const { Keys } = await kms.send(new ListKeysCommand({}));
    expect(Keys?.some(one => one.KeyId === KeyId)).toBe(true);
  });

  it('gives data keys, and opens their blobs with the same context only (F-KMS-021, F-ERR-084)', async () => {
    const EncryptionContext = { purpose: 'test' };
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
    expect(made.Plaintext?.length).toBe(32);
    expect(made.KeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    const hidden = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 64 }));
    expect((await kms.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }))).Plaintext?.length).toBe(64);
  });

  it('encrypts, decrypts and re-encrypts small secrets', async () => {
    const other = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
    const one = await kms.send(new EncryptCommand({ KeyId, Plaintext: SECRET, EncryptionContext: { a: '1' } }));
    const two = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: one.CiphertextBlob,
        SourceEncryptionContext: { a: '1' },
        DestinationKeyId: other,
        DestinationEncryptionContext: { b: '2' },
      }),
    );
    expect(two.KeyId).toBe(other);
    const opened = await kms.send(
      new DecryptCommand({ CiphertextBlob: two.CiphertextBlob, EncryptionContext: { b: '2' } }),
    );
    expect(opened.Plaintext).toEqual(SECRET);
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob: one.CiphertextBlob, KeyId: other, EncryptionContext: { a: '1' } })),
    ).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: SECRET, DryRun: true }))).rejects.toMatchObject({
      name: 'DryRunOperationException',
    });
    expect((await kms.send(new GenerateRandomCommand({ NumberOfBytes: 16 }))).Plaintext?.length).toBe(16);
  });

  it('moves an alias', async () => {
    const AliasName = 'alias/moving';
    const other = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
    expect((await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.KeyId).toBe(KeyId);
    await expect(kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: other }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other }));
    expect((await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.KeyId).toBe(other);
    expect((await kms.send(new ListAliasesCommand({}))).Aliases?.map(alias => alias.AliasName)).toContain(AliasName);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('goes through the states of a key (F-KMS-060…068)', async () => {
    const state = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await state()).toBe('Disabled');
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
    await kms.send(new EnableKeyCommand({ KeyId }));
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(scheduled.KeyState).toBe('PendingDeletion');
    expect(scheduled.DeletionDate).toBeInstanceOf(Date);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await state()).toBe('Disabled');
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(SECRET);
  });

  it('rotates, and old blobs stay readable (F-KMS-050, F-KMS-051)', async () => {
    const old = await kms.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
    const before = (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.CurrentKeyMaterialId;
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    const after = (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.CurrentKeyMaterialId;
    expect(after).not.toBe(before);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: old.CiphertextBlob }));
    expect([opened.Plaintext, opened.KeyMaterialId]).toEqual([SECRET, before]);
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 });
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    const { Rotations } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
    expect(Rotations?.map(one => one.RotationType)).toEqual(['ON_DEMAND']);
  });

  it('keeps policies, grants and tags', async () => {
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy ?? '').Statement[0].Action).toBe('kms:*');
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    const reader = door.kms('s3-administrator');
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
    await expect(reader.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const grant = () =>
      kms.send(
        new CreateGrantCommand({
          KeyId,
          GranteePrincipal: 'arn:aws:iam::111122223333:user/s3-administrator',
          RetiringPrincipal: 'arn:aws:iam::111122223333:user/admin',
          Operations: ['Decrypt'],
        }),
      );
    const one = await grant();
    expect((await reader.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(SECRET);
    expect((await kms.send(new ListGrantsCommand({ KeyId }))).Grants?.map(one => one.GrantId)).toEqual([one.GrantId]);
    await kms.send(new RevokeGrantCommand({ KeyId, GrantId: one.GrantId }));
    await expect(reader.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const two = await grant();
    const retirable = await kms.send(
      new ListRetirableGrantsCommand({ RetiringPrincipal: 'arn:aws:iam::111122223333:user/admin' }),
    );
    expect(retirable.Grants?.map(one => one.GrantId)).toEqual([two.GrantId]);
    await kms.send(new RetireGrantCommand({ GrantToken: two.GrantToken }));
    const Tags = [{ TagKey: 'team', TagValue: 'blue' }];
    await kms.send(new TagResourceCommand({ KeyId, Tags }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual(Tags);
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['team'] }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([]);
  });

  it('makes key pairs, RSA keys and HMAC keys', async () => {
    const pair = await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'RSA_2048' }));
    expect(pair.PublicKey?.length).toBeGreaterThan(200);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob }));
    expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
    const rsa =
      (await kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }))).KeyMetadata?.KeyId ??
      '';
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const locked = await kms.send(new EncryptCommand({ KeyId: rsa, Plaintext: SECRET, EncryptionAlgorithm }));
    expect(
      (await kms.send(new DecryptCommand({ KeyId: rsa, CiphertextBlob: locked.CiphertextBlob, EncryptionAlgorithm })))
        .Plaintext,
    ).toEqual(SECRET);
    expect((await kms.send(new GetPublicKeyCommand({ KeyId: rsa }))).EncryptionAlgorithms).toContain(
      EncryptionAlgorithm,
    );
    const hmac =
      (await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }))).KeyMetadata
        ?.KeyId ?? '';
    const { Mac } = await kms.send(
      new GenerateMacCommand({ KeyId: hmac, Message: SECRET, MacAlgorithm: 'HMAC_SHA_256' }),
    );
    const verified = await kms.send(
      new VerifyMacCommand({ KeyId: hmac, Message: SECRET, MacAlgorithm: 'HMAC_SHA_256', Mac }),
    );
    expect(verified.MacValid).toBe(true);
    await expect(kms.send(new EncryptCommand({ KeyId: hmac, Plaintext: SECRET }))).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
  });
});
