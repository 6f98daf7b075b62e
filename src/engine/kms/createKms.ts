import type { Bytes } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import type { Handler, HttpRequest } from '../http/message.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import { LAB_ACCOUNT_ID } from '../iam/principal.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { InternalKms } from './api.ts';
import { cargoOf } from './cargo.ts';
import { createDoors } from './doors.ts';
import { currentOf, installDomainKey } from './hsm.ts';
import { KeyStore } from './keyStore.ts';
import { makeKey } from './makeKey.ts';
import type { KmsOptions, KmsParts } from './parts.ts';
import { Quotas } from './quota.ts';
import { DAY } from './rotate.ts';
import type { KeyRow, KeyState } from './rows.ts';

/** How a new KMS key shall be: symmetric, with material of KMS's own. */
export interface NewKey {
  /** For example `alias/aws/s3`. */
  readonly alias?: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly policy: PolicyDocument;
  readonly description: string;
  /** Default: the account of the options. */
  readonly accountId?: string;
  /** UUID. Default: drawn. */
  readonly keyId?: string;
}

/** A KMS key as it can be told to others. */
export interface KeyInfo {
  /** UUID. */
  readonly keyId: string;
  readonly arn: string;
  /** 64 hex characters: of the material that encrypts now. */
  readonly keyMaterialId: string;
  /** The backing key. */
  readonly artifactId: ArtifactId;
  readonly state: KeyState;
}

/**
 * AWS KMS of one Region, for all accounts. What its host does here is not recorded; keys are named by UUID, ARN or alias,
 * without an ARN in the account of the options.
 */
export interface Kms {
  /** The public door: JSON 1.1 with `X-Amz-Target`, signed (F-KMS-020). */
  readonly handle: Handler;
  /** The door for services that call on behalf of a principal. */
  readonly internal: InternalKms;
  /** Drops what a direct call left in `kms.host`; called when its answer is on the line (F-KMS-009). */
  forget(): void;
  /** What a request to the public door carries besides its words, for whoever puts it on the line. */
  cargoOf(request: HttpRequest): Promise<{ readonly id: ArtifactId; readonly bytes: Bytes }[]>;
  createKey(wanted: NewKey): Promise<KeyInfo>;
  describeKey(named: string): KeyInfo;
  putKeyPolicy(named: string, policy: PolicyDocument): void;
  enableKey(named: string): void;
  disableKey(named: string): void;
  scheduleKeyDeletion(named: string): void;
}

/** Builds KMS: puts its domain key into the HSM and opens its doors. */
export async function createKms(options: KmsOptions): Promise<Kms> {
  const { region, clock, store, requestsPerSecond, accountId: home = LAB_ACCOUNT_ID } = options;
  const keys = new KeyStore(region, store);
  const symmetric = requestsPerSecond === undefined ? {} : { symmetric: requestsPerSecond };
  const limits = new Quotas(region, { ...symmetric, ...options.quotas });
  const parts: KmsParts = { ...options, keys, limits, domainKeyId: await installDomainKey(options) };

  /** A key the customer may change (F-KMS-041, F-KMS-042). */
  const getOwn = (named: string): KeyRow => {
    const kmsKey = keys.get(named, home);
    invariant(kmsKey.manager === 'CUSTOMER', 'only customer managed keys can be changed by the customer');
    return kmsKey;
  };
  const setState = (named: string, state: KeyState): void => {
    const kmsKey = getOwn(named);
    invariant(kmsKey.state !== 'PendingDeletion', 'a key that is pending deletion stays so');
    const isGoing = state === 'PendingDeletion';
    keys.put({ ...kmsKey, state, ...(isGoing ? { deletionAt: clock.now() + 30 * DAY } : {}) });
  };

  return {
    ...createDoors(parts),
    cargoOf: request => cargoOf(parts.recorder, request),
    async createKey({ alias, manager, policy, description, keyId, accountId = home }) {
      const now = clock.now();
      const kmsKey = await makeKey(
        parts,
        {
          accountId,
          manager,
          spec: 'SYMMETRIC_DEFAULT',
          usage: 'ENCRYPT_DECRYPT',
          origin: 'AWS_KMS',
          description,
          policy: JSON.stringify(policy),
          tags: [],
          ...(keyId === undefined ? {} : { keyId }),
        },
        now,
      );
      if (alias !== undefined) {
        const arn = keys.arnOf(alias, accountId);
        keys.putAlias({ name: alias, arn, accountId, keyId: kmsKey.keyId, createdAt: now, updatedAt: now });
      }
      return infoOf(kmsKey);
    },
    describeKey: named => infoOf(keys.get(named, home)),
    putKeyPolicy(named, policy) {
      keys.put({ ...getOwn(named), policy: JSON.stringify(policy) });
    },
    enableKey: named => setState(named, 'Enabled'),
    disableKey: named => setState(named, 'Disabled'),
    scheduleKeyDeletion: named => setState(named, 'PendingDeletion'),
  };
}

function infoOf(kmsKey: KeyRow): KeyInfo {
  const { keyId, arn, state } = kmsKey;
  const { id, backingKeyId } = currentOf(kmsKey);
  return { keyId, arn, keyMaterialId: id, artifactId: backingKeyId, state };
}
