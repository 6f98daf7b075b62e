import { describe, expect, it } from 'vitest';
import { type Harness, kmsHarness } from '../../testing/kmsHarness.ts';
import { type Bytes, utf8 } from '../bytes/bytes.ts';
import { decodeBlob, encodeBlob } from './api.ts';

const TEXT = encodeBlob(utf8('mine'));
const MATERIAL = new Uint8Array(32).fill(9);
const DAY = 24 * 3600 * 1000;
const FOREVER = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };

/** Does what a customer does: asks for the wrapping key, and sends the material under it. */
async function importMaterial({ ask }: Harness, KeyId: string, material: Bytes, more: object = FOREVER) {
  const { body } = await ask('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  const spki = decodeBlob(String(body.PublicKey)) ?? new Uint8Array();
  const handle = await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, handle, material));
  const asked = { KeyId, ImportToken: body.ImportToken, EncryptedKeyMaterial: encodeBlob(wrapped), ...more };
  return { asked, answer: await ask('ImportKeyMaterial', asked) };
}

describe('imported material', () => {
  it('makes a waiting key work, and is gone when it is deleted (F-KMS-063)', async () => {
    const harness = await kmsHarness();
    const { ask, makeKey, host } = harness;
    const { KeyId, Arn, KeyState } = await makeKey({ Origin: 'EXTERNAL' });
    expect(KeyState).toBe('PendingImport');
    const { answer } = await importMaterial(harness, KeyId, MATERIAL);
    expect(answer.body).toEqual({ KeyId: Arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({
      KeyState: 'Enabled',
      Origin: 'EXTERNAL',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
    const { CiphertextBlob } = (await ask('Encrypt', { KeyId, Plaintext: TEXT })).body;
    await ask('DeleteImportedKeyMaterial', { KeyId });
    expect(host.ids()).toEqual([]);
    expect((await ask('Decrypt', { CiphertextBlob })).body.message).toBe(`${Arn} is pending import.`);
    const again = await importMaterial(harness, KeyId, MATERIAL);
    expect(again.answer.body).toEqual(answer.body);
    expect((await ask('Decrypt', { CiphertextBlob })).body.Plaintext).toBe(TEXT);
  });

  it('has no second version to rotate to until one is imported (F-KMS-055)', async () => {
    const harness = await kmsHarness();
    const { KeyId, Arn } = await harness.makeKey({ Origin: 'EXTERNAL' });
    expect((await harness.ask('RotateKeyOnDemand', { KeyId })).body.message).toBe(`${Arn} is pending import.`);
    await importMaterial(harness, KeyId, MATERIAL);
    expect((await harness.ask('RotateKeyOnDemand', { KeyId })).body).toEqual({
      __type: 'KMSInvalidStateException',
      message: `No available key material pending rotation for the key: ${Arn}.`,
    });
  });

  it('expires when it is told to', async () => {
    const harness = await kmsHarness();
    const { ask, makeKey, pass, clock } = harness;
    const { KeyId } = await makeKey({ Origin: 'EXTERNAL' });
    await importMaterial(harness, KeyId, MATERIAL, { ValidTo: (clock.now() + DAY) / 1000 });
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({ KeyState: 'Enabled' });
    pass(DAY);
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({ KeyState: 'PendingImport' });
  });

  it('is refused when it is other material than the key had, has no 32 bytes, or never expires by mistake', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey({ Origin: 'EXTERNAL' });
    const typeOf = async (material: Bytes, more?: object) =>
      (await importMaterial(harness, KeyId, material, more)).answer.body.__type;
    expect(await typeOf(MATERIAL.slice(1))).toBe('InvalidCiphertextException');
    const missing = await importMaterial(harness, KeyId, MATERIAL, {});
    expect(missing.answer.body.message).toBe(
      'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    );
    expect(await typeOf(MATERIAL)).toBeUndefined();
    expect(await typeOf(new Uint8Array(32).fill(1))).toBe('IncorrectKeyMaterialException');
  });

  it('needs a token of this key that is not older than a day', async () => {
    const harness = await kmsHarness();
    const [one, two] = [await harness.makeKey({ Origin: 'EXTERNAL' }), await harness.makeKey({ Origin: 'EXTERNAL' })];
    const { asked } = await importMaterial(harness, one.KeyId, MATERIAL);
    const foreign = await harness.ask('ImportKeyMaterial', { ...asked, KeyId: two.KeyId });
    expect(foreign.body.__type).toBe('InvalidImportTokenException');
    harness.pass(DAY + 1001);
    expect((await harness.ask('ImportKeyMaterial', asked)).body.__type).toBe('ExpiredImportTokenException');
  });

  it('is not for keys with material of KMS’s own', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId, Arn } = await makeKey();
    const WrappingKeySpec = 'RSA_2048';
    const { body } = await ask('GetParametersForImport', {
      KeyId,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec,
    });
    expect(body).toEqual({
      __type: 'UnsupportedOperationException',
      message: `${Arn} origin is AWS_KMS which is not valid for this operation.`,
    });
  });

  it('is never written down', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey({ Origin: 'EXTERNAL' });
    const { asked } = await importMaterial(harness, KeyId, MATERIAL);
    const log = JSON.stringify(harness.records());
    expect(log).not.toContain(String(asked.ImportToken));
    expect(log).not.toContain(asked.EncryptedKeyMaterial);
    expect(harness.records().at(-1)).toMatchObject({ requestParameters: { keyId: KeyId, ...lowered(FOREVER) } });
  });
});

function lowered(members: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
  );
}
