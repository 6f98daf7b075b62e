import { randomUuid } from '../audit/randomUuid.ts';
import { awsManagedS3KeyPolicy } from './keyPolicy.ts';
import type { KeySpec, KeyUsage } from './keySpecs.ts';
import { makeMaterial } from './makeMaterial.ts';
import type { KmsParts } from './parts.ts';
import { DAY } from './rotate.ts';
import type { KeyRow, Tag } from './rows.ts';

/** F-KMS-052, F-KMS-053. */
export const DEFAULT_ROTATION_DAYS = 365;

/** A KMS key to be made. */
export interface KeyWish {
  readonly accountId: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly description: string;
  /** JSON. */
  readonly policy: string;
  readonly tags: readonly Tag[];
  /** UUID. Default: drawn. */
  readonly keyId?: string;
}

/** Makes a KMS key with its first material, unless that is to be imported (F-KMS-003). Told in the step that is open. */
export async function makeKey(parts: KmsParts, wish: KeyWish, now: number): Promise<KeyRow> {
  const { accountId, manager, spec, usage, origin, description, policy, tags } = wish;
  const keyId = wish.keyId ?? randomUuid(parts.random);
  const arn = parts.keys.arnOf(`key/${keyId}`, accountId);
  const isExternal = origin === 'EXTERNAL';
  const materials = isExternal ? [] : [await makeMaterial(parts, { keyArn: arn, spec, since: now })];
  const periodInDays = DEFAULT_ROTATION_DAYS;
  return parts.keys.put({
    keyId,
    arn,
    accountId,
    manager,
    spec,
    usage,
    origin,
    description,
    policy,
    state: isExternal ? 'PendingImport' : 'Enabled',
    createdAt: now,
    materials,
    // AWS managed keys rotate every year, and nobody can change that (F-KMS-043).
    rotation:
      manager === 'AWS'
        ? { isEnabled: true, periodInDays, nextAt: now + periodInDays * DAY }
        : { isEnabled: false, periodInDays },
    tags,
  });
}

const S3_ALIAS = 'alias/aws/s3';

/**
 * Makes the AWS managed key `aws/s3` of an account, if `named` means it and the account has none yet: KMS does so the first
 * time S3 needs it for somebody (F-KSM-033).
 */
export async function ensureS3Key(parts: KmsParts, named: string, accountId: string): Promise<void> {
  const { keys, recorder, region, clock } = parts;
  const isMeant = named === S3_ALIAS || named === keys.arnOf(S3_ALIAS, accountId);
  if (!isMeant || keys.findAlias(accountId, S3_ALIAS)) return;
  const now = clock.now();
  recorder.step('kms.administer', 'kms');
  const { keyId } = await makeKey(
    parts,
    {
      accountId,
      manager: 'AWS',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      description: 'Default key that protects my S3 objects when no other key is defined',
      policy: JSON.stringify(awsManagedS3KeyPolicy(accountId, region)),
      tags: [],
    },
    now,
  );
  const arn = keys.arnOf(S3_ALIAS, accountId);
  keys.putAlias({ name: S3_ALIAS, arn, accountId, keyId, createdAt: now, updatedAt: now });
}
