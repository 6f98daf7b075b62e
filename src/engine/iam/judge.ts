import type { DecisionStatement } from '../trace/event.ts';
import { type ConditionValues, findUnmetCondition, presentValues } from './conditions.ts';
import { findGrantMismatch, type Grant } from './grant.ts';
import { listOf, type PolicyDocument, type PolicyStatement } from './policy.ts';
import { findReach, isLeftOut, type Named, type Reach, rootOf } from './reach.ts';
import { type PresentValues, patternOfPieces, plain, resolveVariables } from './variables.ts';
import { isLike, isResourceLike } from './wildcard.ts';

/** What statements are held against. */
export interface Asked extends Named {
  /** `s3` with a bucket policy, or `kms` with a key policy. */
  readonly kind: 's3' | 'kms';
  readonly action: string;
  readonly resource: string;
  /** The account the resource belongs to; an ARN of S3 does not tell. */
  readonly ownerAccountId: string;
  readonly conditionValues: ConditionValues;
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

/** One statement or grant, judged. */
export interface Verdict {
  readonly told: DecisionStatement;
  /** Of statements that match. */
  readonly reach: Reach;
}

/** Judges the statements of a person's policies, or of those that narrow the session. */
export function judgeOwn(asked: Asked, policies: readonly PolicyDocument[], isSessionPolicy: boolean): Verdict[] {
  const values = presentValues(asked.conditionValues);
  return policies
    .flatMap(({ Statement, Version }) => Statement.map(statement => ({ statement, Version })))
    .map(({ statement, Version }, i) => {
      const name = statement.Sid ?? String(i + 1);
      const mismatch = findMismatch(asked, statement, Version, values);
      return verdict(isSessionPolicy ? 'session' : 'identity', name, statement.Effect, mismatch, 'self');
    });
}

/** Judges the statements of a bucket policy or key policy. */
export function judgeResource(asked: Asked, policy: PolicyDocument): Verdict[] {
  const values = presentValues(asked.conditionValues);
  return policy.Statement.map((statement, i) => {
    const reach = reachOf(asked, statement);
    const mismatch =
      reach === undefined
        ? 'is for other principals'
        : (findMismatch(asked, statement, policy.Version, values) ?? findExemption(asked, statement));
    const where = asked.kind === 's3' ? 'bucket' : 'key';
    return verdict(where, statement.Sid ?? String(i + 1), statement.Effect, mismatch, reach ?? 'everybody');
  });
}

/** Judges the grants on a key. */
export function judgeGrants(asked: Asked, grants: readonly Grant[]): Verdict[] {
  return grants.map(grant => {
    const reach = findReach(asked, { AWS: grant.granteePrincipal });
    const mismatch =
      reach === undefined
        ? 'is for other principals'
        : findGrantMismatch(grant, asked.action, asked.encryptionContext ?? {});
    return verdict('grant', grant.grantId, 'Allow', mismatch, reach ?? 'everybody');
  });
}

function verdict(
  policy: DecisionStatement['policy'],
  sid: string,
  effect: DecisionStatement['effect'],
  mismatch: string | undefined,
  reach: Reach,
): Verdict {
  const because = mismatch ?? (reach === 'account' ? 'applies to the account' : 'applies');
  return { told: { policy, sid, effect, isMatch: mismatch === undefined, because }, reach };
}

function reachOf(asked: Asked, { Principal, NotPrincipal }: PolicyStatement): Reach | undefined {
  if (Principal !== undefined) return findReach(asked, Principal);
  return NotPrincipal === undefined || isLeftOut(asked, NotPrincipal) ? undefined : 'everybody';
}

function findMismatch(
  { action, resource }: Asked,
  statement: PolicyStatement,
  version: PolicyDocument['Version'],
  values: PresentValues,
): string | undefined {
  const isAction = (pattern: string) => isLike(action.toLowerCase(), pattern.toLowerCase());
  if (!isNamed(statement.Action, statement.NotAction, isAction)) return 'names other actions';
  const hasVariables = version === '2012-10-17';
  const isResource = (text: string) => {
    const pieces = hasVariables ? resolveVariables(text, values) : plain(text);
    return pieces !== undefined && isResourceLike(resource, patternOfPieces(pieces));
  };
  if (!isNamed(statement.Resource, statement.NotResource, isResource)) return 'names other resources';
  return findUnmetCondition(statement.Condition, values, hasVariables);
}

type Patterns = string | readonly string[] | undefined;

function isNamed(named: Patterns, left: Patterns, matches: (pattern: string) => boolean): boolean {
  if (named !== undefined) return listOf(named).some(matches);
  return left !== undefined && !listOf(left).some(matches);
}

/** The root user of a bucket's owner always gets at the bucket policy, so that nobody locks themselves out. */
const NEVER_LOCKED: readonly string[] = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

function findExemption({ kind, principal, ownerAccountId, action }: Asked, statement: PolicyStatement) {
  const isExempt =
    kind === 's3' &&
    statement.Effect === 'Deny' &&
    principal === rootOf(ownerAccountId) &&
    NEVER_LOCKED.includes(action);
  return isExempt ? 'cannot keep the owner’s root user from the bucket policy' : undefined;
}
