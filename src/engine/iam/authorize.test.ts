import { describe, expect, it } from 'vitest';
import { seededRandom } from '../crypto/seededRandom.ts';
import type { PrincipalName } from '../trace/trace.ts';
import { accessDeniedMessage, authorizeS3 } from './authorize.ts';
import type { PolicyDocument } from './policy.ts';
import { LAB_ACCOUNT_ID, labPrincipals } from './principal.ts';

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
});
