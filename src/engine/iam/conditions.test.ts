import { describe, expect, it } from 'vitest';
import { CONDITION_KEYS, findConditionKey } from './conditionKeys.ts';
import { type ConditionValues, findUnmetCondition, presentValues } from './conditions.ts';
import { CONDITION_TESTS, readOperator } from './conditionTests.ts';
import type { ConditionOperator } from './policy.ts';

const unmet = (
  operator: ConditionOperator,
  name: string,
  wanted: string | readonly string[],
  values: ConditionValues,
) => findUnmetCondition({ [operator]: { [name]: wanted } }, presentValues(values), true);

const PREFIX = 's3:prefix';
const TAGS = 's3:RequestObjectTagKeys';
const ARN = 'arn:aws:iam::111122223333:user/team/alice';

describe('conditions', () => {
  it.each<[ConditionOperator, string | readonly string[], string, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', '*', 'a', false],
    ['StringEqualsIgnoreCase', 'HoMe', 'hOmE', true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEqualsIgnoreCase', 'a', 'A', false],
    ['StringLike', ['x', 'home/*'], 'home/', true],
    ['StringLike', 'h?me', 'hme', false],
    ['StringNotLike', ['home/*', 'tmp/*'], 'tmp/x', false],
    ['StringNotLike', ['home/*', 'tmp/*'], 'other', true],
    ['NumericEquals', '1.20', '1.2', true],
    ['NumericNotEquals', '1', '1.0', false],
    ['NumericLessThan', '1.2', '1.1', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThanEquals', '1.2', '1.2', true],
    ['NumericGreaterThan', '-1', '0', true],
    ['NumericGreaterThanEquals', '1e3', '1000', true],
    ['NumericLessThan', '10', 'nonsense', false],
    ['NumericEquals', '0', '', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
    ['DateEquals', '1767225600', '2026-01-01T00:00:00Z', true],
    ['DateNotEquals', '2026-01-01', '2026-01-01T00:00:00Z', false],
    ['DateLessThan', '2026-06-01T00:00:00Z', '2026-05-31T23:59:59.999Z', true],
    ['DateLessThanEquals', '2026', '2026-01-01', true],
    ['DateGreaterThan', '2026-01', '2026-01-01', false],
    ['DateGreaterThanEquals', '2026-01', '2026-01-01', true],
    ['DateLessThan', '2026-06-01T00:00:00Z', 'yesterday', false],
    ['Bool', 'false', 'false', true],
    ['Bool', 'False', 'true', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '0.0.0.0/0', '255.255.255.255', true],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '2001:db8::/33', '2001:db8:7fff::', true],
    ['IpAddress', '2001:db8::/33', '2001:db8:8000::', false],
    ['IpAddress', '::ffff:203.0.113.0/120', '::ffff:cb00:7109', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.1.1', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.01', false],
    ['NotIpAddress', ['203.0.113.0/24', '198.51.100.0/24'], '198.51.100.9', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.9', true],
    ['ArnEquals', 'arn:aws:iam::*:user/team/*', ARN, true],
    ['ArnLike', 'arn:aws:iam::*', ARN, false],
    ['ArnLike', 'arn:aws:*:user/team/alice:x:y', ARN, false],
    ['ArnLike', 'arn:aws:iam::111122223333:*', `${ARN}:with:colons`, true],
    ['ArnNotEquals', [ARN, 'arn:aws:iam::444455556666:root'], ARN, false],
    ['ArnNotLike', 'arn:aws:iam::444455556666:*', ARN, true],
  ])('%s %j of %j is %s', (operator, wanted, value, isMet) => {
    expect(unmet(operator, PREFIX, wanted, { [PREFIX]: value }) === undefined).toBe(isMet);
  });

  it.each(CONDITION_TESTS)('%s without a value: only the negated and …IfExists hold (F-POL-021)', test => {
    const isNegated = test.includes('Not');
    const wanted = test.includes('Arn') ? ARN : '1';
    expect(unmet(test, PREFIX, wanted, {}) === undefined).toBe(isNegated);
    expect(unmet(`${test}IfExists`, PREFIX, wanted, {})).toBeUndefined();
    expect(unmet(`ForAllValues:${test}`, PREFIX, wanted, {})).toBeUndefined();
    expect(unmet(`ForAnyValue:${test}`, PREFIX, wanted, {})).toBe('s3:prefix is absent');
  });

  it.each(['Equals', 'Stringequals', 'NullIfExists', 'ForAllValues:Null', 'BinaryEquals', '__proto__', 'constructor'])(
    'knows no operator %s',
    name => {
      expect(readOperator(name)).toBeUndefined();
    },
  );

  it.each<[ConditionOperator, string[], string[], boolean]>([
    ['ForAllValues:StringEquals', ['team', 'owner'], ['team'], true],
    ['ForAllValues:StringEquals', ['team', 'owner'], ['team', 'other'], false],
    ['ForAnyValue:StringEquals', ['team', 'owner'], ['team', 'other'], true],
    ['ForAnyValue:StringEquals', ['team', 'owner'], ['other'], false],
    ['ForAllValues:StringNotEquals', ['secret'], ['team', 'secret'], false],
    ['ForAllValues:StringNotEquals', ['secret'], ['team'], true],
    ['ForAnyValue:StringNotEquals', ['secret'], ['team', 'secret'], true],
    ['ForAnyValue:StringNotEquals', ['team', 'secret'], ['team', 'secret'], false],
    ['ForAllValues:StringLike', ['t*'], ['team', 'topic'], true],
    ['ForAnyValue:StringLike', ['t*'], [], false],
    ['ForAllValues:StringLike', ['t*'], [], true],
  ])('%s %j of %j is %s', (operator, wanted, values, isMet) => {
    expect(unmet(operator, TAGS, wanted, { [TAGS]: values }) === undefined).toBe(isMet);
  });

  it.each<[string, ConditionValues, string | undefined]>([
    ['true', {}, undefined],
    ['true', { [PREFIX]: '' }, 's3:prefix is present'],
    ['False', { [PREFIX]: 'x' }, undefined],
    ['false', {}, 's3:prefix is absent'],
  ])('Null %s of %j says %s (F-POL-020)', (wanted, values, text) => {
    expect(unmet('Null', PREFIX, wanted, values)).toBe(text);
  });

  it('names the first condition that does not hold', () => {
    const values = presentValues({ 'aws:SecureTransport': 'true', [TAGS]: ['a', 'b'] });
    const block = { Bool: { 'aws:SecureTransport': 'true' }, 'ForAllValues:StringEquals': { [TAGS]: 'a' } } as const;
    expect(findUnmetCondition(block, values, true)).toBe('s3:RequestObjectTagKeys is a, b');
  });

  it.each<[string, string, ConditionValues, boolean]>([
    ['the caller’s name', `\${aws:username}`, { 'aws:username': 'alice' }, true],
    ['a name in other case', `\${AWS:UserName}`, { 'aws:username': 'alice' }, true],
    ['a value, not a pattern', `\${aws:username}`, { 'aws:username': 'al*' }, false],
    ['nothing when absent', `\${aws:username}`, {}, false],
    ['what to take when absent', `\${aws:username, 'alice'}`, {}, true],
    ['a tag', `\${aws:PrincipalTag/team}`, { 'aws:PrincipalTag/team': 'alice' }, true],
    ['the characters themselves', `\${*}`, {}, false],
  ])('replaces a policy variable by %s', (_, variable, values, isMet) => {
    const told = unmet('StringLike', PREFIX, `home/${variable}`, { [PREFIX]: 'home/alice', ...values });
    expect(told === undefined).toBe(isMet);
  });

  it.each(['StringEquals', 'StringLike'] as const)('lets %s want a dollar, a star and a question mark', operator => {
    expect(unmet(operator, PREFIX, `\${$}{\${*}\${?}`, { [PREFIX]: `\${*?` })).toBeUndefined();
  });

  it('leaves variables alone in the older policy version', () => {
    const block = { StringEquals: { [PREFIX]: `\${aws:username}` } };
    const values = presentValues({ [PREFIX]: `\${aws:username}`, 'aws:username': 'alice' });
    expect(findUnmetCondition(block, values, false)).toBeUndefined();
    expect(findUnmetCondition(block, values, true)).toBe(`s3:prefix is \${aws:username}`);
  });
});

describe('the table of condition keys', () => {
  it.each(CONDITION_KEYS.map(({ name }) => name))('finds %s in any case', name => {
    const asked = name.replace('*', 'Team');
    expect(findConditionKey(asked)?.name).toBe(name);
    expect(findConditionKey(asked.toUpperCase())?.name).toBe(name);
  });

  it.each([
    '',
    'aws:',
    'aws:PrincipalTag/',
    'kms:EncryptionContext:',
    's3:constructor',
    '__proto__',
    'aws:SourceVpce',
    '*',
  ])('does not know %j', name => {
    expect(findConditionKey(name)).toBeUndefined();
  });
});
