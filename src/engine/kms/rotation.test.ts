import { describe, expect, it } from 'vitest';
import { type Harness, kmsHarness, START } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { encodeBlob } from './api.ts';

const TEXT = encodeBlob(utf8('kept'));
const DAY = 24 * 3600 * 1000;

const materialOf = async ({ ask }: Harness, KeyId: string) =>
  (await ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).body.KeyMaterialId;
const rotationsOf = async ({ ask }: Harness, KeyId: string, IncludeKeyMaterial = 'ROTATIONS_ONLY') =>
  (await ask('ListKeyRotations', { KeyId, IncludeKeyMaterial })).body.Rotations as readonly Record<string, unknown>[];

describe('rotation by the calendar', () => {
  it('is off at first, and every 365 days when turned on (F-KMS-052)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    expect((await ask('GetKeyRotationStatus', { KeyId })).body).toEqual({ KeyId, KeyRotationEnabled: false });
    await ask('EnableKeyRotation', { KeyId });
    expect((await ask('GetKeyRotationStatus', { KeyId })).body).toEqual({
      KeyId,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: (START + 365 * DAY) / 1000,
    });
    await ask('DisableKeyRotation', { KeyId });
    expect((await ask('GetKeyRotationStatus', { KeyId })).body.KeyRotationEnabled).toBe(false);
  });

  it.each([
    [89, 400],
    [90, 200],
    [2560, 200],
    [2561, 400],
  ])('takes a period of %i days with %i (F-KMS-028)', async (RotationPeriodInDays, status) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    expect((await ask('EnableKeyRotation', { KeyId, RotationPeriodInDays })).status).toBe(status);
  });

  it('changes the material that encrypts, and nothing else (F-KMS-050, F-KMS-051, F-KMS-056)', async () => {
    const harness = await kmsHarness();
    const { ask, makeKey, pass } = harness;
    const { KeyId, Arn, CurrentKeyMaterialId } = await makeKey();
    await ask('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    const old = (await ask('Encrypt', { KeyId, Plaintext: TEXT })).body.CiphertextBlob;
    pass(90 * DAY - 1);
    expect(await materialOf(harness, KeyId)).toBe(CurrentKeyMaterialId);
    pass(1);
    const { KeyMetadata } = (await ask('DescribeKey', { KeyId })).body;
    expect(KeyMetadata).toMatchObject({ Arn });
    expect(KeyMetadata).not.toMatchObject({ CurrentKeyMaterialId });
    expect((await ask('Decrypt', { CiphertextBlob: old })).body).toMatchObject({
      Plaintext: TEXT,
      KeyMaterialId: CurrentKeyMaterialId,
    });
  });

  it('makes up for every period that passed without a call', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    await harness.ask('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
    harness.pass(350 * DAY);
    expect(await rotationsOf(harness, KeyId)).toMatchObject(
      [100, 200, 300].map(day => ({ RotationType: 'AUTOMATIC', RotationDate: (START + day * DAY) / 1000 })),
    );
  });

  it('waits while the key is disabled, and happens once when it is enabled again (F-KMS-057)', async () => {
    const harness = await kmsHarness();
    const { ask, pass } = harness;
    const { KeyId } = await harness.makeKey();
    await ask('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    await ask('DisableKey', { KeyId });
    pass(300 * DAY);
    expect(await rotationsOf(harness, KeyId)).toEqual([]);
    await ask('EnableKey', { KeyId });
    expect(await rotationsOf(harness, KeyId)).toMatchObject([{ RotationDate: (START + 300 * DAY) / 1000 }]);
    expect((await ask('GetKeyRotationStatus', { KeyId })).body.NextRotationDate).toBe((START + 390 * DAY) / 1000);
  });
});

describe('rotation on demand', () => {
  it('happens at once and leaves the calendar alone (F-KMS-054)', async () => {
    const harness = await kmsHarness();
    const { ask, pass } = harness;
    const { KeyId, CurrentKeyMaterialId } = await harness.makeKey();
    await ask('EnableKeyRotation', { KeyId });
    pass(DAY);
    expect((await ask('RotateKeyOnDemand', { KeyId })).body).toEqual({ KeyId });
    expect(await materialOf(harness, KeyId)).not.toBe(CurrentKeyMaterialId);
    expect((await ask('GetKeyRotationStatus', { KeyId })).body.NextRotationDate).toBe((START + 365 * DAY) / 1000);
    expect(await rotationsOf(harness, KeyId, 'ALL_KEY_MATERIAL')).toEqual([
      { KeyId, KeyMaterialId: CurrentKeyMaterialId, KeyMaterialState: 'NON_CURRENT' },
      {
        KeyId,
        KeyMaterialId: await materialOf(harness, KeyId),
        KeyMaterialState: 'CURRENT',
        RotationDate: (START + DAY) / 1000,
        RotationType: 'ON_DEMAND',
      },
    ]);
  });

  it('works 25 times, and what every version has locked stays readable (F-KMS-051, F-KMS-054)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const blobs = [];
    for (let i = 0; i <= 25; i++) {
      blobs.push((await ask('Encrypt', { KeyId, Plaintext: encodeBlob(new Uint8Array([i])) })).body.CiphertextBlob);
      if (i < 25) expect((await ask('RotateKeyOnDemand', { KeyId })).status).toBe(200);
    }
    const materials = new Set<unknown>();
    for (const [i, CiphertextBlob] of blobs.entries()) {
      const { body } = await ask('Decrypt', { CiphertextBlob });
      expect(body.Plaintext).toBe(encodeBlob(new Uint8Array([i])));
      materials.add(body.KeyMaterialId);
    }
    expect(materials.size).toBe(26);
  });

  it.each([
    ['RSA_2048', 'ENCRYPT_DECRYPT'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ])('is not for keys of spec %s, nor is the calendar (F-KMS-055)', async (KeySpec, KeyUsage) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey({ KeySpec, KeyUsage });
    for (const operation of ['RotateKeyOnDemand', 'EnableKeyRotation', 'GetKeyRotationStatus'] as const) {
      expect((await ask(operation, { KeyId })).body.__type).toBe('UnsupportedOperationException');
    }
  });

  it('shows the new material being made in the HSM and exported', async () => {
    const { ask, makeKey, record } = await kmsHarness();
    const { KeyId } = await makeKey();
    const trace = await record(() => ask('RotateKeyOnDemand', { KeyId }));
    expect(trace.steps.map(({ name }) => name)).toEqual(['kms.authorize', 'kms.administer', 'kms.log']);
    const told = trace.events.map(({ verb, place }) => `${verb}@${place}`);
    expect(told).toEqual([
      'authorized@kms.host',
      'generated@kms.hsm',
      'wrapped@kms.host',
      'discarded@kms.hsm',
      'logged@audit',
    ]);
  });
});
