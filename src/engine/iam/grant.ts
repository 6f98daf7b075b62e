/** A grant on a KMS key, as far as it is asked who may (F-KMS-074). */
export interface Grant {
  readonly grantId: string;
  /** ARN. */
  readonly granteePrincipal: string;
  /** For example `Decrypt`, without the service. */
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
}

export interface GrantConstraints {
  /** The request's encryption context must be exactly this. */
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  /** The request's encryption context must hold all of this. */
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
}

/** These take no encryption context, so constraints do not bind them. */
const WITHOUT_CONTEXT: readonly string[] = ['kms:DescribeKey', 'kms:RetireGrant', 'kms:CreateGrant'];

/** Why a grant does not let this action pass, in a few words, or `undefined` when it does. Names and values are exact. */
export function findGrantMismatch(
  grant: Grant,
  action: string,
  encryptionContext: Readonly<Record<string, string>>,
): string | undefined {
  if (!grant.operations.some(operation => `kms:${operation}` === action)) return 'names other operations';
  if (WITHOUT_CONTEXT.includes(action)) return undefined;
  const { EncryptionContextEquals: exact, EncryptionContextSubset: subset } = grant.constraints ?? {};
  const asked = new Map(Object.entries(encryptionContext));
  const holdsAll = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([name, value]) => asked.get(name) === value);
  const isMet =
    (subset === undefined || holdsAll(subset)) &&
    (exact === undefined || (holdsAll(exact) && asked.size === Object.keys(exact).length));
  return isMet ? undefined : 'wants another encryption context';
}
