import { describe, expect, it } from 'vitest';
import { kmsHarness } from '../../testing/kmsHarness.ts';

const Plaintext = 'AA==';

describe('where KMS is slow (F-KMS-034, F-SIM-014)', () => {
  it('a disabled key can still be used for some seconds, and an enabled one not yet', async () => {
    const { ask, makeKey, pass } = await kmsHarness({ propagationSeconds: 3 });
    const { KeyId } = await makeKey();
    const statusOf = async () => (await ask('Encrypt', { KeyId, Plaintext })).status;
    await ask('DisableKey', { KeyId });
    pass(2999);
    expect(await statusOf()).toBe(200);
    pass(1);
    expect(await statusOf()).toBe(400);
    await ask('EnableKey', { KeyId });
    expect(await statusOf()).toBe(400);
    pass(3000);
    expect(await statusOf()).toBe(200);
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({ KeyState: 'Enabled' });
  });

  it('a new grant counts a little later, and at once with its token', async () => {
    const { ask, makeKey, pass, people } = await kmsHarness({ propagationSeconds: 3 });
    const { KeyId } = await makeKey();
    const granted = await ask('CreateGrant', { KeyId, GranteePrincipal: people.reader.arn, Operations: ['Encrypt'] });
    const statusOf = async (more: object) => (await ask('Encrypt', { KeyId, Plaintext, ...more }, 'reader')).status;
    expect(await statusOf({})).toBe(400);
    expect(await statusOf({ GrantTokens: [granted.body.GrantToken] })).toBe(200);
    pass(3000);
    expect(await statusOf({})).toBe(200);
  });
});

describe('everywhere else', () => {
  it('a change counts at once', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    await ask('DisableKey', { KeyId });
    expect((await ask('Encrypt', { KeyId, Plaintext })).status).toBe(400);
  });
});
