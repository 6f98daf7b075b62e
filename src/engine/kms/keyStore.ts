import { invariant } from '../errors.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';

/** F-KMS-060…062. */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** One version of a KMS key's material, as it lies outside the HSM. */
export interface KeyMaterial {
  /** 64 hex characters (F-KMS-031). */
  readonly id: string;
  /** The exported key token in `kms.host` (F-KMS-002). */
  readonly tokenId: ArtifactId;
  /** The backing key that the token holds. */
  readonly backingKeyId: ArtifactId;
}

/** The logical key: a container around its material (F-KMS-003). */
export interface KmsKey {
  /** UUID. */
  readonly keyId: string;
  readonly arn: string;
  readonly alias: string | undefined;
  /** Who manages it: `AWS` for `aws/s3` (F-KMS-041, F-KMS-042). */
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly description: string;
  readonly material: KeyMaterial;
  policy: PolicyDocument;
  state: KeyState;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(?:key\/([0-9a-f-]+)|(alias\/[\w/-]+))$/;

/** The KMS keys of one account and Region. */
export class KeyStore {
  readonly #accountId: string;
  readonly #region: string;
  readonly #keys = new Map<string, KmsKey>();

  constructor(accountId: string, region: string) {
    this.#accountId = accountId;
    this.#region = region;
  }

  arnOf(keyId: string, accountId = this.#accountId): string {
    return `arn:aws:kms:${this.#region}:${accountId}:key/${keyId}`;
  }

  add(added: KmsKey): void {
    this.#keys.set(added.keyId, added);
  }

  /** By UUID, as a blob carries it. */
  find(keyId: string): KmsKey | undefined {
    return this.#keys.get(keyId);
  }

  /** For administration, by UUID, ARN or alias. @throws EngineError `invariant` when there is none. */
  get(named: string): KmsKey {
    const found = this.resolve(named, this.#accountId);
    invariant('arn' in found, 'only KMS keys that exist are administered');
    return found;
  }

  /**
   * The key a caller names by UUID, ARN, alias or alias ARN. Without an ARN, names count in the caller's own account
   * (F-KSM-039, F-KSM-040).
   */
  resolve(named: string, callerAccountId: string): KmsKey | KmsRefusal {
    const arn = ARN.exec(named);
    if (arn) {
      const [, region = '', accountId = '', keyId, alias] = arn;
      if (region !== this.#region) return REFUSALS.otherRegion(region);
      return this.#lookUp(accountId, keyId, alias) ?? REFUSALS.unknownKey(named);
    }
    if (UUID.test(named)) {
      return this.#lookUp(callerAccountId, named, undefined) ?? REFUSALS.unknownKey(this.arnOf(named, callerAccountId));
    }
    return this.#lookUp(callerAccountId, undefined, named) ?? REFUSALS.malformedKeyId(named);
  }

  #lookUp(accountId: string, keyId: string | undefined, alias: string | undefined): KmsKey | undefined {
    if (accountId !== this.#accountId) return undefined;
    if (keyId !== undefined) return this.#keys.get(keyId);
    return [...this.#keys.values()].find(candidate => candidate.alias !== undefined && candidate.alias === alias);
  }
}
