import type { JsonObject } from '../trace/event.ts';
import { algorithmsOf } from './keySpecs.ts';
import { findCurrent, type KeyRow } from './rows.ts';

/** A moment as KMS writes it: seconds since 1970 with a fraction. @param at milliseconds since 1970. */
export function seconds(at: number): number {
  return at / 1000;
}

/** `KeyMetadata` of DescribeKey and CreateKey (F-KMS-026). */
export function keyMetadata(kmsKey: KeyRow): JsonObject {
  const { spec, usage, state, origin, deletionAt, validTo } = kmsKey;
  const material = spec === 'SYMMETRIC_DEFAULT' ? findCurrent(kmsKey) : undefined;
  return {
    AWSAccountId: kmsKey.accountId,
    KeyId: kmsKey.keyId,
    Arn: kmsKey.arn,
    CreationDate: seconds(kmsKey.createdAt),
    Enabled: state === 'Enabled',
    Description: kmsKey.description,
    KeyUsage: usage,
    KeyState: state,
    ...(deletionAt === undefined ? {} : { DeletionDate: seconds(deletionAt) }),
    ...(validTo === undefined ? {} : { ValidTo: seconds(validTo) }),
    Origin: origin,
    ...(origin === 'EXTERNAL' && findCurrent(kmsKey) ? { ExpirationModel: expirationOf(kmsKey) } : {}),
    KeyManager: kmsKey.manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    ...algorithmsOf(spec, usage),
    MultiRegion: false,
    ...(material ? { CurrentKeyMaterialId: material.id } : {}),
  };
}

export function expirationOf({ validTo }: KeyRow): string {
  return validTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES';
}

/** The same for CloudTrail: names begin in lower case, moments are texts. */
export function loggedMetadata(kmsKey: KeyRow): JsonObject {
  const pairs = Object.entries(keyMetadata(kmsKey)).map(([name, value]) => {
    const isMoment = typeof value === 'number' && /Date$|^ValidTo$/.test(name);
    const isAccount = name === 'AWSAccountId';
    const spelled = isAccount ? 'aWSAccountId' : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    return [spelled, isMoment ? loggedMoment(value * 1000) : value];
  });
  return Object.fromEntries(pairs);
}

/** A moment as CloudTrail writes those of KMS: `Nov 21, 2026, 10:00:00 AM`. @param at milliseconds since 1970. */
export function loggedMoment(at: number): string {
  const date = new Date(at);
  const [, day = '', month = '', year = '', time = ''] = date.toUTCString().split(' ');
  const [hours = '0', minutes, secondsPart] = time.split(':');
  const hour = Number(hours);
  return `${month} ${Number(day)}, ${year}, ${hour % 12 || 12}:${minutes}:${secondsPart} ${hour < 12 ? 'AM' : 'PM'}`;
}
