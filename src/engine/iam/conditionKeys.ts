/** The condition keys that the engine fills in, so that a policy can name no other without being refused. */

/** Whose requests bring a value for it. */
export type ConditionVendor = 'aws' | 's3' | 'kms';

export interface ConditionKey {
  readonly vendor: ConditionVendor;
  /** As documented; what stands for `*` at its end the policy chooses, such as the name of a tag. */
  readonly name: string;
  readonly isMultiValued: boolean;
}

const SINGLE: Readonly<Record<ConditionVendor, readonly string[]>> = {
  aws: [
    'CurrentTime',
    'EpochTime',
    'PrincipalAccount',
    'PrincipalArn',
    'PrincipalTag/*',
    'PrincipalType',
    'Referer',
    'RequestedRegion',
    'ResourceAccount',
    'SecureTransport',
    'SourceIp',
    'UserAgent',
    'ViaAWSService',
    'userid',
    'username',
  ],
  s3: [
    'ExistingObjectTag/*',
    'RequestObjectTag/*',
    'ResourceAccount',
    'TlsVersion',
    'authType',
    'delimiter',
    'if-match',
    'if-none-match',
    'max-keys',
    'prefix',
    'signatureAge',
    'signatureversion',
    'versionid',
    'x-amz-acl',
    'x-amz-content-sha256',
    'x-amz-copy-source',
    'x-amz-metadata-directive',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm',
    'x-amz-storage-class',
  ],
  kms: [
    'BypassPolicyLockoutSafetyCheck',
    'CallerAccount',
    'DataKeyPairSpec',
    'EncryptionAlgorithm',
    'EncryptionContext:*',
    'GrantIsForAWSResource',
    'GranteePrincipal',
    'KeyOrigin',
    'KeySpec',
    'KeyUsage',
    'MacAlgorithm',
    'RequestAlias',
    'ScheduleKeyDeletionPendingWindowInDays',
    'ViaService',
  ],
};
const MULTIPLE: Readonly<Record<ConditionVendor, readonly string[]>> = {
  aws: [],
  s3: ['RequestObjectTagKeys'],
  kms: ['EncryptionContextKeys', 'GrantOperations', 'ResourceAliases'],
};

/** Every key that a policy may name. */
export const CONDITION_KEYS: readonly ConditionKey[] = (['aws', 's3', 'kms'] as const).flatMap(vendor => [
  ...SINGLE[vendor].map(name => ({ vendor, name: `${vendor}:${name}`, isMultiValued: false })),
  ...MULTIPLE[vendor].map(name => ({ vendor, name: `${vendor}:${name}`, isMultiValued: true })),
]);

const EXACT = new Map(CONDITION_KEYS.map(entry => [entry.name.toLowerCase(), entry]));
const OPEN = CONDITION_KEYS.filter(entry => entry.name.endsWith('*')).map(entry => ({
  start: entry.name.slice(0, -1).toLowerCase(),
  entry,
}));

/** The condition key of that name, in any case, or `undefined` when the engine never fills it. */
export function findConditionKey(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  if (lower.endsWith('*')) return undefined;
  const open = OPEN.find(({ start }) => lower.startsWith(start) && lower.length > start.length);
  return EXACT.get(lower) ?? open?.entry;
}
