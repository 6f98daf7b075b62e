import { describe, expect, it } from 'vitest';
import type { ConditionValues } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import type { ConditionBlock, PolicyDocument, PolicyStatement } from './policy.ts';

const OWNER = 'arn:aws:iam::111122223333:user/application-owner';
const STRANGER = 'arn:aws:iam::444455556666:user/stranger';
const OBJECT = 'arn:aws:s3:::demo-bucket/folder/report.txt';

const policy = (...statements: Partial<PolicyStatement>[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map((statement, i) => ({
    Sid: `S${i + 1}`,
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
    ...statement,
  })),
});

const ask = (options: {
  principal?: string;
  identity?: PolicyDocument;
  bucket?: PolicyDocument;
  action?: string;
  values?: ConditionValues;
}) =>
  evaluate({
    kind: 's3',
    principal: options.principal ?? OWNER,
    action: options.action ?? 's3:PutObject',
    resource: OBJECT,
    ownerAccountId: '111122223333',
    conditionValues: options.values ?? {},
    identityPolicies: options.identity ? [options.identity] : [],
    ...(options.bucket ? { resourcePolicy: options.bucket } : {}),
  });

describe('evaluate', () => {
  it('denies what nothing allows', () => {
    expect(ask({})).toMatchObject({ isAllowed: false, settledBy: 'implicit-deny', statements: [] });
  });

  it('lets an explicit deny win over any allow', () => {
    const decision = ask({
      identity: policy({}),
      bucket: policy({ Effect: 'Deny', Principal: '*' }, { Principal: '*' }),
    });
    expect(decision).toMatchObject({ isAllowed: false, settledBy: 'explicit-deny' });
  });

  it('lets an explicit deny of the identity win over the bucket policy', () => {
    const decision = ask({ identity: policy({ Effect: 'Deny' }), bucket: policy({ Principal: { AWS: OWNER } }) });
    expect(decision).toMatchObject({ isAllowed: false, settledBy: 'explicit-deny' });
  });

  it.each<[string, string | string[], string, boolean]>([
    ['a wildcard for the service', 's3:*', '*', true],
    ['a wildcard for one character', 's3:P?tObject', '*', true],
    ['an action in other case', 'S3:putobject', '*', true],
    ['one of several actions', ['s3:GetObject', 's3:PutObject'], '*', true],
    ['another action', 's3:GetObject', '*', false],
    ['a prefix only', 's3:Put', '*', false],
    ['the bucket’s objects', 's3:*', 'arn:aws:s3:::demo-bucket/*', true],
    ['the bucket itself', 's3:*', 'arn:aws:s3:::demo-bucket', false],
    ['a resource in other case', 's3:*', 'arn:aws:s3:::DEMO-bucket/*', false],
  ])('matches %s as AWS does', (_, Action, Resource, isAllowed) => {
    expect(ask({ identity: policy({ Action, Resource }) }).isAllowed).toBe(isAllowed);
  });

  it.each<[string, string, boolean, boolean, boolean]>([
    ['the same account, identity policy only', OWNER, true, false, true],
    ['the same account, bucket policy only', OWNER, false, true, true],
    ['the same account, neither', OWNER, false, false, false],
    ['another account, identity policy only', STRANGER, true, false, false],
    ['another account, bucket policy only', STRANGER, false, true, false],
    ['another account, both', STRANGER, true, true, true],
  ])('decides for %s', (_, principal, byIdentity, byBucket, isAllowed) => {
    const decision = ask({
      principal,
      ...(byIdentity ? { identity: policy({}) } : {}),
      ...(byBucket ? { bucket: policy({ Principal: { AWS: principal } }) } : {}),
    });
    expect(decision.isAllowed).toBe(isAllowed);
  });

  it('tells of every statement whether and why it applies', () => {
    const decision = ask({
      identity: policy({ Action: 's3:GetObject' }, { Resource: 'arn:aws:s3:::other/*' }),
      bucket: policy({ Principal: { AWS: STRANGER } }),
    });
    expect(decision.statements).toEqual([
      { policy: 'bucket', sid: 'S1', effect: 'Allow', isMatch: false, because: 'is for other principals' },
      { policy: 'identity', sid: 'S1', effect: 'Allow', isMatch: false, because: 'names other actions' },
      { policy: 'identity', sid: 'S2', effect: 'Allow', isMatch: false, because: 'names other resources' },
    ]);
  });

  const SSE = 's3:x-amz-server-side-encryption';
  it.each<[string, ConditionBlock, ConditionValues, boolean]>([
    ['StringEquals with the value', { StringEquals: { [SSE]: 'AES256' } }, { [SSE]: 'AES256' }, true],
    [
      'StringEquals with one of the values',
      { StringEquals: { [SSE]: ['aws:kms', 'AES256'] } },
      { [SSE]: 'AES256' },
      true,
    ],
    ['StringEquals when absent', { StringEquals: { [SSE]: 'AES256' } }, {}, false],
    ['StringEqualsIfExists when absent', { StringEqualsIfExists: { [SSE]: 'AES256' } }, {}, true],
    ['StringNotEquals with another value', { StringNotEquals: { [SSE]: 'AES256' } }, { [SSE]: 'aws:kms' }, true],
    ['StringNotEquals with the value', { StringNotEquals: { [SSE]: 'AES256' } }, { [SSE]: 'AES256' }, false],
    ['StringNotEquals when absent (F-POL-021)', { StringNotEquals: { [SSE]: 'AES256' } }, {}, true],
    ['StringLike', { StringLike: { [SSE]: 'aws:kms*' } }, { [SSE]: 'aws:kms:dsse' }, true],
    ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'false' }, true],
    ['Bool when absent', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    ['Null true when absent (F-POL-020)', { Null: { [SSE]: 'true' } }, {}, true],
    ['Null true when present', { Null: { [SSE]: 'true' } }, { [SSE]: 'AES256' }, false],
    ['Null false when present', { Null: { [SSE]: 'false' } }, { [SSE]: 'AES256' }, true],
    ['NumericLessThan below', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, { 's3:TlsVersion': '1.1' }, true],
    ['NumericLessThan equal', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, { 's3:TlsVersion': '1.2' }, false],
    [
      'ArnLike part by part',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:demo-*' } },
      { 'aws:SourceArn': 'arn:aws:s3:::demo-bucket' },
      true,
    ],
    [
      'ArnLike across a colon',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:*:demo-bucket:x:y' } },
      { 'aws:SourceArn': 'arn:aws:s3:::demo-bucket' },
      false,
    ],
    ['a condition key in other case', { StringEquals: { 'KMS:viaservice': 's3' } }, { 'kms:ViaService': 's3' }, true],
    [
      'two operators of which one fails',
      { Null: { [SSE]: 'false' }, StringEquals: { [SSE]: 'aws:kms' } },
      { [SSE]: 'AES256' },
      false,
    ],
  ])('evaluates %s', (_, Condition, values, isMatch) => {
    const [told] = ask({ identity: policy({ Condition }), values }).statements;
    expect(told?.isMatch).toBe(isMatch);
  });

  it('is not slowed down by a hostile pattern', () => {
    const Resource = `${'*a'.repeat(2000)}b`;
    expect(ask({ identity: policy({ Resource }) }).isAllowed).toBe(false);
  });
});
