import { toBase64 } from '../bytes/text.ts';
import type { RandomSource } from '../random.ts';
import type { GuestName, PrincipalName } from '../trace/trace.ts';
import type { PolicyDocument, PolicyStatement } from './policy.ts';

/** Account that owns the lab's buckets and KMS keys. Fictional. */
export const LAB_ACCOUNT_ID = '111122223333';
/** Account of the stranger. Fictional. */
export const OTHER_ACCOUNT_ID = '444455556666';

/** Somebody who asks, as policies see them. */
export interface Caller {
  /** `arn:aws:iam::111122223333:user/application-owner`; of the account's root user it ends in `:root`. */
  readonly arn: string;
  /** 12 digits; empty for somebody who did not sign. */
  readonly accountId: string;
  readonly identityPolicies: readonly PolicyDocument[];
  /** What a session was narrowed to: allowed is only what these allow too. Absent: no session, or not narrowed. */
  readonly sessionPolicies?: readonly PolicyDocument[];
  /** `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Somebody who signs requests. */
export interface Principal extends Caller {
  /** The user's name: the last part of the ARN. */
  readonly name: string;
  /** `AIDA…`, 21 characters: `aws:userid`. */
  readonly userId: string;
  /** 64 hex characters: who owns buckets and objects, in the words of access control lists. */
  readonly canonicalId: string;
  /** For access control lists and lists of buckets. */
  readonly displayName: string;
  /** 20 characters, public. */
  readonly accessKeyId: string;
  /** 40 characters, signs requests and never travels. */
  readonly secretAccessKey: string;
  /** Temporary credentials count only with their token. */
  readonly sessionToken?: string;
}

/** Whoever did not sign: no account, no policies of their own. */
export const ANONYMOUS: Caller = { arn: 'anonymous', accountId: '', identityPolicies: [] };

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
    owner: principal(random, LAB_ACCOUNT_ID, 'application-owner', [onBuckets, onKey]),
    's3-admin': principal(random, LAB_ACCOUNT_ID, 's3-administrator', [onBuckets]),
    stranger: principal(random, OTHER_ACCOUNT_ID, 'stranger', [everything]),
  };
}

/**
 * The people of worlds in which more happens than up- and downloads: Ana may read the bucket and has no KMS rights; the administrator may
 * do everything at home; the thief has the access key of `owner`; the last one has credentials that are never used.
 */
export function guestPrincipals(
  random: RandomSource,
  bucketArns: readonly string[],
  owner: Principal,
): Readonly<Record<GuestName, Principal>> {
  const read: PolicyStatement = {
    Sid: 'ReadBuckets',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: bucketArns.flatMap(arn => [arn, `${arn}/*`]),
  };
  const everything: PolicyStatement = { Sid: 'AdministratorAccess', Effect: 'Allow', Action: '*', Resource: '*' };
  return {
    reader: principal(random, LAB_ACCOUNT_ID, 'ana', [read]),
    administrator: principal(random, LAB_ACCOUNT_ID, 'administrator', [everything]),
    thief: owner,
    anonymous: principal(random, OTHER_ACCOUNT_ID, 'anonymous', []),
  };
}

function principal(
  random: RandomSource,
  accountId: string,
  userName: string,
  statements: readonly PolicyStatement[],
): Principal {
  return {
    name: userName,
    arn: `arn:aws:iam::${accountId}:user/${userName}`,
    accountId,
    userId: `AIDA${accountId.slice(0, 3)}${userName
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .padEnd(14, 'X')
      .slice(0, 14)}`,
    canonicalId: canonicalIdOf(accountId),
    displayName: userName,
    accessKeyId: `AKIA${base32(random.bytes(16))}`,
    secretAccessKey: toBase64(random.bytes(30)),
    identityPolicies: [{ Version: '2012-10-17', Statement: statements }],
  };
}

/** One character a byte, of the 32 that access key ids use. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}

/** Canonical id of an account: fictional, the account's digits over and over (64 hex characters). */
export function canonicalIdOf(accountId: string): string {
  return accountId.repeat(6).slice(0, 64);
}
