import { describe, expect, it } from 'vitest';
import { kmsHarness } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { decodeBlob, encodeBlob } from './api.ts';

const TEXT = encodeBlob(utf8('the plaintext'));

const CONTEXT = JSON.parse('{"project":"x","__proto__":"a name like others"}') as object;

describe('Encrypt, Decrypt and ReEncrypt', () => {
  it('are inverse under the same context (F-KMS-024, F-KMS-023)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId, Arn, CurrentKeyMaterialId } = await makeKey();
    const locked = await ask('Encrypt', { KeyId, Plaintext: TEXT, EncryptionContext: CONTEXT });
    expect(locked.body).toMatchObject({ KeyId: Arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    const { CiphertextBlob } = locked.body;
    expect((await ask('Decrypt', { CiphertextBlob, EncryptionContext: CONTEXT })).body).toEqual({
      KeyId: Arn,
      Plaintext: TEXT,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: CurrentKeyMaterialId,
    });
  });

  it('bind a name such as __proto__ like any other', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const { CiphertextBlob } = (await ask('Encrypt', { KeyId, Plaintext: TEXT, EncryptionContext: CONTEXT })).body;
    const without = { CiphertextBlob, EncryptionContext: { project: 'x' } };
    expect((await ask('Decrypt', without)).body.__type).toBe('InvalidCiphertextException');
  });

  it('lock again under another key without giving the plaintext out (F-KMS-025)', async () => {
    const { ask, makeKey, record } = await kmsHarness();
    const [from, to] = [await makeKey(), await makeKey()];
    const CiphertextBlob = (await ask('Encrypt', { KeyId: from.KeyId, Plaintext: TEXT })).body.CiphertextBlob;
    const answers: object[] = [];
    const trace = await record(async () => {
      const asked = { CiphertextBlob, DestinationKeyId: to.Arn, DestinationEncryptionContext: { b: '2' } };
      answers.push((await ask('ReEncrypt', asked)).body);
    });
    const [answer] = answers as [{ CiphertextBlob: string }];
    expect(answer).toEqual({
      CiphertextBlob: expect.any(String),
      SourceKeyId: from.Arn,
      KeyId: to.Arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: from.CurrentKeyMaterialId,
      DestinationKeyMaterialId: to.CurrentKeyMaterialId,
    });
    expect(trace.steps.map(({ name }) => name)).toContain('kms.rewrapDataKey');
    expect(JSON.stringify(answer)).not.toContain(TEXT);
    const opened = await ask('Decrypt', { CiphertextBlob: answer.CiphertextBlob, EncryptionContext: { b: '2' } });
    expect(opened.body).toMatchObject({ KeyId: to.Arn, Plaintext: TEXT });
  });

  it('need both permissions to lock again: on the source and on the target', async () => {
    const { ask, makeKey, people } = await kmsHarness();
    const { KeyId, Arn } = await makeKey();
    const CiphertextBlob = (await ask('Encrypt', { KeyId, Plaintext: TEXT })).body.CiphertextBlob;
    const again = () => ask('ReEncrypt', { CiphertextBlob, DestinationKeyId: Arn }, 'reader');
    const grant = (operation: string) =>
      ask('CreateGrant', { KeyId, GranteePrincipal: people.reader.arn, Operations: [operation] });
    expect((await again()).body.message).toContain('kms:ReEncryptTo');
    await grant('ReEncryptTo');
    expect((await again()).body.message).toContain('kms:ReEncryptFrom');
    await grant('ReEncryptFrom');
    expect((await again()).status).toBe(200);
  });

  it('of a data key show the key that is inside the new blob', async () => {
    const { ask, makeKey, record, recorder } = await kmsHarness();
    const { KeyId } = await makeKey();
    const dataKey = (await ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).body.Plaintext;
    let blob = '';
    await record(async () => {
      blob = String((await ask('Encrypt', { KeyId, Plaintext: dataKey })).body.CiphertextBlob);
    });
    const artifact = await recorder.find(decodeBlob(blob) ?? new Uint8Array());
    const inside = await recorder.find(decodeBlob(String(dataKey)) ?? new Uint8Array());
    expect(artifact).toMatchObject({ kind: 'encrypted-data-key', lock: { contents: [inside?.id] } });
    expect(inside?.kind).toBe('data-key');
  });
});

describe('data keys', () => {
  it.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 1024 }, 1024],
  ])('of %o have %i bytes (F-KMS-021)', async (size, byteLength) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const { Plaintext, CiphertextBlob } = (await ask('GenerateDataKey', { KeyId, ...size })).body;
    expect(decodeBlob(String(Plaintext))).toHaveLength(byteLength);
    expect((await ask('Decrypt', { CiphertextBlob })).body.Plaintext).toBe(Plaintext);
  });

  it.each([[{}], [{ KeySpec: 'AES_256', NumberOfBytes: 3 }]])(
    'want either a spec or a number of bytes: %o (F-KMS-032)',
    async size => {
      const { ask, makeKey } = await kmsHarness();
      const { KeyId } = await makeKey();
      expect((await ask('GenerateDataKey', { KeyId, ...size })).body).toEqual({
        __type: 'ValidationException',
        message: 'Please specify either number of bytes or key spec.',
      });
    },
  );

  it('can stay inside: only the blob comes out, for later (F-KMS-022)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const { body } = await ask('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_256' });
    expect(Object.keys(body)).toEqual(['CiphertextBlob', 'KeyId', 'KeyMaterialId']);
    const opened = await ask('Decrypt', { CiphertextBlob: body.CiphertextBlob });
    expect(decodeBlob(String(opened.body.Plaintext))).toHaveLength(32);
  });

  it('come as pairs, whose private half is locked and can be opened again', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    for (const KeyPairSpec of ['RSA_2048', 'ECC_NIST_P256']) {
      const { body } = await ask('GenerateDataKeyPair', { KeyId, KeyPairSpec, EncryptionContext: { a: '1' } });
      const CiphertextBlob = body.PrivateKeyCiphertextBlob;
      const opened = await ask('Decrypt', { CiphertextBlob, EncryptionContext: { a: '1' } });
      expect(opened.body.Plaintext).toBe(body.PrivateKeyPlaintext);
      const algorithm = KeyPairSpec.startsWith('RSA')
        ? { name: 'RSA-PSS', hash: 'SHA-256' }
        : { name: 'ECDSA', namedCurve: 'P-256' };
      const use = { name: algorithm.name, hash: 'SHA-256', saltLength: 32 };
      const bytes = (text: unknown) => decodeBlob(String(text)) ?? new Uint8Array();
      const signing = await crypto.subtle.importKey('pkcs8', bytes(opened.body.Plaintext), algorithm, false, ['sign']);
      const checking = await crypto.subtle.importKey('spki', bytes(body.PublicKey), algorithm, false, ['verify']);
      const signature = await crypto.subtle.sign(use, signing, utf8('x'));
      expect(await crypto.subtle.verify(use, checking, signature, utf8('x'))).toBe(true);
      const quiet = await ask('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec });
      expect(quiet.body).not.toHaveProperty('PrivateKeyPlaintext');
    }
  });

  it('are not the only random bytes (F-KMS-010)', async () => {
    const { ask } = await kmsHarness();
    const draw = async () => String((await ask('GenerateRandom', { NumberOfBytes: 44 })).body.Plaintext);
    const [first, second] = [await draw(), await draw()];
    expect(decodeBlob(first)).toHaveLength(44);
    expect(first).not.toBe(second);
  });
});

describe('RSA keys', () => {
  it.each([
    ['RSAES_OAEP_SHA_1', 214],
    ['RSAES_OAEP_SHA_256', 190],
  ])('lock with %s at most %i bytes, by themselves or with their public half', async (EncryptionAlgorithm, max) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId, Arn } = await makeKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const Plaintext = encodeBlob(new Uint8Array(max).fill(1));
    const locked = await ask('Encrypt', { KeyId, Plaintext, EncryptionAlgorithm });
    expect(locked.body).toMatchObject({ KeyId: Arn, EncryptionAlgorithm });
    const { CiphertextBlob } = locked.body;
    expect(decodeBlob(String(CiphertextBlob))).toHaveLength(256);
    const opened = await ask('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm });
    expect(opened.body).toEqual({ KeyId: Arn, Plaintext, EncryptionAlgorithm });

    const tooLong = encodeBlob(new Uint8Array(max + 1));
    expect((await ask('Encrypt', { KeyId, Plaintext: tooLong, EncryptionAlgorithm })).body).toEqual({
      __type: 'ValidationException',
      message: `Algorithm ${EncryptionAlgorithm} and key spec RSA_2048 cannot encrypt data larger than ${max} bytes.`,
    });

    const { PublicKey, KeyUsage } = (await ask('GetPublicKey', { KeyId })).body;
    expect(KeyUsage).toBe('ENCRYPT_DECRYPT');
    const hash = EncryptionAlgorithm === 'RSAES_OAEP_SHA_1' ? 'SHA-1' : 'SHA-256';
    const spki = decodeBlob(String(PublicKey)) ?? new Uint8Array();
    const handle = await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash }, false, ['encrypt']);
    const own = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, handle, utf8('outside')));
    const read = await ask('Decrypt', { KeyId, CiphertextBlob: encodeBlob(own), EncryptionAlgorithm });
    expect(read.body.Plaintext).toBe(encodeBlob(utf8('outside')));
  });

  it('refuse what was locked to another key or in another way', async () => {
    const { ask, makeKey } = await kmsHarness();
    const rsa = { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' };
    const [one, two] = [await makeKey(rsa), await makeKey(rsa)];
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const { CiphertextBlob } = (await ask('Encrypt', { KeyId: one.KeyId, Plaintext: TEXT, EncryptionAlgorithm })).body;
    const types = [];
    for (const request of [
      { KeyId: two.KeyId, EncryptionAlgorithm },
      { KeyId: one.KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' },
      { EncryptionAlgorithm },
      { KeyId: one.KeyId },
      { KeyId: one.KeyId, EncryptionAlgorithm, EncryptionContext: { a: '1' } },
    ]) {
      types.push((await ask('Decrypt', { CiphertextBlob, ...request })).body.__type);
    }
    expect(types).toEqual([
      'InvalidCiphertextException',
      'InvalidCiphertextException',
      'InvalidCiphertextException',
      'InvalidKeyUsageException',
      'ValidationException',
    ]);
  });
});

describe('HMAC keys', () => {
  it.each([
    ['HMAC_256', 'HMAC_SHA_256', 32],
    ['HMAC_384', 'HMAC_SHA_384', 48],
    ['HMAC_512', 'HMAC_SHA_512', 64],
  ])('%s compute and check', async (KeySpec, MacAlgorithm, byteLength) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId, Arn } = await makeKey({ KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { body } = await ask('GenerateMac', { KeyId, Message: TEXT, MacAlgorithm });
    expect(body).toMatchObject({ KeyId: Arn, MacAlgorithm });
    expect(decodeBlob(String(body.Mac))).toHaveLength(byteLength);
    const check = { KeyId, MacAlgorithm, Mac: body.Mac };
    expect((await ask('VerifyMac', { ...check, Message: TEXT })).body).toEqual({
      KeyId: Arn,
      MacValid: true,
      MacAlgorithm,
    });
    expect((await ask('VerifyMac', { ...check, Message: encodeBlob(utf8('other')) })).body).toEqual({
      __type: 'KMSInvalidMacException',
      message: '',
    });
  });
});
