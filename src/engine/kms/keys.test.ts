import { describe, expect, it } from 'vitest';
import { HOME, kmsHarness, REGION, START } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { steadyClock } from '../clock.ts';
import { sha256 } from '../crypto/sha2.ts';
import { Store } from '../state/store.ts';
import type { JsonObject } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { Room } from '../trace/room.ts';
import { encodeBlob, KMS_OPERATIONS } from './api.ts';
import { OPERATIONS } from './operations.ts';

const TEXT = encodeBlob(utf8('hello'));
const DAY = 24 * 3600 * 1000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the registry', () => {
  it('has every operation that the contract names, and no other', () => {
    expect([...OPERATIONS.keys()].sort()).toEqual([...KMS_OPERATIONS].sort());
  });

  it('answers with the headers of JSON 1.1, and with nothing at all where AWS says nothing (F-KMS-020)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const { status, headers, body } = await ask('DisableKey', { KeyId });
    expect([status, body]).toEqual([200, {}]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'Content-Type': 'application/x-amz-json-1.1',
      'Cache-Control': 'no-cache, no-store, must-revalidate, private',
      Date: 'Sat, 21 Nov 2026 10:00:00 GMT',
      'x-amzn-RequestId': expect.stringMatching(UUID),
    });
  });
});

describe('a new key', () => {
  it('is symmetric, enabled and the customer’s own (F-KMS-026)', async () => {
    const { makeKey, ask } = await kmsHarness();
    const metadata = await makeKey({ Description: 'for reports', Tags: [{ TagKey: 'team', TagValue: 'a' }] });
    expect(metadata).toEqual({
      AWSAccountId: HOME,
      KeyId: expect.stringMatching(UUID),
      Arn: `arn:aws:kms:${REGION}:${HOME}:key/${metadata.KeyId}`,
      CreationDate: START / 1000,
      Enabled: true,
      Description: 'for reports',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await ask('DescribeKey', { KeyId: metadata.Arn })).body).toEqual({ KeyMetadata: metadata });
    const { body } = await ask('ListResourceTags', { KeyId: metadata.KeyId });
    expect(body).toEqual({ Tags: [{ TagKey: 'team', TagValue: 'a' }], Truncated: false });
  });

  it.each([
    ['RSA_2048', 'ENCRYPT_DECRYPT', { EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] }],
    ['ECC_NIST_P256', 'SIGN_VERIFY', { SigningAlgorithms: ['ECDSA_SHA_256'] }],
    ['HMAC_384', 'GENERATE_VERIFY_MAC', { MacAlgorithms: ['HMAC_SHA_384'] }],
  ])('of spec %s tells what it can do', async (KeySpec, KeyUsage, algorithms) => {
    const { makeKey } = await kmsHarness();
    const metadata = await makeKey({ KeySpec, KeyUsage });
    expect(metadata).toMatchObject({ KeySpec, KeyUsage, CustomerMasterKeySpec: KeySpec, ...algorithms });
    expect(metadata).not.toHaveProperty('CurrentKeyMaterialId');
  });

  it('belongs to whoever makes it, and is nobody else’s to see', async () => {
    const { ask } = await kmsHarness();
    const { body } = await ask('CreateKey', {}, 'abroad');
    expect(body).toMatchObject({ KeyMetadata: { AWSAccountId: '444455556666' } });
    expect((await ask('ListKeys', {}, 'admin')).body).toEqual({ Keys: [], Truncated: false });
    expect((await ask('ListKeys', {}, 'abroad')).body.Keys).toHaveLength(1);
  });

  it('is logged with its metadata and readOnly false (F-CT-012)', async () => {
    const { makeKey, records } = await kmsHarness();
    const { Arn } = await makeKey({ Description: 'x' });
    expect(records()).toMatchObject([
      {
        eventName: 'CreateKey',
        readOnly: false,
        requestParameters: { description: 'x', origin: 'AWS_KMS' },
        responseElements: { keyMetadata: { arn: Arn, creationDate: 'Nov 21, 2026, 10:00:00 AM' } },
        resources: [{ ARN: Arn, accountId: HOME, type: 'AWS::KMS::Key' }],
      },
    ]);
  });
});

describe('lists', () => {
  it('of hundreds of keys come in pages without gap or repetition', async () => {
    const { ask, makeKey } = await kmsHarness();
    const made = new Set<string>();
    for (let i = 0; i < 250; i++) made.add((await makeKey()).KeyId);
    const listed: string[] = [];
    let Marker: string | undefined;
    let pages = 0;
    do {
      const { body } = await ask('ListKeys', { Limit: 60, ...(Marker === undefined ? {} : { Marker }) });
      listed.push(...(body.Keys as { KeyId: string }[]).map(({ KeyId }) => KeyId));
      Marker = body.Truncated === true ? String(body.NextMarker) : undefined;
      pages++;
    } while (Marker !== undefined && pages < 10);
    expect([pages, listed.length, new Set(listed)]).toEqual([5, 250, made]);
  });

  it('refuse a marker that they did not give out', async () => {
    const { ask } = await kmsHarness();
    expect((await ask('ListKeys', { Marker: 'bm90aGluZw==' })).body.__type).toBe('InvalidMarkerException');
  });
});

describe('deletion', () => {
  it('waits 30 days, or 7 to 30 as asked (F-KMS-066)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId, Arn } = await makeKey();
    expect((await ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).body).toEqual({
      KeyId: Arn,
      DeletionDate: (START + 7 * DAY) / 1000,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
    });
    const other = await makeKey();
    expect((await ask('ScheduleKeyDeletion', { KeyId: other.KeyId })).body.PendingWindowInDays).toBe(30);
  });

  it('can be cancelled until the end, and leaves the key disabled (F-KMS-067, F-KMS-068)', async () => {
    const { ask, makeKey, pass } = await kmsHarness();
    const { KeyId, Arn } = await makeKey();
    await ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    pass(7 * DAY - 1);
    expect((await ask('CancelKeyDeletion', { KeyId })).body).toEqual({ KeyId: Arn });
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({
      KeyState: 'Disabled',
      Enabled: false,
    });
    expect((await ask('CancelKeyDeletion', { KeyId })).body.message).toBe(`${Arn} is not pending deletion.`);
    pass(DAY);
    expect((await ask('DescribeKey', { KeyId })).status).toBe(200);
  });

  it('takes the key, its material, its aliases and its grants (F-KMS-067)', async () => {
    const { ask, makeKey, pass, host, people } = await kmsHarness();
    const { KeyId } = await makeKey();
    await ask('CreateAlias', { AliasName: 'alias/gone', TargetKeyId: KeyId });
    await ask('CreateGrant', { KeyId, GranteePrincipal: people.reader.arn, Operations: ['Decrypt'] });
    await ask('RotateKeyOnDemand', { KeyId });
    expect(host.ids()).toHaveLength(2);
    await ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    pass(7 * DAY);
    expect((await ask('DescribeKey', { KeyId })).body.__type).toBe('NotFoundException');
    expect((await ask('ListAliases')).body.Aliases).toEqual([]);
    expect(host.ids()).toEqual([]);
  });
});

describe('the AWS managed key aws/s3', () => {
  const ALIAS = 'alias/aws/s3';

  it('is made when S3 first asks for somebody, one for each account (F-KSM-033, F-KSM-034)', async () => {
    const { ask, askViaS3 } = await kmsHarness();
    expect((await ask('ListAliases')).body.Aliases).toEqual([]);
    const made = await askViaS3('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' });
    const { body } = await ask('DescribeKey', { KeyId: ALIAS });
    expect(body.KeyMetadata).toMatchObject({ Arn: made.body.KeyId, KeyManager: 'AWS', KeyState: 'Enabled' });
    const abroad = await askViaS3('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' }, 'abroad');
    expect(abroad.body.KeyId).not.toBe(made.body.KeyId);
  });

  it('is not made by a direct call that wants to use it', async () => {
    const { ask } = await kmsHarness();
    expect((await ask('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' })).body.__type).toBe('NotFoundException');
  });

  it.each([
    ['DisableKey', {}],
    ['ScheduleKeyDeletion', {}],
    ['PutKeyPolicy', { Policy: '{}' }],
    ['DisableKeyRotation', {}],
    ['RotateKeyOnDemand', {}],
    ['UpdateKeyDescription', { Description: 'mine' }],
    ['TagResource', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
    ['CreateGrant', { GranteePrincipal: `arn:aws:iam::${HOME}:user/reader`, Operations: ['Decrypt'] }],
    ['GenerateDataKey', { KeySpec: 'AES_256' }],
  ] as const)(
    'cannot be changed or used by its customer: %s (F-KMS-041, F-KMS-042, F-KSM-042)',
    async (operation, more) => {
      const { ask, askViaS3 } = await kmsHarness();
      const { KeyId } = (await askViaS3('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' })).body;
      expect((await ask(operation, { KeyId, ...more })).body.__type).toBe('AccessDeniedException');
    },
  );

  it('rotates every year by itself (F-KMS-043, F-KMS-053)', async () => {
    const { ask, askViaS3, pass } = await kmsHarness();
    const before = await askViaS3('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' });
    expect((await ask('GetKeyRotationStatus', { KeyId: before.body.KeyId })).body).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    });
    pass(366 * DAY);
    const after = await askViaS3('GenerateDataKey', { KeyId: ALIAS, KeySpec: 'AES_256' });
    expect(after.body.KeyMaterialId).not.toBe(before.body.KeyMaterialId);
  });
});

describe('a kept world', () => {
  it('opens again with the same domain key, rows and tokens, and opens what was locked before', async () => {
    const domainKey = new Uint8Array(32).fill(7);
    const first = await kmsHarness({ domainKey: domainKey.slice() });
    const { KeyId } = await first.makeKey();
    const rsa = await first.makeKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    await first.ask('CreateAlias', { AliasName: 'alias/kept', TargetKeyId: KeyId });
    const locked = (await first.ask('Encrypt', { KeyId: 'alias/kept', Plaintext: TEXT })).body.CiphertextBlob;
    await first.ask('RotateKeyOnDemand', { KeyId });
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const toRsa = await first.ask('Encrypt', { KeyId: rsa.KeyId, Plaintext: TEXT, EncryptionAlgorithm });

    // What a host keeps: rows as JSON, the tokens, and the artifacts they are.
    const rows = JSON.parse(JSON.stringify(first.store.dump()));
    const recorder = new Recorder(steadyClock(START), sha256);
    const host = new Room('kms.host');
    const mapped = new Map<string, string>();
    for (const [id, content] of first.host.entries()) {
      if (!(content instanceof Uint8Array)) continue;
      const { kind, name } = first.recorder.get(id);
      const artifact = await recorder.identify({ kind, name, bytes: content, isSecret: false });
      host.hold(artifact.id, content);
      mapped.set(id, artifact.id);
    }
    for (const { value } of rows as {
      value: { materials?: { tokenId: string; id: string; backingKeyId: string }[] };
    }[]) {
      for (const material of value.materials ?? []) {
        material.tokenId = mapped.get(material.tokenId) ?? '';
        const bytes = { handle: material.id };
        material.backingKeyId = (await recorder.identify({ kind: 'backing-key', name: 'K', bytes, isSecret: true })).id;
      }
    }
    const again = domainKey.slice();
    const second = await kmsHarness({ store: new Store(rows), recorder, host, domainKey: again });
    expect([...again].every(byte => byte === 0)).toBe(true);
    expect((await second.ask('Decrypt', { CiphertextBlob: locked })).body.Plaintext).toBe(TEXT);
    const CiphertextBlob = toRsa.body.CiphertextBlob;
    expect(
      (await second.ask('Decrypt', { KeyId: rsa.KeyId, CiphertextBlob, EncryptionAlgorithm })).body.Plaintext,
    ).toBe(TEXT);
    expect((await second.ask('ListAliases')).body.Aliases).toMatchObject([
      { AliasName: 'alias/kept', TargetKeyId: KeyId },
    ]);
  });

  it('keeps plain rows only: what is written is what JSON can say, and no secret', async () => {
    const { ask, makeKey, store, people } = await kmsHarness();
    const { KeyId } = await makeKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    await ask('CreateAlias', { AliasName: 'alias/x', TargetKeyId: KeyId });
    await ask('CreateGrant', { KeyId, GranteePrincipal: people.reader.arn, Operations: ['Decrypt'] });
    const dump: readonly { table: string; value?: JsonObject }[] = store.dump();
    expect(JSON.parse(JSON.stringify(dump))).toEqual(dump);
    expect(dump.map(({ table }) => table)).toEqual(['kms.keys', 'kms.aliases', 'kms.grants']);
  });
});
