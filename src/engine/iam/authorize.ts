import type { Decision } from '../trace/event.ts';
import type { ConditionValues } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import { accountOf, type PolicyDocument } from './policy.ts';
import type { Principal } from './principal.ts';

/** What the S3 gate is asked. */
export interface S3Question {
  readonly principal: Principal;
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** ARN of the bucket or object. */
  readonly resource: string;
  /** The bucket's account. */
  readonly ownerAccountId: string;
  readonly conditionValues?: ConditionValues;
  readonly bucketPolicy?: PolicyDocument;
}

/** What the KMS gate is asked. */
export interface KmsQuestion {
  readonly principal: Principal;
  /** For example `kms:Decrypt`. */
  readonly action: string;
  readonly keyArn: string;
  readonly keyPolicy: PolicyDocument;
  /** The service that calls for the principal, for example `s3.eu-central-1.amazonaws.com`; absent in direct calls. */
  readonly viaService?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

/** The first gate: identity policies and bucket policy (F-KSM-063). */
export function authorizeS3(question: S3Question): Decision {
  const { principal, action, resource, ownerAccountId, bucketPolicy } = question;
  return evaluate({
    kind: 's3',
    principal: principal.arn,
    action,
    resource,
    ownerAccountId,
    conditionValues: { ...accounts(principal, ownerAccountId), ...question.conditionValues },
    identityPolicies: principal.identityPolicies,
    ...(bucketPolicy === undefined ? {} : { resourcePolicy: bucketPolicy }),
  });
}

/**
 * The second gate: key policy and identity policies (F-KMS-070…073), with the condition values KMS knows
 * (F-KMS-075, F-KMS-076, F-KMS-078). `kms:EncryptionContextKeys` holds all names, joined by commas.
 */
export function authorizeKms(question: KmsQuestion): Decision {
  const { principal, action, keyArn, keyPolicy, viaService, encryptionContext = {} } = question;
  const ownerAccountId = accountOf(keyArn);
  const names = Object.keys(encryptionContext).sort();
  return evaluate({
    kind: 'kms',
    principal: principal.arn,
    action,
    resource: keyArn,
    ownerAccountId,
    conditionValues: {
      ...accounts(principal, ownerAccountId),
      'kms:CallerAccount': principal.accountId,
      ...(viaService === undefined ? {} : { 'kms:ViaService': viaService }),
      ...Object.fromEntries(names.map(name => [`kms:EncryptionContext:${name}`, encryptionContext[name] ?? ''])),
      ...(names.length === 0 ? {} : { 'kms:EncryptionContextKeys': names.join(',') }),
    },
    identityPolicies: principal.identityPolicies,
    resourcePolicy: keyPolicy,
  });
}

function accounts(principal: Principal, ownerAccountId: string): ConditionValues {
  return { 'aws:PrincipalAccount': principal.accountId, 'aws:ResourceAccount': ownerAccountId };
}

/**
 * The text of the refusal that a denied decision leads to (F-ERR-036, F-ERR-037, F-ERR-048, F-ERR-049, F-ERR-050,
 * F-ERR-087). Across accounts S3 says no more than `Access Denied`.
 *
 * @param target `ciphertext` when the caller named no KMS key and KMS read it from the blob.
 */
export function accessDeniedMessage(decision: Decision, target: 'resource' | 'ciphertext' = 'resource'): string {
  const { action, principal, resource, conditionValues } = decision;
  const isSameAccount = conditionValues['aws:PrincipalAccount'] === conditionValues['aws:ResourceAccount'];
  const isS3 = decision.gate === 's3';
  if (isS3 && !isSameAccount) return 'Access Denied';

  const start = `User: ${principal} is not authorized to perform: ${action}`;
  const denying = decision.statements.find(({ isMatch, effect }) => isMatch && effect === 'Deny');
  const onKey =
    target === 'ciphertext' ? ' on the resource associated with this ciphertext' : ` on resource: ${resource}`;
  const on = isS3 ? ` on resource: "${resource}"` : onKey;
  if (denying?.policy === 'identity') return `${start}${on} with an explicit deny in an identity-based policy`;

  const isAdmitted = decision.statements.some(({ policy, isMatch }) => policy === 'key' && isMatch);
  if (!isS3 && !isSameAccount && (denying || !isAdmitted)) {
    return `${start}${on} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
  }
  if (denying) return `${start}${on} with an explicit deny in a resource-based policy`;
  if (!isS3 && !isAdmitted) return `${start}${on} because no resource-based policy allows the ${action} action`;
  // F-ERR-037 records the S3 text without its resource.
  return `${start}${isS3 ? '' : on} because no identity-based policy allows the ${action} action`;
}
