import { membersOf, stringsOf } from './jsonPolicy.ts';
import type { PolicyPrincipal } from './policy.ts';
import { PolicyProblem, type ProblemSentences } from './policyProblems.ts';

const ACCOUNT = /^\d{12}$/;
/** Whole names only: `Principal` knows no wildcards inside. */
const ARN =
  /^arn:aws:(?:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]{1,512})|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}|federated-user\/[\w+=,.@-]{2,64}))$/;

type PrincipalKind = keyof Exclude<PolicyPrincipal, '*'>;

const VALUES: Readonly<Record<PrincipalKind, (value: string) => boolean>> = {
  AWS: value => value === '*' || ACCOUNT.test(value) || ARN.test(value),
  CanonicalUser: value => /^[0-9A-Za-z-]{1,64}$/.test(value),
  Service: value => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(value),
  Federated: value => value !== '' && value.length <= 1024,
};

/** Whose names AWS looks up. */
const IS_PERSON: Readonly<Record<PrincipalKind, boolean>> = {
  AWS: true,
  CanonicalUser: true,
  Service: false,
  Federated: false,
};

/**
 * Reads `Principal` or `NotPrincipal`.
 * @param exists whether AWS knows an ARN, an account or a canonical id; without it, everybody well-formed is known
 * @throws PolicyProblem
 */
export function parsePrincipal(
  value: unknown,
  member: 'Principal' | 'NotPrincipal',
  say: ProblemSentences,
  exists: (name: string) => boolean = () => true,
): PolicyPrincipal {
  if (value === '*') return '*';
  const members = membersOf(value);
  if (!members) throw new PolicyProblem(say.principal);
  if (members.size === 0) throw new PolicyProblem(say.empty(member));
  const checked = [...members].map(([kind, named]): [PrincipalKind, readonly string[]] => {
    const names = stringsOf(named);
    if (!isPrincipalKind(kind) || !names) throw new PolicyProblem(say.principal);
    if (names.length === 0) throw new PolicyProblem(say.empty(member));
    const isKnown = (name: string) => VALUES[kind](name) && (!IS_PERSON[kind] || name === '*' || exists(name));
    if (!names.every(isKnown)) throw new PolicyProblem(say.principal);
    return [kind, names];
  });
  return Object.fromEntries(checked);
}

function isPrincipalKind(kind: string): kind is PrincipalKind {
  return Object.hasOwn(VALUES, kind);
}
