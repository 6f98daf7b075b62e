import type { Decision } from '../trace/event.ts';
import type { Grant } from './grant.ts';
import { type Asked, judgeGrants, judgeOwn, judgeResource, type Verdict } from './judge.ts';
import { accountOf, listOf, type PolicyDocument } from './policy.ts';
import { isSession, type Reach, rootOf } from './reach.ts';

/** A question to the policies. */
export interface Question extends Asked {
  readonly identityPolicies: readonly PolicyDocument[];
  /** What a session was narrowed to. Absent: not narrowed; an empty list allows nothing. */
  readonly sessionPolicies?: readonly PolicyDocument[];
  /** Absent in KMS: the action is about no key, and the identity's policies decide. */
  readonly resourcePolicy?: PolicyDocument;
  readonly grants?: readonly Grant[];
}

/** A decision that policies led to. */
export interface PolicyDecision extends Decision {
  /** Whose deny, or whose silence, it was; absent when allowed. */
  readonly refusedBy?: 'identity' | 'session' | 'resource';
}

type Outcome = Pick<PolicyDecision, 'isAllowed' | 'settledBy' | 'because' | 'refusedBy'>;

interface Verdicts {
  /** Of the bucket policy, or of the key policy and the grants. */
  readonly resource: readonly Verdict[];
  readonly identity: readonly Verdict[];
  readonly session: readonly Verdict[];
}

/**
 * Evaluates policies as AWS does: an explicit deny anywhere wins, otherwise an allow is needed (F-KMS-071).
 *
 * - S3, same account: the identity's policies or the bucket policy allow.
 * - KMS, same account: the key policy or a grant admits the principal, or the key policy delegates to the account and
 *   the identity's policies allow (F-KMS-072, F-KMS-074).
 * - Another account: both sides must allow (F-KMS-073, F-KSM-064); a grant stands on the side of the key.
 * - A narrowed session needs its session policies to allow too, except for what a resource's policy gives to the very
 *   ARN of the session.
 * - An account's root user needs no policy of its own.
 * - Whoever did not sign is let in only by a bucket policy that lets in everybody.
 */
export function evaluate(question: Question): PolicyDecision {
  const verdicts: Verdicts = {
    resource: [
      ...(question.resourcePolicy ? judgeResource(question, question.resourcePolicy) : []),
      ...judgeGrants(question, question.grants ?? []),
    ],
    identity: judgeOwn(question, question.identityPolicies, false),
    session: judgeOwn(question, question.sessionPolicies ?? [], true),
  };
  const values = Object.entries(question.conditionValues);
  return {
    ...settle(question, verdicts),
    gate: question.kind,
    principal: question.principal,
    action: question.action,
    resource: question.resource,
    conditionValues: Object.fromEntries(values.map(([name, value]) => [name, listOf(value).join(', ')])),
    statements: [...verdicts.resource, ...verdicts.identity, ...verdicts.session].map(verdict => verdict.told),
  };
}

function settle(question: Question, verdicts: Verdicts): Outcome {
  const denial = findDenial(question, verdicts);
  if (denial) return denial;
  const { resource, session } = verdicts;
  const byResource = allowedByResource(question, resource);
  const rest = byResource ? allowed(question, byResource) : allowedByBoth(question, verdicts);
  if (!rest.isAllowed || !question.sessionPolicies) return rest;
  const isForSession = byResource?.reach === 'self' && isSession(question.principal);
  if (isForSession || findAllow(session)) return rest;
  return denied('session', `no session policy allows ${question.action}`);
}

function findDenial({ kind, action }: Question, verdicts: Verdicts): Outcome | undefined {
  for (const side of ['resource', 'identity', 'session'] as const) {
    const deny = verdicts[side].find(({ told }) => told.isMatch && told.effect === 'Deny');
    if (!deny) continue;
    const where = side === 'resource' ? resourceWords(kind) : `${side} policy`;
    const because = `statement ${deny.told.sid} of the ${where} denies ${action}`;
    return { isAllowed: false, settledBy: 'explicit-deny', because, refusedBy: side };
  }
  return undefined;
}

/** What lets somebody in without a policy of their own. */
function allowedByResource(question: Question, resource: readonly Verdict[]): Verdict | undefined {
  const accountId = accountOf(question.principal);
  if (accountId !== '' && accountId !== question.ownerAccountId) return undefined;
  return findAllow(resource, 'self') ?? findAllow(resource, 'role') ?? findAllow(resource, 'everybody');
}

/** Everything else: the account's own policies, and those of the resource where they have to agree. */
function allowedByBoth(question: Question, { resource, identity }: Verdicts): Outcome {
  const { action, kind, principal, ownerAccountId } = question;
  const accountId = accountOf(principal);
  const isSameAccount = accountId === ownerAccountId;
  const ofResource = findAllow(resource);
  const isResourceNeeded = !isSameAccount || (kind === 'kms' && question.resourcePolicy !== undefined);
  if (isResourceNeeded && !ofResource) {
    const what = accountId === '' ? 'everybody' : isSameAccount ? undefined : 'the other account';
    const policy = resourceWords(kind);
    return denied(
      'resource',
      what ? `nothing in the ${policy} admits ${what}` : `nothing in the ${policy} allows ${action}`,
    );
  }
  const ofIdentity = findAllow(identity);
  if (!ofIdentity && principal !== rootOf(accountId)) {
    return denied('identity', `no identity policy allows ${action}`);
  }
  const own = ofIdentity ? `statement ${ofIdentity.told.sid} of the identity policy` : 'the root user’s own right';
  if (!isResourceNeeded || !ofResource) return allow(`${own} allows ${action}`);
  const theirs = source(ofResource, kind);
  if (!isSameAccount) return allow(`${theirs} and ${own} allow ${action}`);
  return allow(`${theirs} leaves it to the account, where ${own} allows ${action}`);
}

function allowed({ action, kind }: Question, by: Verdict): Outcome {
  return allow(`${source(by, kind)} allows ${action}`);
}

function allow(because: string): Outcome {
  return { isAllowed: true, settledBy: 'allow', because };
}

function denied(refusedBy: 'identity' | 'session' | 'resource', because: string): Outcome {
  return { isAllowed: false, settledBy: 'implicit-deny', because, refusedBy };
}

function findAllow(verdicts: readonly Verdict[], reach?: Reach): Verdict | undefined {
  return verdicts.find(
    ({ told, reach: own }) => told.isMatch && told.effect === 'Allow' && (reach === undefined || own === reach),
  );
}

function source(by: Verdict, kind: Decision['gate']): string {
  return by.told.policy === 'grant' ? `grant ${by.told.sid}` : `statement ${by.told.sid} of the ${resourceWords(kind)}`;
}

function resourceWords(kind: Decision['gate']): string {
  return kind === 's3' ? 'bucket policy' : 'key policy';
}
