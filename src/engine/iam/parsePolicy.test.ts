import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParsedPolicy, type PolicyKind, parsePolicy } from './parsePolicy.ts';

const BUCKET = 'arn:aws:s3:::demo-bucket';
const ALICE = 'arn:aws:iam::111122223333:user/alice';
const SSE = 's3:x-amz-server-side-encryption';

const GOOD: Record<PolicyKind, Record<string, unknown>> = {
  bucket: { Sid: 'A', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*` },
  key: { Sid: 'Enable it', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
  identity: { Effect: 'Allow', Action: ['s3:*', 'kms:Decrypt', 'sts:GetCallerIdentity'], Resource: '*' },
  session: { Effect: 'Allow', NotAction: 's3:Delete*', NotResource: `${BUCKET}/secret/*` },
};
const KINDS: PolicyKind[] = ['bucket', 'key', 'identity', 'session'];

const parse = (kind: PolicyKind, text: string) => parsePolicy(text, kind, { bucketName: 'demo-bucket' });
/** A good policy of one statement with some members replaced; `undefined` takes one away. */
const parseChanged = (kind: PolicyKind, changes: Record<string, unknown>, around: Record<string, unknown> = {}) =>
  parse(kind, JSON.stringify({ Version: '2012-10-17', Statement: [{ ...GOOD[kind], ...changes }], ...around }));
const problemOf = (parsed: ParsedPolicy) => ('problem' in parsed ? parsed.problem : undefined);
const isSent = (parsed: ParsedPolicy, text: string) => expect(problemOf(parsed)).toBe(text);

describe('parsePolicy', () => {
  it.each(KINDS)('takes a good policy for %s, as a list of statements or a single one', kind => {
    const single = parse(kind, JSON.stringify({ Version: '2012-10-17', Statement: GOOD[kind] }));
    expect(problemOf(single)).toBeUndefined();
    expect(parseChanged(kind, {})).toEqual(single);
  });

  it('keeps what was written, each member as a list', () => {
    expect(
      parseChanged('bucket', {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: { StringNotEquals: { [SSE]: ['aws:kms'] }, Bool: { 'aws:SecureTransport': false } },
      }),
    ).toEqual({
      ok: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'A',
            Effect: 'Deny',
            Principal: '*',
            Action: ['s3:PutObject'],
            Resource: [`${BUCKET}/*`],
            Condition: { StringNotEquals: { [SSE]: ['aws:kms'] }, Bool: { 'aws:SecureTransport': ['false'] } },
          },
        ],
      },
    });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['F-POL-010', 's3:PutObject', { StringNotEquals: { [SSE]: 'AES256' } }],
    ['F-POL-011', 's3:PutObject', { Null: { [`${SSE}-aws-kms-key-id`]: 'true' } }],
    ['F-POL-012', 's3:PutObject', { StringNotEquals: { [SSE]: 'aws:kms:dsse' } }],
    ['F-POL-013', 's3:PutObject', { StringNotEqualsIfExists: { [`${SSE}-aws-kms-key-id`]: 'arn:aws:kms:x' } }],
    ['F-POL-014', 's3:PutObject', { Null: { [SSE]: true } }],
    ['F-POL-016', 's3:PutObject', { Null: { [`${SSE}-customer-algorithm`]: 'false' } }],
    ['F-POL-017', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['F-POL-018', 's3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ])('takes the lesson’s policy %s', (_, Action, Condition) => {
    const Resource = [BUCKET, `${BUCKET}/*`];
    expect(problemOf(parseChanged('bucket', { Effect: 'Deny', Action, Resource, Condition }))).toBeUndefined();
  });

  it.each<[string, string]>([
    ['', "Policies must be valid JSON and the first byte must be '{'"],
    [' {}', "Policies must be valid JSON and the first byte must be '{'"],
    ['[]', "Policies must be valid JSON and the first byte must be '{'"],
    ['null', "Policies must be valid JSON and the first byte must be '{'"],
    ['{', 'This policy contains invalid Json'],
    ['{"Statement":', 'This policy contains invalid Json'],
    ['{}', 'Missing required field Statement'],
    ['{"Statement":[]}', 'Could not parse the policy: Statement is empty!'],
    ['{"Statement":"x"}', 'Invalid policy syntax.'],
    ['{"Statement":[[]]}', 'Invalid policy syntax.'],
    ['{"Version":"2013-01-01","Statement":[]}', 'The policy must contain a valid version string'],
    ['{"Statement":[],"__proto__":{}}', 'Unknown field __proto__'],
    ['{"Id":1,"Statement":[]}', 'Invalid policy syntax.'],
    ['{"Statement":[],"Statement":[]}', 'The member Statement appears twice'],
    ['{"Statement":[],"Sta\\u0074ement":[]}', 'The member Statement appears twice'],
    ['{"Statement":{"Effect":{"toString":1}}}', 'Invalid policy syntax.'],
  ])('answers to the bucket policy %j: %s', (text, problem) => {
    isSent(parse('bucket', text), problem);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ Principal: undefined }, 'Missing required field Principal'],
    [{ Action: undefined }, 'Missing required field Action'],
    [{ Resource: undefined }, 'Missing required field Resource'],
    [{ Effect: undefined }, 'Missing required field Effect'],
    [{ Action: [] }, 'Missing required field Action cannot be empty!'],
    [{ Principal: {} }, 'Missing required field Principal cannot be empty!'],
    [{ Effect: 'allow' }, 'Invalid effect: allow'],
    [{ Color: 'red' }, 'Unknown field Color'],
    [{ toString: 'x' }, 'Unknown field toString'],
    [{ NotAction: 's3:*' }, 'Invalid policy syntax.'],
    [{ NotResource: BUCKET }, 'Invalid policy syntax.'],
    [{ NotPrincipal: '*' }, 'Invalid policy syntax.'],
    [{ Principal: undefined, NotPrincipal: { AWS: ALICE } }, 'Allow with NotPrincipal is not allowed'],
    [{ Sid: 7 }, 'Invalid policy syntax.'],
    [{ Action: 's3:Nonsense' }, 'Policy has invalid action'],
    [{ Action: 'kms:Decrypt' }, 'Policy has invalid action'],
    [{ Action: 's3:Get Object' }, 'Policy has invalid action'],
    [{ Action: `s3:\${aws:username}` }, 'Policy has invalid action'],
    [{ Action: [['s3:GetObject']] }, 'Invalid policy syntax.'],
    [{ Resource: '*' }, 'Policy has invalid resource'],
    [{ Resource: 'arn:aws:s3:::*' }, 'Policy has invalid resource'],
    [{ Resource: 'arn:aws:s3:::other-bucket/*' }, 'Policy has invalid resource'],
    [{ Resource: `${BUCKET}x/*` }, 'Policy has invalid resource'],
    [{ Resource: 'demo-bucket/*' }, 'Policy has invalid resource'],
    [{ Resource: BUCKET }, 'Action does not apply to any resource(s) in statement'],
    [{ Action: ['s3:GetObject', 's3:ListBucket'] }, 'Action does not apply to any resource(s) in statement'],
    [{ Principal: 'alice' }, 'Invalid principal in policy'],
    [{ Principal: { AWS: 'alice' } }, 'Invalid principal in policy'],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }, 'Invalid principal in policy'],
    [{ Principal: { Everybody: '*' } }, 'Invalid principal in policy'],
    [{ Principal: { constructor: '*' } }, 'Invalid principal in policy'],
    [{ Principal: { AWS: [7] } }, 'Invalid principal in policy'],
    [{ Condition: [] }, 'Invalid policy syntax.'],
    [{ Condition: { StringEquals: 'x' } }, 'Invalid policy syntax.'],
    [{ Condition: { StringEquals: { [SSE]: [] } } }, 'Invalid policy syntax.'],
    [{ Condition: { StringEquals: { [SSE]: null } } }, 'Invalid policy syntax.'],
    [{ Condition: { StringEquals: { [SSE]: { a: 1 } } } }, 'Invalid policy syntax.'],
    [{ Condition: { StringMatches: { [SSE]: 'x' } } }, 'Invalid Condition type : StringMatches'],
    [{ Condition: { BinaryEquals: { [SSE]: 'x' } } }, 'Invalid Condition type : BinaryEquals'],
    [{ Condition: { hasOwnProperty: { [SSE]: 'x' } } }, 'Invalid Condition type : hasOwnProperty'],
    [
      { Condition: { StringEquals: { 's3:x-amz-server-side-encription': 'x' } } },
      'Policy has an invalid condition key',
    ],
    [{ Condition: { StringEquals: { 'kms:ViaService': 'x' } } }, 'Policy has an invalid condition key'],
    [
      { Condition: { StringEquals: { 'aws:SourceVpce': 'x' } } },
      'The condition key aws:SourceVpce is not supported here',
    ],
    [{ Condition: { Null: { [SSE]: 'yes' } } }, 'yes is no value for the condition operator Null'],
    [{ Condition: { Bool: { 'aws:SecureTransport': 1 } } }, '1 is no value for the condition operator Bool'],
    [
      { Condition: { NumericLessThan: { 's3:TlsVersion': 'low' } } },
      'low is no value for the condition operator NumericLessThan',
    ],
    [
      { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00' } } },
      '2026-01-01T00:00:00 is no value for the condition operator DateLessThan',
    ],
    [
      { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } } },
      '203.0.113.0/33 is no value for the condition operator IpAddress',
    ],
    [{ Condition: { ArnLike: { 'aws:PrincipalArn': '*' } } }, '* is no value for the condition operator ArnLike'],
    [
      { Resource: `${BUCKET}/\${aws:FederatedProvider}` },
      `The policy variable \${aws:FederatedProvider} is not supported here`,
    ],
    [
      { Resource: `${BUCKET}/\${s3:RequestObjectTagKeys}` },
      `The policy variable \${s3:RequestObjectTagKeys} is not supported here`,
    ],
    [{ Resource: `${BUCKET}/\${aws:username` }, `The policy variable \${ is not supported here`],
    [
      { Condition: { StringLike: { 's3:prefix': `\${aws:nobody}/*` } } },
      `The policy variable \${aws:nobody} is not supported here`,
    ],
  ])('answers to a bucket policy with %j: %s', (changes, problem) => {
    isSent(parseChanged('bucket', changes), problem);
  });

  it.each<[PolicyKind, Record<string, unknown>, string]>([
    ['identity', { Principal: '*' }, 'Policy document should not specify a principal.'],
    ['identity', { Action: undefined }, 'Policy statement must contain actions.'],
    ['identity', { Resource: undefined }, 'Policy statement must contain resources.'],
    ['identity', { Action: 'GetObject' }, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    ['identity', { Action: 'ec2:*' }, 'The action ec2:* belongs to no service here'],
    ['identity', { Resource: 'demo' }, 'Resource demo must be in ARN format or "*".'],
    ['identity', { Sid: 'no spaces' }, 'Syntax errors in policy.'],
    ['session', { NotPrincipal: '*' }, 'Policy document should not specify a principal.'],
    ['key', { Principal: undefined }, 'Policy contains a statement with no Principal'],
    ['key', { Principal: { AWS: 'x' } }, 'Policy contains a statement with one or more invalid principals.'],
    ['key', { Resource: undefined }, 'Policy contains a statement with no Resource'],
    ['key', { Action: 's3:GetObject' }, 'Policy contains a statement with the invalid action s3:GetObject'],
    ['key', { Resource: BUCKET }, `Policy contains a statement with the invalid resource ${BUCKET}`],
    ['key', { Condition: { Null: { [SSE]: 'true' } } }, `The condition key ${SSE} is not supported here`],
  ])('answers to a policy for %s with %j: %s', (kind, changes, problem) => {
    isSent(parseChanged(kind, changes), problem);
  });

  it.each<[PolicyKind, number, number]>([
    ['bucket', 20_480, 100],
    ['key', 32_768, 0],
    ['identity', 6_144, 100],
    ['session', 2_048, 0],
  ])('takes a policy for %s up to %i bytes (F-KMS-089 for keys)', (kind, limit, spaces) => {
    const bare = JSON.stringify({ Id: '', Statement: GOOD[kind] });
    const filled = (length: number) =>
      `${JSON.stringify({ Id: 'x'.repeat(length - bare.length), Statement: GOOD[kind] })}${' '.repeat(spaces)}`;
    expect(problemOf(parse(kind, filled(limit)))).toBeUndefined();
    expect(problemOf(parse(kind, filled(limit + 1)))).toMatch(/20480|32768|6144|2048/);
  });

  it('refuses statements of one name', () => {
    const text = JSON.stringify({ Statement: [GOOD.bucket, GOOD.bucket] });
    isSent(parse('bucket', text), 'Statement IDs (SID) in a single policy must be unique.');
  });

  it.each(['bucket', 'key'] as const)('asks whether a principal of a policy for %s exists', kind => {
    const Resource = kind === 'key' ? '*' : `${BUCKET}/*`;
    const put = (name: string) =>
      parsePolicy(JSON.stringify({ Statement: { ...GOOD[kind], Resource, Principal: { AWS: name } } }), kind, {
        bucketName: 'demo-bucket',
        principalExists: asked => asked === ALICE,
      });
    expect(problemOf(put(ALICE))).toBeUndefined();
    expect(problemOf(put('*'))).toBeUndefined();
    expect(problemOf(put(`${ALICE}s`))).toMatch(/principal/);
  });

  it('accepts services and identity providers, which nobody here is', () => {
    const Principal = {
      Service: 's3.amazonaws.com',
      Federated: 'cognito-identity.amazonaws.com',
      CanonicalUser: 'a'.repeat(64),
    };
    expect(problemOf(parseChanged('bucket', { Principal }))).toBeUndefined();
  });

  it('takes names of JavaScript’s own members for names', () => {
    const text = `{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Decrypt","Resource":"*",
      "Condition":{"StringEquals":{"kms:EncryptionContext:__proto__":"x","kms:EncryptionContext:constructor":"y"}}}}`;
    const parsed = parse('key', text);
    expect('ok' in parsed && parsed.ok.Statement[0]?.Condition?.StringEquals).toEqual({
      'kms:EncryptionContext:__proto__': ['x'],
      'kms:EncryptionContext:constructor': ['y'],
    });
  });

  it.each(KINDS)('never breaks on what strangers put for %s, and reads what it took again', kind => {
    const json = fc.json({ maxDepth: 4 });
    const members = ['Effect', 'Principal', 'Action', 'Resource', 'Condition', 'Sid', 'NotAction', '__proto__'];
    const odd = fc.oneof(
      fc.constantFrom<unknown>('*', 's3:*', 'kms:*', 'Allow', 'Deny', `${BUCKET}/*`, { AWS: '*' }, {}, [], null, 7),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const statement = fc.dictionary(fc.constantFrom(...members), odd).map(changes => ({ ...GOOD[kind], ...changes }));
    const almost = statement.map(one => JSON.stringify({ Version: '2012-10-17', Statement: [one] }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), json, almost), text => {
        const parsed = parse(kind, text);
        if ('ok' in parsed) expect(parse(kind, JSON.stringify(parsed.ok))).toEqual(parsed);
        else expect(parsed.problem).toMatch(/^[\x20-\x7e\u00a0-\ud7ff]+$/);
      }),
      { seed: 20_261_121, numRuns: 1500 },
    );
  });

  it.each([
    ['deep lists', `{"Statement":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a deep condition', `{"Statement":{"Condition":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_001)}}`],
    ['a huge number', '{"Version":1e999,"Statement":[]}'],
    ['half a character', '{"\ud800":1}'],
    [
      'open variables',
      JSON.stringify({ Version: '2012-10-17', Statement: { ...GOOD.identity, Resource: `arn:${'${'.repeat(2000)}` } }),
    ],
    ['a long text', `{"Id":"${'\\\\'.repeat(100_000)}"}`],
    ['an endless text', `{${' '.repeat(3_000_000)}}`],
  ])('is not hurt by %s', (_, text) => {
    for (const kind of KINDS) expect(problemOf(parse(kind, text)) === undefined).toBe(false);
  });
});
