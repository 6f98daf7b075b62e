import { accountOf, listOf, type PolicyPrincipal } from './policy.ts';

/**
 * How a policy of a resource names whoever asks: by the very ARN, by the role that a session has taken on, among
 * everybody, or only through the account, which leaves the rest to the account's own policies.
 */
export type Reach = 'self' | 'role' | 'everybody' | 'account';

/** Whoever asks, as `Principal` members know them. */
export interface Named {
  /** ARN; for somebody who did not sign it holds no account. */
  readonly principal: string;
  readonly canonicalId?: string;
}

/** How these names reach somebody, the most direct way first; `undefined` when they do not. */
export function findReach({ principal, canonicalId }: Named, names: PolicyPrincipal): Reach | undefined {
  const listed = names === '*' ? ['*'] : listOf(names.AWS ?? []);
  const accountId = accountOf(principal);
  const isSigned = accountId !== '';
  const isAccount = isSigned && (listed.includes(accountId) || listed.includes(rootOf(accountId)));
  if (isSigned && (listed.includes(principal) || (isAccount && principal === rootOf(accountId)))) return 'self';
  if (listed.some(name => isRoleOf(principal, name))) return 'role';
  if (listed.includes('*')) return 'everybody';
  if (isAccount) return 'account';
  const canonicalIds = names === '*' ? [] : listOf(names.CanonicalUser ?? []);
  return canonicalId !== undefined && canonicalIds.includes(canonicalId) ? 'account' : undefined;
}

/**
 * Whether `NotPrincipal` leaves somebody out. AWS asks that a user be named together with the account; a name alone
 * would deny the account and so the user.
 */
export function isLeftOut(named: Named, names: PolicyPrincipal): boolean {
  if (names === '*') return true;
  const listed = listOf(names.AWS ?? []);
  const accountId = accountOf(named.principal);
  const isAccountNamed = accountId !== '' && (listed.includes(accountId) || listed.includes(rootOf(accountId)));
  const reach = findReach(named, names);
  return reach === 'everybody' || (isAccountNamed && (reach === 'self' || reach === 'role'));
}

/** ARN of an account's root user, which in a policy also stands for the account. */
export function rootOf(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

/** Whether an ARN is that of a session of temporary credentials: of a role or of a federated user. */
export function isSession(principal: string): boolean {
  return principal.startsWith('arn:aws:sts::');
}

/** ARN of the role behind a session's ARN, as far as the session tells: without the role's path. */
export function roleOf(principal: string): string | undefined {
  const [, roleName] = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\//.exec(principal) ?? [];
  return roleName === undefined ? undefined : `arn:aws:iam::${accountOf(principal)}:role/${roleName}`;
}

function isRoleOf(principal: string, name: string): boolean {
  const role = roleOf(principal);
  if (role === undefined) return false;
  const start = role.indexOf('/') + 1;
  return name.startsWith(role.slice(0, start)) && name.endsWith(role.slice(start - 1));
}
