import { randomUuid } from '../audit/randomUuid.ts';
import { invariant } from '../errors.ts';
import type { Handler } from '../http/message.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { InternalKms } from './api.ts';
import { createDoors } from './doors.ts';
import { installDomainKey, makeKeyMaterial } from './hsm.ts';
import { type KeyState, KeyStore, type KmsKey } from './keyStore.ts';
import type { KmsOptions, KmsParts } from './parts.ts';

/** How a new KMS key shall be. */
export interface NewKey {
  /** For example `alias/aws/s3`. */
  readonly alias?: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly policy: PolicyDocument;
  readonly description: string;
}

/** A KMS key as it can be told to others. */
export interface KeyInfo {
  /** UUID. */
  readonly keyId: string;
  readonly arn: string;
  /** 64 hex characters. */
  readonly keyMaterialId: string;
  /** The backing key. */
  readonly artifactId: ArtifactId;
  readonly state: KeyState;
}

/** AWS KMS of one account and Region. Administration is not recorded; keys are named by UUID, ARN or alias. */
export interface Kms {
  /** The public door: JSON 1.1 with `X-Amz-Target`, signed (F-KMS-020). */
  readonly handle: Handler;
  /** The door for services that call on behalf of a principal. */
  readonly internal: InternalKms;
  /** Drops what a direct call left in `kms.host`; called when its answer is on the line (F-KMS-009). */
  forget(): void;
  createKey(wanted: NewKey): Promise<KeyInfo>;
  describeKey(named: string): KeyInfo;
  putKeyPolicy(named: string, policy: PolicyDocument): void;
  enableKey(named: string): void;
  disableKey(named: string): void;
  scheduleKeyDeletion(named: string): void;
}

/** Builds KMS: draws its domain key and opens its doors. */
export async function createKms(options: KmsOptions): Promise<Kms> {
  const keys = new KeyStore(options.accountId, options.region);
  const parts: KmsParts = { ...options, keys, domainKeyId: await installDomainKey(options) };

  /** A key the customer may change (F-KMS-041, F-KMS-042). */
  const getOwn = (named: string): KmsKey => {
    const kmsKey = keys.get(named);
    invariant(kmsKey.manager === 'CUSTOMER', 'only customer managed keys can be changed by the customer');
    return kmsKey;
  };
  const setState = (named: string, state: KeyState): void => {
    const kmsKey = getOwn(named);
    invariant(kmsKey.state !== 'PendingDeletion', 'a key that is pending deletion stays so');
    kmsKey.state = state;
  };

  return {
    ...createDoors(parts),
    async createKey(wanted) {
      const keyId = randomUuid(options.random);
      const arn = keys.arnOf(keyId);
      const kmsKey: KmsKey = {
        keyId,
        arn,
        alias: wanted.alias,
        manager: wanted.manager,
        description: wanted.description,
        policy: wanted.policy,
        state: 'Enabled',
        material: await makeKeyMaterial(options, parts.domainKeyId, arn),
      };
      keys.add(kmsKey);
      return infoOf(kmsKey);
    },
    describeKey: named => infoOf(keys.get(named)),
    putKeyPolicy(named, policy) {
      getOwn(named).policy = policy;
    },
    enableKey: named => setState(named, 'Enabled'),
    disableKey: named => setState(named, 'Disabled'),
    scheduleKeyDeletion: named => setState(named, 'PendingDeletion'),
  };
}

function infoOf({ keyId, arn, material, state }: KmsKey): KeyInfo {
  return { keyId, arn, keyMaterialId: material.id, artifactId: material.backingKeyId, state };
}
