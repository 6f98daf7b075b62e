import { toBase64 } from '../bytes/text.ts';
import type { RandomSource } from '../random.ts';
import type { PrincipalName } from '../trace/trace.ts';
import type { PolicyDocument, PolicyStatement } from './policy.ts';

/** Account that owns the lab's buckets and KMS keys. Fictional. */
export const LAB_ACCOUNT_ID = '111122223333';
/** Account of the stranger. Fictional. */
export const OTHER_ACCOUNT_ID = '444455556666';

/** Somebody who signs requests. */
export interface Principal {
  readonly name: PrincipalName;
  readonly arn: string;
  readonly accountId: string;
  /** 20 characters, public. */
  readonly accessKeyId: string;
  /** 40 characters, signs requests and never travels. */
  readonly secretAccessKey: string;
  readonly identityPolicies: readonly PolicyDocument[];
}

/**
 * The three people of the lab: the owner of the application may use S3 and the customer managed key; the S3
 * administrator may do everything in S3 and nothing in KMS (F-KMS-077); the stranger's own account allows everything,
 * which alone opens nothing of ours (F-KMS-073).
 */
export function labPrincipals(
  random: RandomSource,
  bucketArns: readonly string[],
  cmkArn: string,
): Readonly<Record<PrincipalName, Principal>> {
  const onBuckets: PolicyStatement = {
    Sid: 'UseBuckets',
    Effect: 'Allow',
    Action: 's3:*',
    Resource: bucketArns.flatMap(arn => [arn, `${arn}/*`]),
  };
  const onKey: PolicyStatement = {
    Sid: 'UseKey',
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'],
    Resource: cmkArn,
  };
  const everything: PolicyStatement = {
    Sid: 'EverythingAtHome',
    Effect: 'Allow',
    Action: ['s3:*', 'kms:*'],
    Resource: '*',
  };
  return {
    owner: principal(random, 'owner', LAB_ACCOUNT_ID, 'application-owner', [onBuckets, onKey]),
    's3-admin': principal(random, 's3-admin', LAB_ACCOUNT_ID, 's3-administrator', [onBuckets]),
    stranger: principal(random, 'stranger', OTHER_ACCOUNT_ID, 'stranger', [everything]),
  };
}

function principal(
  random: RandomSource,
  name: PrincipalName,
  accountId: string,
  userName: string,
  statements: readonly PolicyStatement[],
): Principal {
  return {
    name,
    arn: `arn:aws:iam::${accountId}:user/${userName}`,
    accountId,
    accessKeyId: `AKIA${base32(random.bytes(16))}`,
    secretAccessKey: toBase64(random.bytes(30)),
    identityPolicies: [{ Version: '2012-10-17', Statement: statements }],
  };
}

/** One character a byte, of the 32 that access key ids use. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
