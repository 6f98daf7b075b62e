import type { Decision, DecisionStatement } from '../trace/event.ts';
import { type ConditionValues, findUnmetCondition } from './conditions.ts';
import { accountOf, listOf, type PolicyDocument, type PolicyStatement } from './policy.ts';
import { isLike } from './wildcard.ts';

/** A question to the policies. */
export interface Question {
  /** Which gate asks: S3 with a bucket policy, or KMS with a key policy. */
  readonly kind: Decision['gate'];
  /** ARN of whoever asks. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The account the resource belongs to; an ARN of S3 does not tell. */
  readonly ownerAccountId: string;
  readonly conditionValues: ConditionValues;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly resourcePolicy?: PolicyDocument;
}

/** How a resource policy names a principal: itself, or the account it belongs to. */
type Reach = 'direct' | 'account';

interface Verdict {
  readonly told: DecisionStatement;
  readonly reach: Reach;
}

/**
 * Evaluates policies as AWS does: an explicit deny wins, otherwise an allow is needed (F-KMS-071).
 *
 * - S3, same account: the identity's policies or the bucket policy allow.
 * - KMS, same account: the key policy admits the principal, or it delegates to the account and the identity's policies
 *   allow (F-KMS-072).
 * - Another account: both sides must allow (F-KMS-073, F-KSM-064).
 */
export function evaluate(question: Question): Decision {
  const identity = question.identityPolicies.flatMap(policy =>
    policy.Statement.map(statement => judge(question, statement, 'identity')),
  );
  const resource = (question.resourcePolicy?.Statement ?? []).map(statement =>
    judge(question, statement, question.kind === 's3' ? 'bucket' : 'key'),
  );
  return { ...settle(question, identity, resource), ...restated(question, [...resource, ...identity]) };
}

function restated(question: Question, verdicts: readonly Verdict[]) {
  return {
    gate: question.kind,
    principal: question.principal,
    action: question.action,
    resource: question.resource,
    conditionValues: question.conditionValues,
    statements: verdicts.map(verdict => verdict.told),
  };
}

function settle(question: Question, identity: readonly Verdict[], resource: readonly Verdict[]) {
  const { action, kind } = question;
  const isSameAccount = accountOf(question.principal) === question.ownerAccountId;
  const policyName = kind === 's3' ? 'bucket policy' : 'key policy';

  const deny = [...resource, ...identity].find(({ told }) => told.isMatch && told.effect === 'Deny');
  if (deny) {
    const where = deny.told.policy === 'identity' ? 'identity policy' : policyName;
    return denied('explicit-deny', `statement ${deny.told.sid} of the ${where} denies ${action}`);
  }

  const allows = (verdicts: readonly Verdict[], reach?: Reach) =>
    verdicts.find(({ told, reach: own }) => told.isMatch && told.effect === 'Allow' && (!reach || own === reach))?.told
      .sid;
  const ofIdentity = allows(identity);
  const ofResource = allows(resource);

  if (!isSameAccount) {
    if (ofResource === undefined) {
      return denied('implicit-deny', `nothing in the ${policyName} admits the other account`);
    }
    if (ofIdentity === undefined) return denied('implicit-deny', `no identity policy allows ${action}`);
    return allowed(
      `statement ${ofResource} of the ${policyName} and ${ofIdentity} of the identity policy allow ${action}`,
    );
  }

  const direct = allows(resource, 'direct');
  if (direct !== undefined) return allowed(`statement ${direct} of the ${policyName} allows ${action}`);
  if (kind === 'kms' && ofResource === undefined) {
    return denied('implicit-deny', `nothing in the key policy allows ${action}`);
  }
  if (ofIdentity === undefined) return denied('implicit-deny', `no identity policy allows ${action}`);
  if (kind === 's3') return allowed(`statement ${ofIdentity} of the identity policy allows ${action}`);
  return allowed(
    `statement ${ofResource} of the key policy leaves it to the account, where ${ofIdentity} of the identity policy allows ${action}`,
  );
}

function allowed(because: string) {
  return { isAllowed: true, settledBy: 'allow', because } as const;
}

function denied(settledBy: 'explicit-deny' | 'implicit-deny', because: string) {
  return { isAllowed: false, settledBy, because } as const;
}

function judge(question: Question, statement: PolicyStatement, policy: DecisionStatement['policy']): Verdict {
  const reach = policy === 'identity' ? 'direct' : findReach(question.principal, statement.Principal);
  const mismatch = findMismatch(question, statement, reach);
  const told = {
    policy,
    sid: statement.Sid,
    effect: statement.Effect,
    isMatch: mismatch === undefined,
    because: mismatch ?? (reach === 'account' ? 'applies to the account' : 'applies'),
  };
  return { told, reach: reach ?? 'direct' };
}

function findMismatch(question: Question, statement: PolicyStatement, reach: Reach | undefined): string | undefined {
  if (reach === undefined) return 'is for other principals';
  const action = question.action.toLowerCase();
  if (!listOf(statement.Action).some(pattern => isLike(action, pattern.toLowerCase()))) return 'names other actions';
  if (!listOf(statement.Resource).some(pattern => isLike(question.resource, pattern))) return 'names other resources';
  return findUnmetCondition(statement.Condition, question.conditionValues);
}

function findReach(principalArn: string, named: PolicyStatement['Principal']): Reach | undefined {
  const names = named === undefined ? [] : listOf(named === '*' ? '*' : named.AWS);
  if (names.some(name => name === '*' || name === principalArn)) return 'direct';
  const accountId = accountOf(principalArn);
  return names.some(name => name === accountId || name === `arn:aws:iam::${accountId}:root`) ? 'account' : undefined;
}
