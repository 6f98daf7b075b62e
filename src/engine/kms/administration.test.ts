import { describe, expect, it } from 'vitest';
import { HOME, kmsHarness, REGION } from '../../testing/kmsHarness.ts';

const aliasArn = (name: string) => `arn:aws:kms:${REGION}:${HOME}:${name}`;
const ROOT = `arn:aws:iam::${HOME}:root`;

describe('aliases', () => {
  it('stand for a key, and can be pointed at another one (F-KMS-058)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const [one, two] = [await makeKey(), await makeKey()];
    const AliasName = 'alias/app';
    await ask('CreateAlias', { AliasName, TargetKeyId: one.Arn });
    const describe = async (KeyId: string) => (await ask('DescribeKey', { KeyId })).body.KeyMetadata;
    expect(await describe(AliasName)).toMatchObject({ Arn: one.Arn });
    await ask('UpdateAlias', { AliasName, TargetKeyId: two.KeyId });
    expect(await describe(aliasArn(AliasName))).toMatchObject({ Arn: two.Arn });
    expect((await ask('ListAliases', { KeyId: one.KeyId })).body.Aliases).toEqual([]);
    expect((await ask('ListAliases', { KeyId: two.KeyId })).body.Aliases).toMatchObject([
      { AliasName, AliasArn: aliasArn(AliasName), TargetKeyId: two.KeyId },
    ]);
    expect((await ask('DeleteAlias', { AliasName })).status).toBe(200);
    expect((await ask('DescribeKey', { KeyId: AliasName })).body.__type).toBe('NotFoundException');
  });

  it.each([
    ['CreateAlias', 'no-prefix', 'ValidationException', 'Invalid identifier'],
    ['CreateAlias', 'alias/with space', 'ValidationException', '^[a-zA-Z0-9:/_-]+$'],
    ['CreateAlias', 'alias/aws/mine', 'InvalidAliasNameException', 'alias/aws/'],
    [
      'CreateAlias',
      'alias/taken',
      'AlreadyExistsException',
      `An alias with the name ${aliasArn('alias/taken')} already`,
    ],
    ['UpdateAlias', 'alias/none', 'NotFoundException', `Alias ${aliasArn('alias/none')} is not found.`],
    ['DeleteAlias', 'alias/none', 'NotFoundException', `Alias ${aliasArn('alias/none')} is not found.`],
  ] as const)('%s refuses %s with %s', async (operation, AliasName, code, message) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    await ask('CreateAlias', { AliasName: 'alias/taken', TargetKeyId: KeyId });
    const { body } = await ask(operation, { AliasName, TargetKeyId: KeyId });
    expect(body.__type).toBe(code);
    expect(body.message).toContain(message);
  });

  it('do not stand for aliases, nor for keys that nobody may touch', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    await ask('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    const toAlias = await ask('CreateAlias', { AliasName: 'alias/b', TargetKeyId: 'alias/a' });
    expect(toAlias.body.message).toBe('Aliases must refer to keys. Not aliases');
    const denied = await ask('CreateAlias', { AliasName: 'alias/b', TargetKeyId: KeyId }, 'reader');
    expect(denied.body.__type).toBe('AccessDeniedException');
  });

  it('are at most 50 for a key (F-KMS-089)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const create = (i: number) => ask('CreateAlias', { AliasName: `alias/${i}`, TargetKeyId: KeyId });
    for (let i = 0; i < 50; i++) await create(i);
    expect((await create(50)).body.__type).toBe('LimitExceededException');
  });
});

describe('key policies', () => {
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const toRoot = { Sid: 'Root', Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' };

  it('of a new key leave everything to the account (F-KMS-072)', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const { body } = await ask('GetKeyPolicy', { KeyId, PolicyName: 'default' });
    expect(body.PolicyName).toBe('default');
    expect(JSON.parse(String(body.Policy))).toEqual({
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [{ ...toRoot, Sid: 'Enable IAM User Permissions' }],
    });
    expect((await ask('ListKeyPolicies', { KeyId })).body).toEqual({ PolicyNames: ['default'], Truncated: false });
  });

  it('count as they were put, word for word (F-KMS-041)', async () => {
    const { ask, makeKey, people } = await kmsHarness();
    const { KeyId } = await makeKey();
    const reader = {
      Sid: 'R',
      Effect: 'Allow',
      Principal: { AWS: people.reader.arn },
      Action: 'kms:DescribeKey',
      Resource: '*',
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [toRoot, reader] }, null, 3);
    expect((await ask('DescribeKey', { KeyId }, 'reader')).status).toBe(400);
    expect((await ask('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy })).status).toBe(200);
    expect((await ask('DescribeKey', { KeyId }, 'reader')).status).toBe(200);
    expect((await ask('GetKeyPolicy', { KeyId })).body.Policy).toBe(Policy);
  });

  it.each([
    ['no JSON', 'nothing', 'MalformedPolicyDocumentException', 'The policy is not valid JSON'],
    [
      'an unknown condition',
      policy({ ...toRoot, Condition: { Moon: { a: 'b' } } }),
      'MalformedPolicyDocumentException',
      '',
    ],
    [
      'a lockout',
      policy({ ...toRoot, Action: 'kms:DescribeKey' }),
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    ],
  ])('are refused for %s, on new keys and old ones', async (_, Policy, code, message) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    for (const { body } of [await ask('PutKeyPolicy', { KeyId, Policy }), await ask('CreateKey', { Policy })]) {
      expect(body.__type).toBe(code);
      expect(body.message).toContain(message);
    }
  });

  it('can lock out whoever insists', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const Policy = policy({ ...toRoot, Action: 'kms:DescribeKey' });
    const put = { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true };
    expect((await ask('PutKeyPolicy', put)).status).toBe(200);
    expect((await ask('PutKeyPolicy', put)).body.__type).toBe('AccessDeniedException');
    expect((await ask('DescribeKey', { KeyId })).status).toBe(200);
  });
});

describe('tags and descriptions', () => {
  it('are put, replaced and taken away', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const tags = async () => (await ask('ListResourceTags', { KeyId })).body.Tags;
    await ask('TagResource', {
      KeyId,
      Tags: [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'b', TagValue: '' },
      ],
    });
    await ask('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: '2' }] });
    expect(await tags()).toEqual([
      { TagKey: 'b', TagValue: '' },
      { TagKey: 'a', TagValue: '2' },
    ]);
    await ask('UntagResource', { KeyId, TagKeys: ['b', 'none'] });
    expect(await tags()).toEqual([{ TagKey: 'a', TagValue: '2' }]);
    await ask('UpdateKeyDescription', { KeyId, Description: 'new' });
    expect((await ask('DescribeKey', { KeyId })).body.KeyMetadata).toMatchObject({ Description: 'new' });
  });

  it.each([
    [
      'the same name twice',
      [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'a', TagValue: '2' },
      ],
      'TagException',
    ],
    ['a reserved name', [{ TagKey: 'aws:a', TagValue: '1' }], 'TagException'],
    ['no value', [{ TagKey: 'a' }], 'ValidationException'],
  ])('are refused with %s', async (_, Tags, code) => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    expect((await ask('TagResource', { KeyId, Tags })).body.__type).toBe(code);
    expect((await ask('CreateKey', { Tags })).body.__type).toBe(code);
  });

  it('names the place of a wrong member in a list', async () => {
    const { ask } = await kmsHarness();
    expect((await ask('CreateKey', { Tags: [{ TagKey: 'a' }] })).body.message).toBe(
      "1 validation error detected: Value null at 'tags.1.member.tagValue' failed to satisfy constraint: Member must not be null",
    );
  });
});
