import type { ConditionValues } from './conditions.ts';
import { evaluate, type PolicyDecision, type Question } from './evaluate.ts';
import type { Grant } from './grant.ts';
import { accountOf, type PolicyDocument } from './policy.ts';
import type { Caller, Principal } from './principal.ts';
import { isSession, roleOf, rootOf } from './reach.ts';

/** Whoever asks: somebody who signed, or `ANONYMOUS`. */
export type Asker = Caller & Partial<Pick<Principal, 'userId' | 'canonicalId'>>;

/** What the S3 gate is asked. */
export interface S3Question {
  readonly principal: Asker;
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** ARN of the bucket or object. */
  readonly resource: string;
  /** The bucket's account. */
  readonly ownerAccountId: string;
  /** What the request brings; who asks and who owns is filled in here. */
  readonly conditionValues?: ConditionValues;
  readonly bucketPolicy?: PolicyDocument;
}

/** What the KMS gate is asked. */
export interface KmsQuestion {
  readonly principal: Asker;
  /** For example `kms:Decrypt`. */
  readonly action: string;
  /** Its account is the key's owner. Of actions about no key: any ARN of the caller's account and Region. */
  readonly keyArn: string;
  /** Absent for actions about no key, such as `kms:CreateKey`: there the identity's policies alone decide. */
  readonly keyPolicy?: PolicyDocument;
  /** Grants on the key. */
  readonly grants?: readonly Grant[];
  /** The service that calls for the principal, for example `s3.eu-central-1.amazonaws.com`; absent in direct calls. */
  readonly viaService?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** What else the request brings, for example `kms:GrantIsForAWSResource`. */
  readonly conditionValues?: ConditionValues;
}

/** The first gate: identity policies and bucket policy (F-KSM-063). */
export function authorizeS3(question: S3Question): PolicyDecision {
  const { principal, action, resource, ownerAccountId, bucketPolicy } = question;
  return evaluate({
    ...whoAsks(principal),
    kind: 's3',
    action,
    resource,
    ownerAccountId,
    conditionValues: {
      ...question.conditionValues,
      ...valuesOf(principal, ownerAccountId),
      'aws:ViaAWSService': 'false',
      's3:ResourceAccount': ownerAccountId,
    },
    ...(bucketPolicy === undefined ? {} : { resourcePolicy: bucketPolicy }),
  });
}

/**
 * The second gate: key policy, grants and identity policies (F-KMS-070…074), with the condition values KMS knows
 * (F-KMS-075, F-KMS-076, F-KMS-078).
 */
export function authorizeKms(question: KmsQuestion): PolicyDecision {
  const { principal, action, keyArn, keyPolicy, grants, viaService, encryptionContext = {} } = question;
  const ownerAccountId = accountOf(keyArn);
  const region = keyArn.split(':')[3];
  const context = Object.entries(encryptionContext).sort(([a], [b]) => (a < b ? -1 : 1));
  return evaluate({
    ...whoAsks(principal),
    kind: 'kms',
    action,
    resource: keyArn,
    ownerAccountId,
    encryptionContext,
    conditionValues: {
      ...(region ? { 'aws:RequestedRegion': region } : {}),
      ...question.conditionValues,
      ...valuesOf(principal, ownerAccountId),
      'aws:ViaAWSService': String(viaService !== undefined),
      ...(principal.accountId === '' ? {} : { 'kms:CallerAccount': principal.accountId }),
      ...(viaService === undefined ? {} : { 'kms:ViaService': viaService }),
      ...Object.fromEntries(context.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
      ...(context.length === 0 ? {} : { 'kms:EncryptionContextKeys': context.map(([name]) => name) }),
    },
    ...(keyPolicy === undefined ? {} : { resourcePolicy: keyPolicy }),
    ...(grants === undefined ? {} : { grants }),
  });
}

function whoAsks({ arn, identityPolicies, sessionPolicies, canonicalId }: Asker) {
  return {
    principal: arn,
    identityPolicies,
    ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
    ...(canonicalId === undefined ? {} : { canonicalId }),
  } satisfies Partial<Question>;
}

/** What conditions know of who asks and of whose resource it is. Somebody who did not sign has only a type. */
function valuesOf(principal: Asker, ownerAccountId: string): ConditionValues {
  const { arn, accountId, userId, tags = {} } = principal;
  const owner = { 'aws:ResourceAccount': ownerAccountId };
  if (accountId === '') return { ...owner, 'aws:PrincipalType': 'Anonymous' };
  const userName = arn.startsWith(`arn:aws:iam::${accountId}:user/`) ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
  return {
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalArn': roleOf(arn) ?? arn,
    'aws:PrincipalType': typeOf(arn, accountId),
    ...(userId === undefined ? {} : { 'aws:userid': userId }),
    ...(userName === undefined ? {} : { 'aws:username': userName }),
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])),
    ...owner,
  };
}

function typeOf(arn: string, accountId: string): string {
  if (arn === rootOf(accountId)) return 'Account';
  if (!isSession(arn)) return 'User';
  return roleOf(arn) === undefined ? 'FederatedUser' : 'AssumedRole';
}

/**
 * The text of the refusal that a denied decision leads to (F-ERR-036, F-ERR-037, F-ERR-048, F-ERR-049, F-ERR-050,
 * F-ERR-087). Across accounts, and to whoever did not sign, S3 says no more than `Access Denied`.
 *
 * @param target `ciphertext` when the caller named no KMS key and KMS read it from the blob.
 */
export function accessDeniedMessage(decision: PolicyDecision, target: 'resource' | 'ciphertext' = 'resource'): string {
  const { action, principal, resource, conditionValues, refusedBy = 'identity' } = decision;
  const isSameAccount = conditionValues['aws:PrincipalAccount'] === conditionValues['aws:ResourceAccount'];
  const isS3 = decision.gate === 's3';
  if (isS3 && !isSameAccount) return 'Access Denied';

  const start = `User: ${principal} is not authorized to perform: ${action}`;
  const onKey =
    target === 'ciphertext' ? ' on the resource associated with this ciphertext' : ` on resource: ${resource}`;
  const on = isS3 ? ` on resource: "${resource}"` : onKey;
  if (!isSameAccount && refusedBy === 'resource') {
    return `${start}${on} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
  }
  const policy = POLICY_WORDS[refusedBy];
  if (decision.settledBy === 'explicit-deny') return `${start}${on} with an explicit deny in ${policy.one}`;
  // F-ERR-037 records the S3 text without its resource.
  return `${start}${isS3 ? '' : on} because no ${policy.any} allows the ${action} action`;
}

const POLICY_WORDS = {
  identity: { one: 'an identity-based policy', any: 'identity-based policy' },
  session: { one: 'a session policy', any: 'session policy' },
  resource: { one: 'a resource-based policy', any: 'resource-based policy' },
} as const;
