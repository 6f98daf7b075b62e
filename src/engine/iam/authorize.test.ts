import { describe, expect, it } from 'vitest';
import { seededRandom } from '../crypto/seededRandom.ts';
import type { PrincipalName } from '../trace/trace.ts';
import { accessDeniedMessage, authorizeKms, authorizeS3 } from './authorize.ts';
import type { PolicyDocument } from './policy.ts';
import { ANONYMOUS, type Caller, LAB_ACCOUNT_ID, labPrincipals } from './principal.ts';

const BUCKET = 'arn:aws:s3:::demo-bucket';
const OBJECT = `${BUCKET}/report.txt`;
const people = labPrincipals(seededRandom('iam'), [BUCKET], 'arn:aws:kms:eu-central-1:111122223333:key/x');

const gate = (name: PrincipalName, bucketPolicy?: PolicyDocument) =>
  authorizeS3({
    principal: people[name],
    action: 's3:GetObject',
    resource: OBJECT,
    ownerAccountId: LAB_ACCOUNT_ID,
    ...(bucketPolicy ? { bucketPolicy } : {}),
  });
const statement = (Effect: 'Allow' | 'Deny'): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Rule', Effect, Principal: '*', Action: 's3:*', Resource: `${BUCKET}/*` }],
});

describe('the lab’s principals', () => {
  it('have key pairs of the usual lengths, each their own', () => {
    const ids = Object.values(people).map(person => person.accessKeyId);
    expect(new Set(ids).size).toBe(3);
    for (const person of Object.values(people)) {
      expect(person.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
      expect(person.secretAccessKey).toHaveLength(40);
    }
  });

  it.each<[PrincipalName, boolean]>([
    ['owner', true],
    ['s3-admin', true],
    ['stranger', false],
  ])('pass the S3 gate: %s %s', (name, isAllowed) => {
    expect(gate(name).isAllowed).toBe(isAllowed);
  });

  it('let the stranger in once the bucket policy does too', () => {
    expect(gate('stranger', statement('Allow')).isAllowed).toBe(true);
  });
});

describe('accessDeniedMessage', () => {
  it('names the missing identity policy in the same account (F-ERR-037)', () => {
    const denied = authorizeS3({
      principal: { ...people.owner, identityPolicies: [] },
      action: 's3:GetObject',
      resource: OBJECT,
      ownerAccountId: LAB_ACCOUNT_ID,
    });
    expect(accessDeniedMessage(denied)).toBe(
      'User: arn:aws:iam::111122223333:user/application-owner is not authorized to perform: s3:GetObject because no identity-based policy allows the s3:GetObject action',
    );
  });

  it('names the bucket policy that denies in the same account (F-ERR-036)', () => {
    expect(accessDeniedMessage(gate('owner', statement('Deny')))).toBe(
      'User: arn:aws:iam::111122223333:user/application-owner is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::demo-bucket/report.txt" with an explicit deny in a resource-based policy',
    );
  });

  it('tells another account nothing (F-ERR-036)', () => {
    expect(accessDeniedMessage(gate('stranger'))).toBe('Access Denied');
    expect(accessDeniedMessage(gate('stranger', statement('Deny')))).toBe('Access Denied');
  });

  const ALICE = 'arn:aws:iam::111122223333:user/application-owner';
  const START = `User: ${ALICE} is not authorized to perform:`;
  const allow = (Action: string): PolicyDocument => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const deny = (Action: string): PolicyDocument => ({ Statement: [{ Effect: 'Deny', Action, Resource: '*' }] });
  const s3 = (changes: Partial<Caller>, action = 's3:GetObject') =>
    accessDeniedMessage(
      authorizeS3({
        principal: { ...people.owner, ...changes },
        action,
        resource: OBJECT,
        ownerAccountId: LAB_ACCOUNT_ID,
      }),
    );

  it.each<[string, Partial<Caller>, string]>([
    [
      'a session policy’s silence',
      { sessionPolicies: [allow('s3:PutObject')] },
      'because no session policy allows the s3:GetObject action',
    ],
    [
      'a session policy’s deny',
      { sessionPolicies: [allow('*'), deny('s3:Get*')] },
      `on resource: "${OBJECT}" with an explicit deny in a session policy`,
    ],
    [
      'an identity policy’s deny',
      { identityPolicies: [allow('*'), deny('s3:Get*')] },
      `on resource: "${OBJECT}" with an explicit deny in an identity-based policy`,
    ],
  ])('names %s to S3’s callers (F-ERR-036, F-ERR-037)', (_, changes, text) => {
    expect(s3(changes)).toBe(`${START} s3:GetObject ${text}`);
  });

  it('tells whoever did not sign nothing', () => {
    const denied = authorizeS3({
      principal: ANONYMOUS,
      action: 's3:GetObject',
      resource: OBJECT,
      ownerAccountId: LAB_ACCOUNT_ID,
    });
    expect(denied.isAllowed).toBe(false);
    expect(accessDeniedMessage(denied)).toBe('Access Denied');
  });

  const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';
  const keyPolicy = (AWS: string, Effect: 'Allow' | 'Deny' = 'Allow'): PolicyDocument => ({
    Statement: [{ Effect, Principal: { AWS }, Action: 'kms:*', Resource: '*' }],
  });
  const HOME = keyPolicy('arn:aws:iam::111122223333:root');
  const ELSEWHERE =
    'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
  it.each<[string, string, Partial<Caller>, PolicyDocument, 'resource' | 'ciphertext', string]>([
    [
      'F-ERR-048',
      'kms:GenerateDataKey',
      { identityPolicies: [] },
      HOME,
      'resource',
      `on resource: ${KEY} because no identity-based policy allows the kms:GenerateDataKey action`,
    ],
    [
      'F-ERR-048, session',
      'kms:GenerateDataKey',
      { sessionPolicies: [] },
      HOME,
      'resource',
      `on resource: ${KEY} because no session policy allows the kms:GenerateDataKey action`,
    ],
    [
      'F-ERR-048, deny',
      'kms:GenerateDataKey',
      { identityPolicies: [deny('kms:*')] },
      HOME,
      'resource',
      `on resource: ${KEY} with an explicit deny in an identity-based policy`,
    ],
    [
      'F-ERR-049',
      'kms:Decrypt',
      { identityPolicies: [] },
      HOME,
      'ciphertext',
      'on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action',
    ],
    [
      'F-ERR-087',
      'kms:DescribeKey',
      { identityPolicies: [] },
      HOME,
      'resource',
      `on resource: ${KEY} because no identity-based policy allows the kms:DescribeKey action`,
    ],
    [
      'the key policy’s silence',
      'kms:Decrypt',
      {},
      keyPolicy('444455556666'),
      'resource',
      `on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
    ],
    [
      'the key policy’s deny',
      'kms:Decrypt',
      {},
      keyPolicy('*', 'Deny'),
      'resource',
      `on resource: ${KEY} with an explicit deny in a resource-based policy`,
    ],
  ])('gives the text of %s', (_, action, changes, policy, target, text) => {
    const principal = { ...people.owner, identityPolicies: [allow('*')], ...changes };
    const decision = authorizeKms({ principal, action, keyArn: KEY, keyPolicy: policy });
    expect(accessDeniedMessage(decision, target)).toBe(`${START} ${action} ${text}`);
  });

  it.each<[string, Partial<Caller>, PolicyDocument, string]>([
    ['the key policy’s silence', {}, HOME, ELSEWHERE],
    ['the key policy’s deny', {}, keyPolicy('*', 'Deny'), ELSEWHERE],
    [
      'an identity policy’s silence',
      { identityPolicies: [] },
      keyPolicy('444455556666'),
      'because no identity-based policy allows the kms:Decrypt action',
    ],
    [
      'an identity policy’s deny',
      { identityPolicies: [deny('*')] },
      keyPolicy('444455556666'),
      'with an explicit deny in an identity-based policy',
    ],
  ])('tells another account of %s (F-ERR-050)', (_, changes, policy, text) => {
    const principal = { ...people.stranger, ...changes };
    const decision = authorizeKms({ principal, action: 'kms:Decrypt', keyArn: KEY, keyPolicy: policy });
    expect(accessDeniedMessage(decision)).toBe(
      `User: ${principal.arn} is not authorized to perform: kms:Decrypt on resource: ${KEY} ${text}`,
    );
  });
});

describe('the condition values', () => {
  const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';

  it('of S3 say who asks, and cannot be taken from the request', () => {
    const { conditionValues } = authorizeS3({
      principal: { ...people.owner, tags: { team: 'blue' } },
      action: 's3:GetObject',
      resource: OBJECT,
      ownerAccountId: LAB_ACCOUNT_ID,
      conditionValues: { 'aws:SecureTransport': 'true', 'aws:PrincipalAccount': '444455556666' },
    });
    expect(conditionValues).toEqual({
      'aws:SecureTransport': 'true',
      'aws:PrincipalAccount': '111122223333',
      'aws:PrincipalArn': people.owner.arn,
      'aws:PrincipalType': 'User',
      'aws:userid': people.owner.userId,
      'aws:username': 'application-owner',
      'aws:PrincipalTag/team': 'blue',
      'aws:ResourceAccount': '111122223333',
      'aws:ViaAWSService': 'false',
      's3:ResourceAccount': '111122223333',
    });
  });

  it.each<[string, string, Record<string, string>]>([
    ['root', 'arn:aws:iam::111122223333:root', { 'aws:PrincipalType': 'Account' }],
    [
      'a role’s session',
      'arn:aws:sts::111122223333:assumed-role/Reader/lesson',
      { 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Reader' },
    ],
    ['a federated user', 'arn:aws:sts::111122223333:federated-user/eve', { 'aws:PrincipalType': 'FederatedUser' }],
  ])('of %s hold no user’s name', (_, arn, values) => {
    const principal: Caller = { arn, accountId: LAB_ACCOUNT_ID, identityPolicies: [] };
    const { conditionValues } = authorizeS3({
      principal,
      action: 's3:GetObject',
      resource: OBJECT,
      ownerAccountId: '1',
    });
    expect(conditionValues).toMatchObject(values);
    expect(conditionValues['aws:username']).toBeUndefined();
  });

  it('of whoever did not sign hold a type alone', () => {
    const { conditionValues } = authorizeS3({
      principal: ANONYMOUS,
      action: 's3:GetObject',
      resource: OBJECT,
      ownerAccountId: LAB_ACCOUNT_ID,
    });
    expect(Object.keys(conditionValues).filter(name => /principal|user/i.test(name))).toEqual(['aws:PrincipalType']);
  });

  it('of KMS hold the service and the encryption context (F-KMS-075, F-KMS-076, F-KMS-078)', () => {
    const decision = authorizeKms({
      principal: people.owner,
      action: 'kms:Decrypt',
      keyArn: KEY,
      keyPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              StringEquals: { 'kms:EncryptionContext:b': '2', 'kms:CallerAccount': LAB_ACCOUNT_ID },
              StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
              'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['a', 'b', 'c'] },
              Bool: { 'kms:GrantIsForAWSResource': 'true', 'aws:ViaAWSService': 'true' },
            },
          },
        ],
      },
      viaService: 's3.eu-central-1.amazonaws.com',
      encryptionContext: { b: '2', a: '1' },
      conditionValues: { 'kms:GrantIsForAWSResource': 'true' },
    });
    expect(decision.isAllowed).toBe(true);
    expect(decision.conditionValues).toMatchObject({
      'kms:EncryptionContextKeys': 'a, b',
      'kms:EncryptionContext:a': '1',
      'aws:RequestedRegion': 'eu-central-1',
    });
  });

  it('of KMS call a context’s names what they are called', () => {
    const encryptionContext = Object.fromEntries([['__proto__', 'x']]);
    const { conditionValues } = authorizeKms({
      principal: people.owner,
      action: 'kms:Decrypt',
      keyArn: KEY,
      encryptionContext,
    });
    expect(conditionValues['kms:EncryptionContext:__proto__']).toBe('x');
  });
});
