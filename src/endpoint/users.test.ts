import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../engine/iam/policy.ts';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { type PolicyParser, readUsers, toUsers, type UserEntry } from './users.ts';

const accept: PolicyParser = text => ({ ok: JSON.parse(text) as PolicyDocument });
const [admin, owner, , stranger] = DEFAULT_USERS as [UserEntry, UserEntry, UserEntry, UserEntry];
const read = (users: unknown) => readUsers(JSON.stringify({ users }), accept);
const problemOf = (users: unknown) => {
  const result = read(users);
  return 'problem' in result ? result.problem : undefined;
};

describe('the users file', () => {
  it('makes a principal of each user, with every member in its place', () => {
    const result = read([admin, stranger]);
    expect(result).toMatchObject({
      users: [
        {
          email: 'admin@example.com',
          principal: {
            name: 'admin',
            arn: 'arn:aws:iam::111122223333:user/admin',
            accountId: '111122223333',
            canonicalId: admin.canonicalId,
            displayName: 'admin',
            accessKeyId: admin.accessKeyId,
            secretAccessKey: admin.secretAccessKey,
            identityPolicies: [admin.policy],
          },
        },
        { principal: { accountId: '444455556666' } },
      ],
    });
  });

  it('gives each user an id of 21 characters that stays the same', () => {
    const ids = () => {
      const result = read(DEFAULT_USERS);
      return 'users' in result ? result.users.map(({ principal }) => principal.userId) : [];
    };
    expect(ids().every(id => /^AIDA[A-Z2-7]{17}$/.test(id))).toBe(true);
    expect(new Set(ids()).size).toBe(4);
    expect(ids()).toEqual(ids());
  });

  it('may be the list alone, and may start with a byte order mark', () => {
    expect(readUsers(`\ufeff${JSON.stringify([admin])}`, accept)).toMatchObject({ users: [{}] });
  });

  it.each(['', '{', '[', 'null', '7', '"users"', '[]', '{}', '{"users":{}}', '{"users":[]}'])(
    '%j is refused as a whole',
    text => {
      expect(readUsers(text, accept)).toMatchObject({ problem: expect.stringMatching(/^The file /) });
    },
  );

  it('that is not JSON is refused without a quotation of it', () => {
    const result = readUsers('{"users":[{"secretAccessKey":"hunter2hunter2",}]}', accept);
    expect('problem' in result && result.problem).not.toContain('hunter2');
    expect('problem' in result).toBe(true);
  });

  it.each([
    'name',
    'accountId',
    'accessKeyId',
    'secretAccessKey',
    'displayName',
    'email',
    'canonicalId',
    'policy',
  ] as const)('needs "%s", and says so without repeating a secret', name => {
    const { [name]: _, ...rest } = owner;
    const named = name === 'name' ? 'User 2' : 'User 2 ("application-owner")';
    expect(problemOf([admin, rest])).toMatch(new RegExp(`^${named.replace(/[()]/g, '\\$&')}: "${name}" `));
    for (const value of [7, null, '', 'a b\n', {}.constructor.name.repeat(200), ['x']]) {
      const problem = problemOf([admin, { ...owner, [name]: value }]);
      expect(problem).toContain(`"${name}" needs`);
      expect(problem).not.toContain(owner.secretAccessKey);
    }
  });

  it.each([
    ['an unknown member', { ...owner, sessionToken: 'x' }, '"sessionToken" is not known'],
    ['a member of the prototype', JSON.parse('{"__proto__":{"name":"x"}}'), 'is not known'],
    ['something else', 'alice', 'this is no user'],
    ['a list', [], 'this is no user'],
  ])('refuses %s', (_, entry, message) => {
    expect(problemOf([admin, entry])).toContain(message);
  });

  it.each([
    ['one user twice', { ...admin, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }, 'is there twice'],
    ['one access key twice', { ...owner, accessKeyId: admin.accessKeyId }, '"accessKeyId" of user "admin"'],
    ['a canonical id of another account', { ...stranger, canonicalId: admin.canonicalId }, 'of account 111122223333'],
    ['an e-mail of another account', { ...stranger, email: admin.email }, '"email" of a user of account 111122223333'],
    ['two canonical ids in one account', { ...owner, canonicalId: 'f'.repeat(64) }, 'It belongs to the account'],
  ])('refuses %s', (_, entry, message) => {
    expect(problemOf([admin, entry])).toContain(message);
  });

  it('refuses a policy that the engine refuses, with its reason', () => {
    const refuse: PolicyParser = () => ({ problem: 'NotAction is not supported' });
    expect(readUsers(JSON.stringify([admin]), refuse)).toEqual({
      problem: 'User 1 ("admin"): the policy is refused: NotAction is not supported',
    });
  });
});

describe('the built-in users', () => {
  it('are four in two accounts, each with keys of their own in the form of AWS’s', () => {
    expect(toUsers(DEFAULT_USERS, accept)).toEqual(read(DEFAULT_USERS));
    expect(DEFAULT_USERS).toHaveLength(4);
    expect(new Set(DEFAULT_USERS.map(entry => entry.accountId)).size).toBe(2);
    for (const { accessKeyId, secretAccessKey } of DEFAULT_USERS) {
      expect(accessKeyId).toMatch(/^AKIA[A-Z0-9]{9}EXAMPLE$/);
      expect(secretAccessKey).toMatch(/^[A-Za-z0-9/+]{30}EXAMPLEKEY$/);
    }
  });
});
