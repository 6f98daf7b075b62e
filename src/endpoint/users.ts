import { createHash } from 'node:crypto';
import type { PolicyDocument, Principal } from '../engine/index.ts';

/** One user as the users file has it. */
export interface UserEntry {
  /** IAM user name, 1–64 characters. */
  readonly name: string;
  /** 12 digits. */
  readonly accountId: string;
  /** 16–128 characters. */
  readonly accessKeyId: string;
  /** 8–128 printable characters without spaces. */
  readonly secretAccessKey: string;
  readonly displayName: string;
  readonly email: string;
  /** 64 hexadecimal characters, the same for all users of an account. */
  readonly canonicalId: string;
  /** An IAM policy document. */
  readonly policy: unknown;
}

/** How the engine reads a policy. */
export type PolicyParser = (
  text: string,
  kind: 'identity',
) => { readonly ok: PolicyDocument } | { readonly problem: string };

/** Somebody with credentials, and what only the endpoint knows of them. */
export interface EndpointUser {
  readonly principal: Principal;
  readonly email: string;
}

export type ReadUsers = { readonly users: readonly EndpointUser[] } | { readonly problem: string };

type Member = Exclude<keyof UserEntry, 'policy'>;

/** What each member must look like. The texts go into messages, the values never. */
const MEMBERS: Readonly<Record<Member, { readonly pattern: RegExp; readonly wanted: string }>> = {
  name: { pattern: /^[\w+=,.@-]{1,64}$/, wanted: '1 to 64 letters, digits or any of _+=,.@-' },
  accountId: { pattern: /^\d{12}$/, wanted: '12 digits, as a text in quotes' },
  accessKeyId: { pattern: /^\w{16,128}$/, wanted: '16 to 128 letters, digits or underscores' },
  secretAccessKey: { pattern: /^[!-~]{8,128}$/, wanted: '8 to 128 printable ASCII characters without spaces' },
  displayName: { pattern: /^[^\p{Cc}\p{Cs}]{1,128}$/u, wanted: '1 to 128 characters without control characters' },
  email: { pattern: /^[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,190}$/, wanted: 'an address such as somebody@example.com' },
  canonicalId: { pattern: /^[0-9a-f]{64}$/, wanted: '64 hexadecimal digits in lower case' },
};
const MEMBER_NAMES = Object.keys(MEMBERS) as Member[];

/**
 * Reads a users file: `{ "users": [ … ] }`, or the list alone. Messages say which user and what to do, and never
 * repeat a value: the file holds secrets.
 */
export function readUsers(text: string, parsePolicy: PolicyParser): ReadUsers {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The platform's own message quotes the text.
    return { problem: 'The file is not JSON. A stray or missing comma, quote or bracket is the usual cause.' };
  }
  const list = isObject(parsed) && Object.hasOwn(parsed, 'users') ? parsed.users : parsed;
  if (!Array.isArray(list) || list.length === 0) {
    return { problem: 'The file needs a list of users: { "users": [ { "name": … }, … ] }.' };
  }
  const entries: UserEntry[] = [];
  for (const [index, entry] of list.entries()) {
    const problem = findProblem(entry);
    if (problem !== undefined) return { problem: `${nameOf(entry, index)}: ${problem}` };
    entries.push(entry as UserEntry);
  }
  const clash = findClash(entries);
  return clash === undefined ? toUsers(entries, parsePolicy) : { problem: clash };
}

/** Users as the engine knows them. */
export function toUsers(entries: readonly UserEntry[], parsePolicy: PolicyParser): ReadUsers {
  const users: EndpointUser[] = [];
  for (const [index, entry] of entries.entries()) {
    const policy = parsePolicy(JSON.stringify(entry.policy), 'identity');
    if ('problem' in policy) return { problem: `${nameOf(entry, index)}: the policy is refused: ${policy.problem}` };
    users.push({ email: entry.email, principal: principalOf(entry, policy.ok) });
  }
  return { users };
}

function principalOf(entry: UserEntry, policy: PolicyDocument): Principal {
  return {
    name: entry.name,
    arn: `arn:aws:iam::${entry.accountId}:user/${entry.name}`,
    accountId: entry.accountId,
    userId: userIdOf(entry),
    canonicalId: entry.canonicalId,
    displayName: entry.displayName,
    accessKeyId: entry.accessKeyId,
    secretAccessKey: entry.secretAccessKey,
    identityPolicies: [policy],
  };
}

/** `AIDA` and 17 characters that follow from account and name, so that they stay the same between starts. */
function userIdOf({ accountId, name }: UserEntry): string {
  const digest = createHash('sha256').update(`${accountId}/${name}`).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return `AIDA${Array.from(digest.subarray(0, 17), byte => letters[byte % 32]).join('')}`;
}

function findProblem(entry: unknown): string | undefined {
  if (!isObject(entry)) return 'this is no user. Write { "name": …, "accountId": …, … }.';
  const unknownMember = Object.keys(entry).find(name => name !== 'policy' && !Object.hasOwn(MEMBERS, name));
  if (unknownMember !== undefined) {
    const shown = /^\w{1,40}$/.test(unknownMember) ? `"${unknownMember}"` : 'one of its members';
    return `${shown} is not known. There are ${MEMBER_NAMES.join(', ')} and policy.`;
  }
  for (const name of MEMBER_NAMES) {
    const { pattern, wanted } = MEMBERS[name];
    const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
    if (value === undefined) return `"${name}" is missing. It needs ${wanted}.`;
    if (typeof value !== 'string' || !pattern.test(value)) return `"${name}" needs ${wanted}.`;
  }
  if (!isObject(Object.hasOwn(entry, 'policy') ? entry.policy : undefined)) {
    return '"policy" needs an IAM policy document: { "Version": "2012-10-17", "Statement": [ … ] }.';
  }
  return undefined;
}

/** What may be in the file once only. */
function findClash(entries: readonly UserEntry[]): string | undefined {
  const keys = new Map<string, string>();
  const names = new Set<string>();
  const accountOf = { canonicalId: new Map<string, string>(), email: new Map<string, string>() };
  const canonicalIdOf = new Map<string, string>();
  for (const entry of entries) {
    const who = `User "${entry.name}" of account ${entry.accountId}`;
    if (names.has(who)) return `${who} is there twice. Remove one, or give it another name.`;
    names.add(who);
    const other = keys.get(entry.accessKeyId);
    if (other !== undefined) return `${who} has the "accessKeyId" of ${other}. Each user needs one of their own.`;
    keys.set(entry.accessKeyId, `user "${entry.name}" of account ${entry.accountId}`);
    for (const name of ['canonicalId', 'email'] as const) {
      const account = accountOf[name].get(entry[name]) ?? entry.accountId;
      if (account !== entry.accountId) return `${who} has the "${name}" of a user of account ${account}.`;
      accountOf[name].set(entry[name], account);
    }
    const canonicalId = canonicalIdOf.get(entry.accountId) ?? entry.canonicalId;
    if (canonicalId !== entry.canonicalId) {
      return `${who} has another "canonicalId" than the account's other users. It belongs to the account: make them equal.`;
    }
    canonicalIdOf.set(entry.accountId, canonicalId);
  }
  return undefined;
}

/** `User 3 ("alice")`; the name only when it is one. */
function nameOf(entry: unknown, index: number): string {
  const name = isObject(entry) && Object.hasOwn(entry, 'name') ? entry.name : undefined;
  const shown = typeof name === 'string' && MEMBERS.name.pattern.test(name) ? ` ("${name}")` : '';
  return `User ${index + 1}${shown}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
