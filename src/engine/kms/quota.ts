/** Request quotas: a token bucket for each account and kind of request, on the injected clock (F-KMS-082…086). */

/** Requests a second by kind: `symmetric`, `rsa` and `ecc` are shared by operations, all others are operations. */
export type QuotaTable = Readonly<Record<string, number>>;

const LARGE_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];
const MEDIUM_REGIONS = ['us-east-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-2'];

/** Numbers that are the same in every Region. The first six are in the facts (F-KMS-084, F-KMS-085). */
const EVERYWHERE: QuotaTable = {
  rsa: 1000,
  ecc: 1000,
  CreateKey: 5,
  DescribeKey: 2000,
  ScheduleKeyDeletion: 15,
  RotateKeyOnDemand: 5,
  CreateGrant: 50,
  CancelKeyDeletion: 5,
  CreateAlias: 5,
  DeleteAlias: 15,
  DeleteImportedKeyMaterial: 15,
  DisableKey: 5,
  DisableKeyRotation: 5,
  EnableKey: 5,
  EnableKeyRotation: 15,
  'GenerateDataKeyPair RSA_2048': 1,
  'GenerateDataKeyPair RSA_3072': 0.5,
  'GenerateDataKeyPair RSA_4096': 0.1,
  'GenerateDataKeyPair ECC_NIST_P256': 100,
  'GenerateDataKeyPair ECC_NIST_P384': 100,
  'GenerateDataKeyPair ECC_NIST_P521': 100,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  GetParametersForImport: 0.25,
  GetPublicKey: 2000,
  ImportKeyMaterial: 15,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyPolicies: 100,
  ListKeyRotations: 100,
  ListKeys: 500,
  ListResourceTags: 2000,
  ListRetirableGrants: 100,
  PutKeyPolicy: 15,
  RetireGrant: 50,
  RevokeGrant: 50,
  TagResource: 10,
  UntagResource: 5,
  UpdateAlias: 5,
  UpdateKeyDescription: 5,
};

/** The quotas of a Region as AWS sets them for a new account. */
export function quotasOf(region: string): QuotaTable {
  const symmetric = LARGE_REGIONS.includes(region) ? 100_000 : MEDIUM_REGIONS.includes(region) ? 20_000 : 10_000;
  return { ...EVERYWHERE, symmetric };
}

interface Bucket {
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Counts the requests of every account. A bucket holds one second's worth, at least one request. */
export class Quotas {
  readonly #rates: QuotaTable;
  readonly #buckets = new Map<string, Bucket>();

  /** @param changed instead of AWS's numbers. */
  constructor(region: string, changed: QuotaTable = {}) {
    this.#rates = { ...quotasOf(region), ...changed };
  }

  /**
   * Takes one request out of the account's bucket.
   *
   * @param now milliseconds since 1970.
   * @returns false when none is left: the request is to be throttled.
   */
  take(accountId: string, kind: string, now: number): boolean {
    const rate = this.#rates[kind];
    if (rate === undefined) return true;
    const name = `${accountId} ${kind}`;
    const capacity = Math.max(1, rate);
    const { tokens, at } = this.#buckets.get(name) ?? { tokens: capacity, at: now };
    const filled = Math.min(capacity, tokens + (Math.max(0, now - at) / 1000) * rate);
    const isFree = rate > 0 && filled >= 1;
    this.#buckets.set(name, { tokens: isFree ? filled - 1 : filled, at: now });
    return isFree;
  }
}
