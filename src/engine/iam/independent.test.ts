/// <reference path="./pbac.d.ts" />

import fc from 'fast-check';
import Pbac from 'pbac';
import { describe, expect, it } from 'vitest';
import type { ConditionValues } from './conditions.ts';
import { readOperator } from './conditionTests.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy } from './parsePolicy.ts';
import { listOf, type PolicyDocument, type PolicyStatement } from './policy.ts';

/** fast-check prints it, with the path of the counterexample, when a property fails. */
const SEED = 20_261_121;
const OWNER_ACCOUNT = '111122223333';
const ALICE = `arn:aws:iam::${OWNER_ACCOUNT}:user/alice`;
const BOB = `arn:aws:iam::${OWNER_ACCOUNT}:user/bob`;
const STRANGER = 'arn:aws:iam::444455556666:user/stranger';
const rootOf = (arn: string) => `arn:aws:iam::${arn.split(':')[4]}:root`;

interface Case {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly values: ConditionValues;
  readonly identity: PolicyDocument;
  readonly resourcePolicy: PolicyDocument;
  readonly session: PolicyDocument | undefined;
}

// --- what is drawn -------------------------------------------------------------------------------------------------

/** What may be drawn besides the language that both evaluators speak. */
type Odd =
  | 'actions in other case'
  | 'condition keys in other case'
  | 'several keys under one operator'
  | 'keys that the request lacks'
  | 'several values of a negated operator'
  | 'wanted values that JavaScript takes for false'
  | 'colons in the last part of an ARN'
  | 'policy variables in conditions'
  | 'wildcards that stand for themselves'
  | 'short ARNs';

interface Family {
  readonly tests: readonly string[];
  readonly names: readonly string[];
  readonly wanted: readonly string[];
  readonly oddWanted?: readonly [Odd, string];
}
const orders = (start: string) =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(end => start + end);
const FAMILIES: readonly Family[] = [
  {
    tests: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    names: ['s3:prefix', 's3:x-amz-acl'],
    wanted: ['home/', 'home/bob', 'Home/Bob', 'private', 'home/*', 'h?me/*', '*', '*b', '.*', 'home/+'],
    oddWanted: ['policy variables in conditions', 'home/$' + '{aws:username}'],
  },
  {
    tests: orders('Numeric'),
    names: ['s3:max-keys', 's3:TlsVersion'],
    wanted: ['1', '1.2', '10'],
    oddWanted: ['wanted values that JavaScript takes for false', '0'],
  },
  {
    tests: orders('Date'),
    names: ['aws:CurrentTime'],
    wanted: ['2026-01-01T00:00:00Z', '2026-06-01T12:00:00Z', '2025-12-31T23:59:59+01:00', '2026-01-01'],
  },
  { tests: ['Bool'], names: ['aws:SecureTransport'], wanted: ['true', 'false'] },
  {
    tests: ['IpAddress', 'NotIpAddress'],
    names: ['aws:SourceIp'],
    wanted: ['203.0.113.0/24', '203.0.113.9', '198.51.100.0/25', '2001:db8::/32', '0.0.0.0/0'],
  },
  {
    tests: ['ArnEquals', 'ArnLike', 'ArnNotLike'],
    names: ['aws:PrincipalArn'],
    wanted: [ALICE, 'arn:aws:iam::*:user/*', `arn:aws:iam::${OWNER_ACCOUNT}:user/b*`, 'arn:*:*:*:*:*'],
    oddWanted: ['colons in the last part of an ARN', 'arn:aws:iam::111122223333?user/alice:x'],
  },
  {
    tests: ['Null'],
    names: ['s3:prefix', 'aws:SourceIp'],
    wanted: ['true'],
    oddWanted: ['wanted values that JavaScript takes for false', 'false'],
  },
];
const SET: Family = {
  tests: ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike'].flatMap(test => [
    `ForAllValues:${test}`,
    `ForAnyValue:${test}`,
  ]),
  names: ['s3:RequestObjectTagKeys'],
  wanted: ['team', 'owner', 't*', 'secret'],
};
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];
const ACTION_PATTERNS = [...ACTIONS, 's3:Get*', 's3:?etObject', 's3:*', '*', 's3:*Object', 's3:*Bucket'];
const RESOURCES = ['arn:aws:s3:::demo', 'arn:aws:s3:::demo/home/alice/a.txt', 'arn:aws:s3:::demo/home/bob/b.txt'];
const RESOURCE_PATTERNS = [
  ...RESOURCES,
  '*',
  'arn:aws:s3:::demo/*',
  'arn:aws:s3:::demo*',
  'arn:aws:s3:::demo/home/?????/*',
];

type Member = string | string[];
const block = (odd: Odd | undefined): fc.Arbitrary<Record<string, Record<string, Member>>> =>
  fc.constantFrom(...FAMILIES, SET).chain(family => {
    const name = fc.constantFrom(
      ...family.names,
      ...(odd === 'condition keys in other case' ? family.names.map(it => it.toUpperCase()) : []),
    );
    const values = fc.constantFrom(
      ...family.wanted,
      ...(family.oddWanted && family.oddWanted[0] === odd ? [family.oddWanted[1]] : []),
    );
    const suffix = family === SET || family.tests[0] === 'Null' ? [''] : ['', '', 'IfExists'];
    return fc
      .tuple(fc.constantFrom(...family.tests), fc.constantFrom(...suffix))
      .chain(([test, end]): fc.Arbitrary<Record<string, Record<string, Member>>> => {
        const isSingle = odd !== 'several values of a negated operator' && (readOperator(test)?.isNegated ?? true);
        const wanted = fc.array(values, { minLength: 1, maxLength: isSingle ? 1 : 3 });
        const tests = fc.array(fc.tuple(name, wanted), {
          minLength: 1,
          maxLength: odd === 'several keys under one operator' ? 2 : 1,
        });
        return tests.map(list => ({ [test + end]: Object.fromEntries(list) }));
      });
  });

const statement = (odd: Odd | undefined, who: 'resource' | 'own'): fc.Arbitrary<PolicyStatement> =>
  fc
    .record({
      Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny'),
      isNotAction: fc.nat(5).map(it => it === 0),
      isNotResource: fc.nat(5).map(it => it === 0),
      actions: fc.array(
        fc.constantFrom(...ACTION_PATTERNS, ...(odd === 'actions in other case' ? ['S3:getobject', 's3:*bucket'] : [])),
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
      resources: fc.array(
        fc.constantFrom(
          ...RESOURCE_PATTERNS,
          ...(odd === 'short ARNs' ? ['arn:aws:s3'] : []),
          ...(odd === 'wildcards that stand for themselves' ? ['arn:aws:s3:::demo/home/$' + '{*}'] : []),
          'arn:aws:s3:::demo/home/$' + '{aws:username}/*',
        ),
        { minLength: 1, maxLength: 2 },
      ),
      names: fc.subarray(['*', ALICE, BOB, STRANGER, rootOf(ALICE), rootOf(STRANGER)], { minLength: 1, maxLength: 3 }),
      conditions: fc.array(block(odd), { maxLength: 2 }),
    })
    .map(drawn => ({
      Effect: drawn.Effect,
      ...(who === 'resource' ? { Principal: { AWS: drawn.names } } : {}),
      [drawn.isNotAction ? 'NotAction' : 'Action']: drawn.actions,
      [drawn.isNotResource ? 'NotResource' : 'Resource']: drawn.resources,
      ...(drawn.conditions.length === 0 ? {} : { Condition: Object.assign({}, ...drawn.conditions) }),
    }));

const policy = (odd: Odd | undefined, who: 'resource' | 'own'): fc.Arbitrary<PolicyDocument> =>
  fc
    .array(statement(odd, who), { minLength: 1, maxLength: 3 })
    .map(Statement => ({ Version: '2012-10-17', Statement }));

const values = (odd: Odd | undefined): fc.Arbitrary<ConditionValues> => {
  const one = (...texts: string[]) =>
    odd === 'keys that the request lacks'
      ? fc.option(fc.constantFrom(...texts), { nil: undefined })
      : fc.constantFrom(...texts);
  return fc
    .record<Record<string, string | string[] | undefined>>({
      's3:prefix': one('home/', 'home/bob', 'private'),
      's3:x-amz-acl': one('private', 'public-read'),
      's3:max-keys': one('1', '10', '1000'),
      's3:TlsVersion': one('1.2', '1.3'),
      'aws:CurrentTime': one('2026-01-01T00:00:00Z', '2026-11-21T00:00:00Z', '2025-06-01T00:00:00Z'),
      'aws:SecureTransport': one('true', 'false'),
      'aws:SourceIp': one('203.0.113.9', '198.51.100.130', '198.51.100.5', '2001:db8::1'),
      'aws:PrincipalArn': one(
        ALICE,
        BOB,
        STRANGER,
        ...(odd === 'colons in the last part of an ARN' ? ['arn:aws:iam::111122223333:user/alice:x'] : []),
      ),
      'aws:username': one('alice', 'bob'),
      's3:RequestObjectTagKeys': fc.subarray(['team', 'owner', 'other'], { minLength: 1 }),
    })
    .map(drawn => {
      const present = Object.entries(drawn).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      return Object.fromEntries(present);
    });
};

const questions = (odd: Odd | undefined): fc.Arbitrary<Case> =>
  fc.record({
    principal: fc.constantFrom(ALICE, BOB, STRANGER),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    values: values(odd),
    identity: policy(odd, 'own'),
    resourcePolicy: policy(odd, 'resource'),
    session: fc.option(policy(odd, 'own'), { nil: undefined }),
  });

// --- who answers ---------------------------------------------------------------------------------------------------

function ours(asked: Case, kind: 's3' | 'kms'): boolean {
  const read = (document: PolicyDocument) => {
    const isOwn = document.Statement.some(it => it.Principal === undefined);
    // The vocabulary is S3's at both gates, which no key policy may use: what belongs to a resource is not read.
    const parsed = isOwn ? parsePolicy(JSON.stringify(document), 'identity') : { ok: document };
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.ok;
  };
  return evaluate({
    kind,
    principal: asked.principal,
    action: asked.action,
    resource: asked.resource,
    ownerAccountId: OWNER_ACCOUNT,
    conditionValues: asked.values,
    identityPolicies: [read(asked.identity)],
    resourcePolicy: read(asked.resourcePolicy),
    ...(asked.session ? { sessionPolicies: [read(asked.session)] } : {}),
  }).isAllowed;
}

const ALLOW_ALL: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
};

/** The other evaluator judges single policies; how several go together is written down here once more, as AWS draws it. */
function theirs(asked: Case, kind: 's3' | 'kms'): boolean {
  const { identity, resourcePolicy, session, principal } = asked;
  const root = rootOf(principal);
  const ask = (document: PolicyDocument, names: readonly string[]) => askPbac(asked, [document], names);
  const isUndenied = (document: PolicyDocument, names: readonly string[]) =>
    askPbac(asked, [document, ALLOW_ALL], names);
  const everyName = [principal, root, '*'];
  const own = ask(identity, []);
  const isHome = root === rootOf(ALICE);
  const direct = isHome && ask(resourcePolicy, [principal, '*']);
  const isDelegated = ask(resourcePolicy, everyName);
  const isAgreed = isHome && kind === 's3' ? own : own && isDelegated;
  return (
    isUndenied(identity, []) &&
    isUndenied(resourcePolicy, everyName) &&
    (direct || isAgreed) &&
    (session === undefined || ask(session, []))
  );
}

function askPbac(asked: Case, documents: readonly PolicyDocument[], names: readonly string[]): boolean {
  const context: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(asked.values)) {
    const [vendor = '', rest = ''] = name.split(':');
    const isNumber = name === 's3:max-keys' || name === 's3:TlsVersion';
    context[vendor] = { ...context[vendor], [rest]: isNumber ? Number(value) : value };
  }
  const judge = new Pbac(documents.map(translated), { validateSchema: false, validatePolicies: false });
  return judge.evaluate({ action: asked.action, resource: asked.resource, principal: { AWS: names }, context });
}

function translated(document: PolicyDocument): object {
  return {
    ...document,
    Statement: document.Statement.map(({ Condition, ...rest }) => ({
      ...rest,
      ...(Condition ? { Condition: Object.fromEntries(Object.entries(Condition).map(translatedTests)) } : {}),
    })),
  };
}

/** It wants numbers as numbers and the values of `Null` as truth values. */
function translatedTests([operator, tests]: [string, Readonly<Record<string, string | readonly string[]>>]) {
  const read = (text: string) =>
    operator === 'Null' ? text === 'true' : operator.startsWith('Numeric') ? Number(text) : text;
  return [
    operator,
    Object.fromEntries(Object.entries(tests).map(([name, wanted]) => [name, listOf(wanted).map(read)])),
  ];
}

// --- where the two are known to differ -----------------------------------------------------------------------------

interface Test {
  readonly operator: string;
  readonly names: readonly string[];
  readonly wanted: readonly string[];
}
interface Seen {
  readonly asked: Case;
  readonly statements: readonly PolicyStatement[];
  readonly tests: readonly Test[];
}
interface Difference {
  readonly name: Odd;
  /** AWS's documented rule, which the other evaluator does not follow. */
  readonly rule: string;
  readonly isPresent: (seen: Seen) => boolean;
  /** One statement where AWS's rule gives `isAllowed`, and the other evaluator the opposite. */
  readonly example: { readonly statement: Partial<PolicyStatement>; readonly isAllowed: boolean };
}
const patterns = (one: PolicyStatement) => [one.Resource, one.NotResource].flatMap(it => listOf(it ?? []));
const isAbsent = ({ asked }: Seen, name: string) => asked.values[name.toLowerCase()] === undefined;
/** The request of the examples. */
const EXAMPLE: ConditionValues = {
  's3:prefix': 'home/bob',
  's3:max-keys': '0',
  'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/alice:x',
  'aws:username': 'alice',
};

const DIFFERENCES: readonly Difference[] = [
  {
    name: 'actions in other case',
    rule: 'Names of actions are not case sensitive (IAM JSON policy elements: Action).',
    isPresent: ({ statements }) =>
      statements.some(one =>
        [one.Action, one.NotAction].flatMap(it => listOf(it ?? [])).some(it => /^S3|bucket$/.test(it)),
      ),
    example: { statement: { Action: ['S3:getobject'] }, isAllowed: true },
  },
  {
    name: 'condition keys in other case',
    rule: 'Names of condition keys are not case sensitive (IAM JSON policy elements: Condition).',
    isPresent: ({ tests }) => tests.some(({ names }) => names.some(name => /^[A-Z]/.test(name))),
    example: { statement: { Condition: { StringEquals: { 'S3:PREFIX': ['home/bob'] } } }, isAllowed: true },
  },
  {
    name: 'several keys under one operator',
    rule: 'All keys under an operator must fit (evaluation logic of multiple context keys); the other one looks at the first.',
    isPresent: ({ tests }) => tests.some(({ names }) => names.length > 1),
    example: {
      statement: { Condition: { StringEquals: { 's3:prefix': ['home/bob'], 'aws:username': ['bob'] } } },
      isAllowed: false,
    },
  },
  {
    name: 'keys that the request lacks',
    rule: 'An absent value fails an operator unless it is negated, Null, ForAllValues or IfExists (F-POL-020, F-POL-021).',
    isPresent: seen => seen.tests.some(({ names }) => names.some(name => isAbsent(seen, name))),
    example: { statement: { Condition: { StringLike: { 's3:delimiter': ['*'] } } }, isAllowed: false },
  },
  {
    name: 'several values of a negated operator',
    rule: 'A negated operator holds when the value equals none of those listed (a NOR); the other one asks for one that differs.',
    isPresent: ({ tests }) =>
      tests.some(({ operator, wanted }) => wanted.length > 1 && readOperator(operator)?.isNegated === true),
    example: {
      statement: { Condition: { StringNotEquals: { 's3:prefix': ['home/bob', 'home/eve'] } } },
      isAllowed: false,
    },
  },
  {
    name: 'wanted values that JavaScript takes for false',
    rule: 'Null with false holds when the key is there (F-POL-020), and a number may be 0.',
    isPresent: ({ tests }) =>
      tests.some(
        ({ operator, wanted }) =>
          (operator === 'Null' && wanted.includes('false')) || (operator.startsWith('Numeric') && wanted.includes('0')),
      ),
    example: { statement: { Condition: { Null: { 's3:prefix': ['false'] } } }, isAllowed: true },
  },
  {
    name: 'colons in the last part of an ARN',
    rule: 'Wildcards stay inside the six parts of an ARN, of which the last may hold colons.',
    isPresent: ({ asked, tests }) =>
      tests.some(({ operator }) => operator.startsWith('Arn')) &&
      (String(asked.values['aws:PrincipalArn']).endsWith(':x') ||
        tests.some(it => it.wanted.some(text => text.includes('?')))),
    example: {
      statement: { Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:user/*'] } } },
      isAllowed: true,
    },
  },
  {
    name: 'policy variables in conditions',
    rule: 'Policy variables are replaced in the values of String and Arn conditions too.',
    isPresent: ({ tests }) => tests.some(({ wanted }) => wanted.some(text => text.includes('$' + '{'))),
    example: {
      statement: { Condition: { StringNotEquals: { 'aws:username': ['$' + '{aws:username}'] } } },
      isAllowed: false,
    },
  },
  {
    name: 'wildcards that stand for themselves',
    rule: 'In a variable, the characters that are wildcards elsewhere stand for themselves.',
    isPresent: ({ statements }) => statements.some(one => patterns(one).some(text => text.includes('$' + '{*}'))),
    example: { statement: { Resource: ['arn:aws:s3:::demo/home/$' + '{*}'] }, isAllowed: false },
  },
  {
    name: 'short ARNs',
    rule: 'AWS completes an ARN of fewer than six parts with wildcards.',
    isPresent: ({ statements }) => statements.some(one => patterns(one).includes('arn:aws:s3')),
    example: { statement: { Resource: ['arn:aws:s3'] }, isAllowed: true },
  },
];

function isPresentIn(asked: Case, difference: Difference): boolean {
  const documents = [asked.identity, asked.resourcePolicy, ...(asked.session ? [asked.session] : [])];
  const statements = documents.flatMap(document => document.Statement);
  const tests = statements.flatMap(one =>
    Object.entries(one.Condition ?? {}).flatMap(([operator, byName]) => ({
      operator,
      names: Object.keys(byName),
      wanted: Object.values(byName).flatMap(listOf),
    })),
  );
  return difference.isPresent({ asked, statements, tests });
}

describe('an independent evaluator', () => {
  it.each(['s3', 'kms'] as const)('agrees on every policy in the language that both speak, at the gate of %s', kind => {
    const answers = { allowed: 0, denied: 0 };
    fc.assert(
      fc.property(questions(undefined), asked => {
        const answer = ours(asked, kind);
        answers[answer ? 'allowed' : 'denied']++;
        expect(answer).toBe(theirs(asked, kind));
      }),
      { seed: SEED, numRuns: 4000 },
    );
    expect(Math.min(answers.allowed, answers.denied)).toBeGreaterThan(150);
  });

  for (const difference of DIFFERENCES) {
    it(`differs over ${difference.name}, and not without them`, async ({ annotate }) => {
      let differences = 0;
      fc.assert(
        fc.property(questions(difference.name), asked => {
          if (ours(asked, 's3') === theirs(asked, 's3')) return;
          differences++;
          expect(isPresentIn(asked, difference)).toBe(true);
        }),
        { seed: SEED, numRuns: 700 },
      );
      await annotate(`${differences} of 700 differ. ${difference.rule}`);
      // An entry that explains nothing would only hide ignorance.
      expect(differences).toBeGreaterThan(0);
    });
  }

  it.each(DIFFERENCES)('is not followed on $name: $rule', ({ example }) => {
    const asked: Case = {
      principal: ALICE,
      action: 's3:GetObject',
      resource: RESOURCES[1] ?? '',
      values: EXAMPLE,
      identity: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'], ...example.statement }],
      },
      resourcePolicy: { Version: '2012-10-17', Statement: [] },
      session: undefined,
    };
    expect(ours(asked, 's3')).toBe(example.isAllowed);
    expect(theirs(asked, 's3')).toBe(!example.isAllowed);
  });
});
