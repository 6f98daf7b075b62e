/** What KMS keeps, as plain rows: tables `kms.keys`, `kms.aliases` and `kms.grants`. Rows are replaced, never changed. */

import type { ArtifactId } from '../trace/artifact.ts';
import type { KeySpec, KeyUsage } from './keySpecs.ts';

/** F-KMS-060…063. */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';

/** One version of a KMS key's material, as it lies outside the HSM. */
export interface KeyMaterial {
  /** 64 hex characters (F-KMS-031). */
  readonly id: string;
  /** The exported key token in `kms.host` (F-KMS-002). */
  readonly tokenId: ArtifactId;
  /** The backing key that the token holds. */
  readonly backingKeyId: ArtifactId;
  /** Milliseconds since 1970: when it became the current one. */
  readonly since: number;
  /** How it became the current one; absent for the first. */
  readonly rotation?: 'AUTOMATIC' | 'ON_DEMAND';
  /** Of key pairs: SubjectPublicKeyInfo in Base64. */
  readonly publicKey?: string;
}

/** How a key rotates (F-KMS-052, F-KMS-054). */
export interface Rotation {
  readonly isEnabled: boolean;
  readonly periodInDays: number;
  /** When the next automatic one is due. */
  readonly nextAt?: number;
}

export interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

/** The logical key: a container around its material (F-KMS-003). Times are milliseconds since 1970. */
export interface KeyRow {
  /** UUID. */
  readonly keyId: string;
  readonly arn: string;
  readonly accountId: string;
  /** Who manages it: `AWS` for `aws/s3` (F-KMS-041, F-KMS-042). */
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly description: string;
  /** JSON, as it was put. */
  readonly policy: string;
  readonly state: KeyState;
  readonly createdAt: number;
  /** Set while the key waits for its deletion (F-KMS-066). */
  readonly deletionAt?: number;
  /** Oldest first; the last one encrypts (F-KMS-050). Empty while material is still to be imported. */
  readonly materials: readonly KeyMaterial[];
  readonly rotation: Rotation;
  readonly tags: readonly Tag[];
  /** What still counts until a change has reached all of KMS (F-KMS-034). */
  readonly before?: { readonly until: number; readonly state: KeyState; readonly policy: string };
  /** Of imported material: when it expires. */
  readonly validTo?: number;
  /** Once material was imported: only the same may come again, under the same id. Hex. */
  readonly imported?: { readonly materialId: string; readonly salt: string; readonly digest: string };
}

export interface AliasRow {
  /** With its `alias/`. */
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Lets one principal use one key for the operations it lists (F-KMS-074). */
export interface GrantRow {
  /** 64 hex characters. */
  readonly grantId: string;
  /** Opaque text for `GrantTokens`. */
  readonly token: string;
  readonly keyId: string;
  readonly name?: string;
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
  /** ARN of the account that made it. */
  readonly issuingAccount: string;
  readonly createdAt: number;
}

export interface GrantConstraints {
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
}

/** The material that encrypts now, or `undefined` while none is there. */
export function findCurrent(kmsKey: KeyRow): KeyMaterial | undefined {
  return kmsKey.materials.at(-1);
}
