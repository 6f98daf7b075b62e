import type { Decision, DecisionStatement } from '../../../engine/index.ts';

type Policy = DecisionStatement['policy'];

/** How a newcomer hears of a policy: one's own are those attached to the user. */
const POLICY_WORDS: Readonly<Record<Policy, string>> = {
  identity: 'own policy',
  bucket: 'bucket policy',
  key: 'key policy',
  grant: 'grant',
  session: 'session policy',
};

export interface PolicyTicks {
  readonly policy: string;
  /** In the order in which they were evaluated: applies and allows, applies and denies, or does not apply. */
  readonly ticks: readonly { readonly verdict: 'allows' | 'denies' | 'passes'; readonly because: string }[];
}

/** The statements that were looked at, policy by policy. */
export function ticksOf({ statements }: Decision): PolicyTicks[] {
  const policies = [...new Set(statements.map(statement => statement.policy))];
  return policies.map(policy => ({
    policy: POLICY_WORDS[policy],
    ticks: statements
      .filter(statement => statement.policy === policy)
      .map(({ isMatch, effect, because }) => ({
        verdict: !isMatch ? 'passes' : effect === 'Deny' ? 'denies' : 'allows',
        because,
      })),
  }));
}

/** Why a gate opens or stays shut, in a sentence or two without names of statements. */
export function gateSentence(decision: Decision): string {
  // No policy was looked at.
  if (decision.statements.length === 0) return sentence(decision.because);
  const who = principalWords(decision.principal);
  const Who = who.charAt(0).toUpperCase() + who.slice(1);
  const matching = decision.statements.filter(it => it.isMatch);
  const hasAllow = (policy: Policy) => matching.some(it => it.policy === policy && it.effect === 'Allow');
  const ofResource: Policy = decision.gate === 'kms' ? 'key' : 'bucket';
  const resource = `The ${POLICY_WORDS[ofResource]}`;
  switch (decision.settledBy) {
    case 'explicit-deny': {
      const policy = matching.find(it => it.effect === 'Deny')?.policy ?? ofResource;
      return `${policy === 'identity' ? `${Who}’s own policy` : `The ${POLICY_WORDS[policy]}`} forbids it, and that outweighs every permission.`;
    }
    case 'allow': {
      const named = matching.find(it => it.policy === ofResource && it.effect === 'Allow');
      if (named === undefined) {
        return hasAllow('grant') ? 'A grant on the key allows it.' : `${Who}’s own policy allows it.`;
      }
      if (named.because.includes('to the account')) {
        return `${resource} trusts this account; ${who}’s own policy allows it.`;
      }
      return `${resource} allows it.`;
    }
    case 'implicit-deny':
      if (hasAllow(ofResource)) {
        return `${resource} trusts this account, but ${who} has no policy that allows it.`;
      }
      return hasAllow('identity')
        ? `${Who}’s own policy would allow it, but the ${POLICY_WORDS[ofResource]} does not let ${who} in.`
        : `No policy lets ${who} do this.`;
    default:
      return sentence(decision.because);
  }
}

/** People whose names say who they are. */
const NAMED: Readonly<Record<string, string>> = {
  'application-owner': 'the owner',
  ana: 'Ana',
  anonymous: 'somebody unknown',
};

/** `arn:…:user/application-owner` is the owner; other users keep their name. */
function principalWords(arn: string): string {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return NAMED[name] ?? `the ${name.replaceAll('-', ' ').replace(/^s3 /, 'S3 ')}`;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
