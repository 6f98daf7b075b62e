import { describe, expect, it } from 'vitest';
import { ABROAD, type Harness, HOME, kmsHarness } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { encodeBlob } from './api.ts';

const TEXT = encodeBlob(utf8('granted'));
const READER = `arn:aws:iam::${HOME}:user/reader`;

const grantTo = async ({ ask }: Harness, KeyId: string, more: object = {}) => {
  const { body } = await ask('CreateGrant', { KeyId, GranteePrincipal: READER, Operations: ['Encrypt'], ...more });
  return { GrantId: String(body.GrantId), GrantToken: String(body.GrantToken) };
};

describe('a grant', () => {
  it('lets its grantee do what it lists, and nothing else (F-KMS-074)', async () => {
    const harness = await kmsHarness();
    const { ask } = harness;
    const { KeyId } = await harness.makeKey();
    const encrypt = () => ask('Encrypt', { KeyId, Plaintext: TEXT }, 'reader');
    expect((await encrypt()).body.__type).toBe('AccessDeniedException');
    await grantTo(harness, KeyId);
    const { status, body } = await encrypt();
    expect(status).toBe(200);
    const decrypted = await ask('Decrypt', { CiphertextBlob: body.CiphertextBlob }, 'reader');
    expect(decrypted.body.__type).toBe('AccessDeniedException');
  });

  it('reaches into another account, where identity policies must allow too', async () => {
    const harness = await kmsHarness();
    const { KeyId, Arn } = await harness.makeKey();
    const use = () => harness.ask('Encrypt', { KeyId: Arn, Plaintext: TEXT }, 'abroad');
    expect((await use()).status).toBe(400);
    await grantTo(harness, KeyId, { GranteePrincipal: `arn:aws:iam::${ABROAD}:user/abroad` });
    expect((await use()).status).toBe(200);
  });

  it.each([
    ['EncryptionContextSubset', { a: '1' }, true],
    ['EncryptionContextSubset', { a: '1', b: '2' }, true],
    ['EncryptionContextSubset', { b: '2' }, false],
    ['EncryptionContextEquals', { a: '1' }, true],
    ['EncryptionContextEquals', { a: '1', b: '2' }, false],
  ])('can be tied to the encryption context by %s: %o (%s)', async (constraint, EncryptionContext, isAllowed) => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    await grantTo(harness, KeyId, { Constraints: { [constraint]: { a: '1' } } });
    const { status } = await harness.ask('Encrypt', { KeyId, Plaintext: TEXT, EncryptionContext }, 'reader');
    expect(status).toBe(isAllowed ? 200 : 400);
  });

  it('has a token that counts at once, and only real ones are accepted', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    const { GrantToken } = await grantTo(harness, KeyId);
    const use = (GrantTokens: readonly string[]) =>
      harness.ask('Encrypt', { KeyId, Plaintext: TEXT, GrantTokens }, 'reader');
    expect((await use([GrantToken])).status).toBe(200);
    expect((await use(['made-up'])).body.__type).toBe('InvalidGrantTokenException');
    expect(JSON.stringify(harness.records())).not.toContain(GrantToken);
  });

  it('under the same name is the same grant', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    const first = await grantTo(harness, KeyId, { Name: 'one' });
    expect((await grantTo(harness, KeyId, { Name: 'one' })).GrantId).toBe(first.GrantId);
    expect((await grantTo(harness, KeyId, { Name: 'two' })).GrantId).not.toBe(first.GrantId);
    expect((await grantTo(harness, KeyId)).GrantId).not.toBe((await grantTo(harness, KeyId)).GrantId);
  });

  it('is listed with everything it says', async () => {
    const harness = await kmsHarness();
    const { KeyId, Arn } = await harness.makeKey();
    const Constraints = { EncryptionContextSubset: { a: '1' } };
    const RetiringPrincipal = READER;
    const { GrantId } = await grantTo(harness, KeyId, { Name: 'one', RetiringPrincipal, Constraints });
    const grant = {
      KeyId: Arn,
      GrantId,
      Name: 'one',
      CreationDate: harness.clock.now() / 1000,
      GranteePrincipal: READER,
      RetiringPrincipal,
      IssuingAccount: `arn:aws:iam::${HOME}:root`,
      Operations: ['Encrypt'],
      Constraints,
    };
    expect((await harness.ask('ListGrants', { KeyId })).body).toEqual({ Grants: [grant], Truncated: false });
    const retirable = await harness.ask('ListRetirableGrants', { RetiringPrincipal });
    expect(retirable.body).toEqual({ Grants: [grant], Truncated: false });
    expect((await harness.ask('ListGrants', { KeyId, GranteePrincipal: `${READER}2` })).body.Grants).toEqual([]);
    expect((await harness.ask('ListGrants', { KeyId, GrantId: 'none' })).body.__type).toBe('NotFoundException');
  });

  it('can be refused by the key policy to all but services (kms:GrantIsForAWSResource)', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    const root = { AWS: `arn:aws:iam::${HOME}:root` };
    const Condition = { Bool: { 'kms:GrantIsForAWSResource': 'false' } };
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Root', Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
        { Sid: 'Services', Effect: 'Deny', Principal: '*', Action: 'kms:CreateGrant', Resource: '*', Condition },
      ],
    });
    await harness.ask('PutKeyPolicy', { KeyId, Policy });
    const wanted = { KeyId, GranteePrincipal: READER, Operations: ['Encrypt'] };
    expect((await harness.ask('CreateGrant', wanted)).body.__type).toBe('AccessDeniedException');
    expect((await harness.askViaS3('CreateGrant', wanted)).status).toBe(200);
  });

  it('ends when it is revoked', async () => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    const { GrantId } = await grantTo(harness, KeyId);
    expect((await harness.ask('RevokeGrant', { KeyId, GrantId }, 'reader')).body.__type).toBe('AccessDeniedException');
    expect((await harness.ask('RevokeGrant', { KeyId, GrantId })).status).toBe(200);
    expect((await harness.ask('Encrypt', { KeyId, Plaintext: TEXT }, 'reader')).status).toBe(400);
    expect((await harness.ask('RevokeGrant', { KeyId, GrantId })).body.__type).toBe('NotFoundException');
  });

  it.each([
    ['whoever it names for that, by its token', { RetiringPrincipal: READER }, true, true],
    ['whoever it names for that, by its id', { RetiringPrincipal: READER }, false, true],
    ['its grantee, if it lists RetireGrant', { Operations: ['RetireGrant'] }, true, true],
    ['its grantee otherwise', {}, true, false],
  ])('can be retired by %s', async (_, more, isByToken, isAllowed) => {
    const harness = await kmsHarness();
    const { KeyId, Arn } = await harness.makeKey();
    const { GrantId, GrantToken } = await grantTo(harness, KeyId, more);
    const asked = isByToken ? { GrantToken } : { KeyId: Arn, GrantId };
    const { status } = await harness.ask('RetireGrant', asked, 'reader');
    expect(status).toBe(isAllowed ? 200 : 400);
    expect((await harness.ask('ListGrants', { KeyId })).body.Grants).toHaveLength(isAllowed ? 0 : 1);
  });

  it.each([
    ['a grantee that is no principal', { GranteePrincipal: 'somebody' }, 'InvalidArnException'],
    ['no operation', { Operations: [] }, 'ValidationException'],
    ['an operation nobody knows', { Operations: ['Fly'] }, 'ValidationException'],
    ['an operation that the key has not', { Operations: ['GenerateMac'] }, 'ValidationException'],
    ['a dry run', { DryRun: true }, 'DryRunOperationException'],
  ])('is not made for %s', async (_, more, code) => {
    const harness = await kmsHarness();
    const { KeyId } = await harness.makeKey();
    const asked = { KeyId, GranteePrincipal: READER, Operations: ['Encrypt'], ...more };
    expect((await harness.ask('CreateGrant', asked)).body.__type).toBe(code);
    expect((await harness.ask('ListGrants', { KeyId })).body.Grants).toEqual([]);
  });
});
