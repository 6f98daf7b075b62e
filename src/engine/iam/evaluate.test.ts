import { describe, expect, it } from 'vitest';
import type { ConditionValues } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import type { Grant } from './grant.ts';
import type { ConditionBlock, PolicyDocument, PolicyPrincipal, PolicyStatement } from './policy.ts';

const OWNER = 'arn:aws:iam::111122223333:user/application-owner';
const STRANGER = 'arn:aws:iam::444455556666:user/stranger';
const ROOT = 'arn:aws:iam::111122223333:root';
const STRANGERS_ROOT = 'arn:aws:iam::444455556666:root';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/Reader/lesson';
const ROLE = 'arn:aws:iam::111122223333:role/Reader';
const ANYBODY = 'anonymous';
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
  canonicalId?: string;
  identity?: PolicyDocument;
  session?: PolicyDocument;
  bucket?: PolicyDocument;
  resource?: string;
  action?: string;
  values?: ConditionValues;
}) =>
  evaluate({
    kind: 's3',
    principal: options.principal ?? OWNER,
    action: options.action ?? 's3:PutObject',
    resource: options.resource ?? OBJECT,
    ownerAccountId: '111122223333',
    conditionValues: options.values ?? {},
    identityPolicies: options.identity ? [options.identity] : [],
    ...(options.canonicalId ? { canonicalId: options.canonicalId } : {}),
    ...(options.session ? { sessionPolicies: [options.session] } : {}),
    ...(options.bucket ? { resourcePolicy: options.bucket } : {}),
  });

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const askKms = (options: {
  principal?: string;
  identity?: PolicyDocument;
  session?: PolicyDocument;
  policy?: PolicyDocument;
  grants?: readonly Grant[];
  action?: string;
  context?: Readonly<Record<string, string>>;
}) =>
  evaluate({
    kind: 'kms',
    principal: options.principal ?? OWNER,
    action: options.action ?? 'kms:Decrypt',
    resource: KEY,
    ownerAccountId: '111122223333',
    conditionValues: {},
    identityPolicies: options.identity ? [options.identity] : [],
    ...(options.session ? { sessionPolicies: [options.session] } : {}),
    ...(options.policy ? { resourcePolicy: options.policy } : {}),
    ...(options.grants ? { grants: options.grants } : {}),
    ...(options.context ? { encryptionContext: options.context } : {}),
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

  it('calls a statement without a name by its position', () => {
    const nameless: PolicyDocument = {
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
      ],
    };
    const decision = ask({ identity: nameless });
    expect(decision.statements.map(it => it.sid)).toEqual(['1', '2']);
    expect(decision.because).toBe('statement 2 of the identity policy allows s3:PutObject');
  });

  it.each<[string, PolicyStatement, boolean]>([
    ['NotAction another', { Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }, true],
    ['NotAction this', { Effect: 'Allow', NotAction: ['s3:Get*', 'S3:putobject'], Resource: '*' }, false],
    ['NotResource another', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::demo-bucket/x*' }, true],
    ['NotResource this', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::demo-bucket/f*' }, false],
    ['a short ARN', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3' }, true],
    ['a short ARN of another service', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:kms' }, false],
    ['no actions at all', { Effect: 'Allow', Resource: '*' }, false],
    ['no resources at all', { Effect: 'Allow', Action: '*' }, false],
  ])('takes a statement with %s', (_, statement, isAllowed) => {
    expect(ask({ identity: { Version: '2012-10-17', Statement: [statement] } }).isAllowed).toBe(isAllowed);
  });

  it('replaces variables in resources, and none in the older policy version', () => {
    const Statement: PolicyStatement[] = [
      { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::demo-bucket/\${aws:username}/*` },
    ];
    const values = { 'aws:username': 'folder' };
    expect(ask({ identity: { Version: '2012-10-17', Statement }, values }).isAllowed).toBe(true);
    expect(ask({ identity: { Version: '2012-10-17', Statement } }).isAllowed).toBe(false);
    expect(ask({ identity: { Statement }, values }).isAllowed).toBe(false);
  });

  const CANONICAL = 'c'.repeat(64);
  it.each<[string, string, PolicyPrincipal, boolean]>([
    ['the user', OWNER, { AWS: OWNER }, true],
    ['another user', OWNER, { AWS: `${OWNER}s` }, false],
    ['everybody', OWNER, { AWS: '*' }, true],
    ['everybody and the account', OWNER, { AWS: [ROOT, '*'] }, true],
    ['the account, which leaves it to identity policies', OWNER, { AWS: '111122223333' }, false],
    ['the account, to its root user', ROOT, { AWS: '111122223333' }, true],
    ['the role, to its session', SESSION, { AWS: ROLE }, true],
    ['the role by its path', SESSION, { AWS: 'arn:aws:iam::111122223333:role/team/Reader' }, true],
    ['another role', SESSION, { AWS: 'arn:aws:iam::111122223333:role/NotReader' }, false],
    ['a role of that name elsewhere', SESSION, { AWS: 'arn:aws:iam::444455556666:role/Reader' }, false],
    ['the session', SESSION, { AWS: SESSION }, true],
    ['a service', OWNER, { Service: 's3.amazonaws.com' }, false],
    ['an identity provider', OWNER, { Federated: '*' }, false],
    ['everybody, to whoever did not sign', ANYBODY, '*', true],
    ['everybody as a list, to whoever did not sign', ANYBODY, { AWS: ['*'] }, true],
    ['somebody, to whoever did not sign', ANYBODY, { AWS: [OWNER, ROOT, ANYBODY, ''] }, false],
  ])('understands a bucket policy that names %s', (_, principal, Principal, isAllowed) => {
    expect(ask({ principal, bucket: policy({ Principal }) }).isAllowed).toBe(isAllowed);
  });

  it('knows another account by its canonical id', () => {
    const bucket = policy({ Principal: { CanonicalUser: CANONICAL } });
    const identity = policy({});
    expect(ask({ principal: STRANGER, canonicalId: CANONICAL, bucket, identity }).isAllowed).toBe(true);
    expect(ask({ principal: STRANGER, canonicalId: 'd'.repeat(64), bucket, identity }).isAllowed).toBe(false);
  });

  it.each<[string, string, PolicyPrincipal, boolean]>([
    ['the user and the account', OWNER, { AWS: [OWNER, ROOT] }, true],
    ['the user alone, whose account is denied', OWNER, { AWS: OWNER }, false],
    ['the account alone', OWNER, { AWS: ROOT }, false],
    ['the account alone, for its root user', ROOT, { AWS: ROOT }, true],
    ['somebody else', OWNER, { AWS: [STRANGER, STRANGERS_ROOT] }, false],
    ['everybody', OWNER, '*', true],
  ])('denies all but %s', (_, principal, NotPrincipal, isAllowed) => {
    const bucket = policy({ Effect: 'Deny', NotPrincipal });
    expect(ask({ principal, identity: policy({}), bucket }).isAllowed).toBe(isAllowed);
  });

  const narrow = policy({ Action: 's3:GetObject' });
  it.each<[string, Parameters<typeof ask>[0], boolean, string | undefined]>([
    ['what both allow', { identity: policy({}), session: policy({}) }, true, undefined],
    ['what the session policy does not allow', { identity: policy({}), session: narrow }, false, 'session'],
    ['what only the session policy allows', { session: policy({}) }, false, 'identity'],
    [
      'what the session policy denies',
      { identity: policy({}), session: policy({}, { Effect: 'Deny' }) },
      false,
      'session',
    ],
    [
      'what the bucket policy gives to the role',
      { principal: SESSION, bucket: policy({ Principal: { AWS: ROLE } }), session: narrow },
      false,
      'session',
    ],
    [
      'what the bucket policy gives to the session',
      { principal: SESSION, bucket: policy({ Principal: { AWS: SESSION } }), session: narrow },
      true,
      undefined,
    ],
    [
      'what the session policy denies though the bucket policy gives it to the session',
      { principal: SESSION, bucket: policy({ Principal: { AWS: SESSION } }), session: policy({ Effect: 'Deny' }) },
      false,
      'session',
    ],
    [
      'what the bucket policy gives to everybody',
      { principal: SESSION, bucket: policy({ Principal: '*' }), session: narrow },
      false,
      'session',
    ],
  ])('decides within a narrowed session on %s', (_, options, isAllowed, refusedBy) => {
    const decision = ask(options);
    expect([decision.isAllowed, decision.refusedBy]).toEqual([isAllowed, refusedBy]);
  });

  it('tells a session policy’s statements apart', () => {
    const decision = ask({ identity: policy({}), session: policy({ Effect: 'Deny' }) });
    expect(decision.statements.map(it => [it.policy, it.sid])).toEqual([
      ['identity', 'S1'],
      ['session', 'S1'],
    ]);
    expect(decision.because).toBe('statement S1 of the session policy denies s3:PutObject');
  });

  it.each<[string, Parameters<typeof ask>[0], boolean]>([
    ['needs no policy at home', { principal: ROOT }, true],
    ['is denied by a bucket policy', { principal: ROOT, bucket: policy({ Effect: 'Deny', Principal: '*' }) }, false],
    [
      'gets at the bucket policy in spite of it',
      { principal: ROOT, action: 's3:DeleteBucketPolicy', bucket: policy({ Effect: 'Deny', Principal: '*' }) },
      true,
    ],
    ['is nobody elsewhere', { principal: STRANGERS_ROOT }, false],
    [
      'needs only the other side elsewhere',
      { principal: STRANGERS_ROOT, bucket: policy({ Principal: { AWS: STRANGERS_ROOT } }) },
      true,
    ],
    [
      'does not get at another’s bucket policy',
      {
        principal: STRANGERS_ROOT,
        action: 's3:PutBucketPolicy',
        bucket: policy({ Principal: '*' }, { Effect: 'Deny', Principal: '*' }),
      },
      false,
    ],
  ])('says of an account’s root user that it %s', (_, options, isAllowed) => {
    expect(ask(options).isAllowed).toBe(isAllowed);
  });

  it('lets nobody in who did not sign, whatever identity policies say', () => {
    const decision = ask({ principal: ANYBODY, identity: policy({}) });
    expect(decision).toMatchObject({ isAllowed: false, refusedBy: 'resource' });
    expect(decision.because).toBe('nothing in the bucket policy admits everybody');
  });

  it('joins several values of one key for the trace', () => {
    const decision = ask({ values: { 's3:RequestObjectTagKeys': ['a', 'b'] } });
    expect(decision.conditionValues).toEqual({ 's3:RequestObjectTagKeys': 'a, b' });
  });
});

describe('evaluate for KMS', () => {
  const own = policy({ Action: 'kms:*' });
  const delegating = policy({ Principal: { AWS: ROOT }, Action: 'kms:*' });
  const silent = policy({ Principal: { AWS: `${OWNER}s` }, Action: 'kms:*' });
  const grant: Grant = { grantId: 'g1', granteePrincipal: OWNER, operations: ['Decrypt'] };
  const foreign: Grant = { ...grant, granteePrincipal: STRANGER };

  it.each<[string, Parameters<typeof askKms>[0], boolean, string | undefined]>([
    [
      'the key policy admits (F-KMS-070)',
      { policy: policy({ Principal: { AWS: OWNER }, Action: 'kms:*' }) },
      true,
      undefined,
    ],
    ['it delegates and identity allows (F-KMS-072)', { policy: delegating, identity: own }, true, undefined],
    ['it delegates only (F-KMS-072)', { policy: delegating }, false, 'identity'],
    ['it does not delegate (F-KMS-072)', { policy: silent, identity: own }, false, 'resource'],
    ['root, whom the key policy does not name', { principal: ROOT, policy: silent }, false, 'resource'],
    ['root, whom it names', { principal: ROOT, policy: delegating }, true, undefined],
    [
      'another account, identity only (F-KMS-073)',
      { principal: STRANGER, policy: delegating, identity: own },
      false,
      'resource',
    ],
    [
      'another account, key policy only (F-KMS-073)',
      { principal: STRANGER, policy: policy({ Principal: { AWS: STRANGER }, Action: 'kms:*' }) },
      false,
      'identity',
    ],
    [
      'another account, both (F-KMS-073)',
      { principal: STRANGER, policy: policy({ Principal: { AWS: STRANGERS_ROOT }, Action: 'kms:*' }), identity: own },
      true,
      undefined,
    ],
    ['a grant without identity policy (F-KMS-074)', { policy: silent, grants: [grant] }, true, undefined],
    ['a grant for another operation', { policy: silent, grants: [grant], action: 'kms:Encrypt' }, false, 'resource'],
    ['a grant to somebody else', { policy: silent, grants: [foreign] }, false, 'resource'],
    [
      'a grant to the account alone',
      { policy: silent, grants: [{ ...grant, granteePrincipal: ROOT }] },
      false,
      'identity',
    ],
    ['a grant across accounts, alone', { principal: STRANGER, policy: silent, grants: [foreign] }, false, 'identity'],
    [
      'a grant across accounts, with an identity policy',
      { principal: STRANGER, policy: silent, grants: [foreign], identity: own },
      true,
      undefined,
    ],
    [
      'a grant against a deny (F-KMS-071)',
      { policy: delegating, grants: [grant], identity: policy({ Effect: 'Deny', Action: 'kms:Decrypt' }) },
      false,
      'identity',
    ],
    ['a grant in a narrowed session', { policy: silent, grants: [grant], session: policy({}) }, false, 'session'],
    ['no key at all, identity only', { identity: own, action: 'kms:CreateKey' }, true, undefined],
    ['no key at all, nothing', { action: 'kms:CreateKey' }, false, 'identity'],
  ])('decides for %s', (_, options, isAllowed, refusedBy) => {
    const decision = askKms(options);
    expect([decision.isAllowed, decision.refusedBy]).toEqual([isAllowed, refusedBy]);
  });

  const arn = { 'aws:s3:arn': OBJECT };
  it.each<[string, Grant['constraints'], Record<string, string>, boolean]>([
    ['equals, the same', { EncryptionContextEquals: arn }, arn, true],
    ['equals, more', { EncryptionContextEquals: arn }, { ...arn, extra: '1' }, false],
    ['equals, none', { EncryptionContextEquals: arn }, {}, false],
    ['equals nothing, none', { EncryptionContextEquals: {} }, {}, true],
    ['equals, other case', { EncryptionContextEquals: arn }, { 'AWS:S3:ARN': OBJECT }, false],
    ['subset, more', { EncryptionContextSubset: arn }, { ...arn, extra: '1' }, true],
    ['subset, another value', { EncryptionContextSubset: arn }, { 'aws:s3:arn': 'x' }, false],
    ['subset, a name of JavaScript’s', { EncryptionContextSubset: { constructor: 'x' } }, {}, false],
  ])('binds a grant to its encryption context: %s', (_, constraints, context, isAllowed) => {
    const bound: Grant = { ...grant, ...(constraints ? { constraints } : {}) };
    expect(askKms({ policy: silent, grants: [bound], context }).isAllowed).toBe(isAllowed);
  });

  it('does not ask for a context where an operation takes none', () => {
    const bound: Grant = { ...grant, operations: ['DescribeKey'], constraints: { EncryptionContextEquals: arn } };
    expect(askKms({ policy: silent, grants: [bound], action: 'kms:DescribeKey' }).isAllowed).toBe(true);
  });

  it('tells a grant as a statement and as the reason', () => {
    const decision = askKms({ policy: silent, grants: [grant] });
    expect(decision.because).toBe('grant g1 allows kms:Decrypt');
    expect(decision.statements).toEqual([
      { policy: 'key', sid: 'S1', effect: 'Allow', isMatch: false, because: 'is for other principals' },
      { policy: 'grant', sid: 'g1', effect: 'Allow', isMatch: true, because: 'applies' },
    ]);
  });
});
