import { authorizeKms } from '../iam/authorize.ts';
import { parsePolicy } from '../iam/parsePolicy.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import type { Principal } from '../iam/principal.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';
import type { KeyRow } from './rows.ts';

/** F-KMS-089. */
export const MAX_POLICY_LENGTH = 32_768;

/**
 * The policy a new customer managed key gets: its account may decide by identity policies (F-KMS-072).
 */
export function defaultKeyPolicy(accountId: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EnableIamPolicies',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

/** The default policy as KMS writes it for a key that was made without one. */
export function defaultPolicyText(accountId: string): string {
  const [statement] = defaultKeyPolicy(accountId).Statement;
  const policy = {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [{ ...statement, Sid: 'Enable IAM User Permissions' }],
  };
  return JSON.stringify(policy, null, 2);
}

/**
 * The policy of `aws/s3`: everybody in the account, but only through S3; the account may read the key's metadata
 * (F-KSM-035).
 */
export function awsManagedS3KeyPolicy(accountId: string, region: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowUseThroughS3',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `s3.${region}.amazonaws.com` },
        },
      },
      {
        Sid: 'AllowReadingMetadata',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  };
}

const read = new WeakMap<KeyRow, PolicyDocument>();

/** The policy of a key, ready to be evaluated. */
export function policyOf(kmsKey: KeyRow): PolicyDocument {
  const known = read.get(kmsKey);
  if (known) return known;
  const parsed = parsePolicy(kmsKey.policy, 'key');
  // What was put over the wire can be parsed; what the host of a world has set up is its own document.
  const policy = 'ok' in parsed ? parsed.ok : (JSON.parse(kmsKey.policy) as PolicyDocument);
  read.set(kmsKey, policy);
  return policy;
}

/**
 * Why a policy cannot be put on a key, if so: it is malformed, or whoever puts it could not put another one (the lockout
 * safety check).
 */
export function findPolicyRefusal(
  policyText: string,
  keyArn: string,
  principal: Principal,
  isLockoutAllowed: boolean,
): KmsRefusal | undefined {
  if (policyText.length > MAX_POLICY_LENGTH) {
    return REFUSALS.limitExceeded(`The key policy is longer than ${MAX_POLICY_LENGTH} bytes`);
  }
  const parsed = parsePolicy(policyText, 'key');
  if ('problem' in parsed) return REFUSALS.malformedPolicy(parsed.problem);
  if (isLockoutAllowed) return undefined;
  const { isAllowed } = authorizeKms({
    // Only the key policy is in question: identity policies can be changed at any time.
    principal: { ...principal, identityPolicies: [EVERYTHING] },
    action: 'kms:PutKeyPolicy',
    keyArn,
    keyPolicy: parsed.ok,
  });
  return isAllowed ? undefined : REFUSALS.lockout();
}

const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }],
};
