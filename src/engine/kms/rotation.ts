import type { JsonObject } from '../trace/event.ts';
import { change } from './administer.ts';
import { ANY_STATE, admitNamed, type Wish } from './authorizeCall.ts';
import type { Call } from './call.ts';
import { DEFAULT_ROTATION_DAYS } from './makeKey.ts';
import { integer, oneOf, withDefault } from './members.ts';
import { expirationOf, seconds } from './metadata.ts';
import { operation } from './operation.ts';
import { PAGE_MEMBERS, pageOf } from './page.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { addMaterial, DAY } from './rotate.ts';
import type { KeyMaterial, KeyRow } from './rows.ts';
import * as use from './useMembers.ts';

/** F-KMS-054. */
const MAX_ON_DEMAND = 25;
/** That a key waits for imported material is no reason of its own: imported material has no calendar at all. */
const FOR_CALENDAR: Wish = { states: ['Enabled', 'PendingImport'] };

/** Turns the calendar on, or changes its period: it then counts from now (F-KMS-052). */
const enableKeyRotation = operation({
  name: 'EnableKeyRotation',
  members: { KeyId: use.keyId, RotationPeriodInDays: withDefault<number>(integer(90, 2560), DEFAULT_ROTATION_DAYS) },
  async perform(call, { KeyId, RotationPeriodInDays: periodInDays }) {
    const kmsKey = await admitRotating(call, KeyId, FOR_CALENDAR);
    if (isRefusal(kmsKey)) return kmsKey;
    if (kmsKey.origin === 'EXTERNAL') return refuseOrigin(kmsKey);
    const { isEnabled, periodInDays: former, nextAt } = kmsKey.rotation;
    const isSame = isEnabled && former === periodInDays && nextAt !== undefined;
    const next = isSame ? nextAt : call.now + periodInDays * DAY;
    change(call, { ...kmsKey, rotation: { isEnabled: true, periodInDays, nextAt: next } }, 'F-KMS-052', 'F-KMS-050');
    return { keyArn: kmsKey.arn };
  },
});

const disableKeyRotation = operation({
  name: 'DisableKeyRotation',
  members: { KeyId: use.keyId },
  async perform(call, { KeyId }) {
    const kmsKey = await admitRotating(call, KeyId, FOR_CALENDAR);
    if (isRefusal(kmsKey)) return kmsKey;
    if (kmsKey.origin === 'EXTERNAL') return refuseOrigin(kmsKey);
    const { periodInDays } = kmsKey.rotation;
    change(call, { ...kmsKey, rotation: { isEnabled: false, periodInDays } }, 'F-KMS-052');
    return { keyArn: kmsKey.arn };
  },
});

const getKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  members: { KeyId: use.keyId },
  isReadOnly: true,
  async perform(call, { KeyId }) {
    const kmsKey = await admitRotating(call, KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const { isEnabled, periodInDays, nextAt } = kmsKey.rotation;
    // A key that waits for its deletion does not rotate, and says so (F-KMS-057).
    const isOn = isEnabled && kmsKey.state !== 'PendingDeletion';
    const response: JsonObject = {
      KeyId: kmsKey.keyId,
      KeyRotationEnabled: isOn,
      ...(isOn ? { RotationPeriodInDays: periodInDays } : {}),
      ...(isOn && nextAt !== undefined ? { NextRotationDate: seconds(nextAt) } : {}),
    };
    return { response, keyArn: kmsKey.arn };
  },
});

/** New material at once; the calendar stays as it is (F-KMS-054). */
const rotateKeyOnDemand = operation({
  name: 'RotateKeyOnDemand',
  members: { KeyId: use.keyId },
  async perform(call, { KeyId }) {
    const kmsKey = await admitRotating(call, KeyId, {});
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    // Of imported material a second version would have to be imported first, which is not modelled.
    if (kmsKey.origin === 'EXTERNAL') return { ...REFUSALS.noPendingMaterial(keyArn), keyArn };
    const count = kmsKey.materials.filter(({ rotation }) => rotation === 'ON_DEMAND').length;
    if (count >= MAX_ON_DEMAND) return { ...REFUSALS.rotationsUsedUp(keyArn), keyArn };
    await addMaterial(call.parts, kmsKey, call.now, 'ON_DEMAND');
    return { response: { KeyId: kmsKey.keyId }, keyArn, logged: { keyId: kmsKey.keyId } };
  },
});

const listKeyRotations = operation({
  name: 'ListKeyRotations',
  members: {
    KeyId: use.keyId,
    IncludeKeyMaterial: withDefault<string>(oneOf(['ALL_KEY_MATERIAL', 'ROTATIONS_ONLY']), 'ROTATIONS_ONLY'),
    ...PAGE_MEMBERS,
  },
  isReadOnly: true,
  async perform(call, request) {
    const kmsKey = await admitRotating(call, request.KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const isEverything = request.IncludeKeyMaterial === 'ALL_KEY_MATERIAL';
    const rows = kmsKey.materials.filter(({ rotation }) => isEverything || rotation !== undefined);
    const page = pageOf(
      rows,
      request,
      'Rotations',
      ({ id }) => id,
      material => show(kmsKey, material),
    );
    return isRefusal(page) ? { ...page, keyArn } : { response: page, keyArn };
  },
});

export const rotationOperations = [
  enableKeyRotation,
  disableKeyRotation,
  getKeyRotationStatus,
  rotateKeyOnDemand,
  listKeyRotations,
];

function show(kmsKey: KeyRow, { id, since, rotation }: KeyMaterial): JsonObject {
  const isCurrent = kmsKey.materials.at(-1)?.id === id;
  return {
    KeyId: kmsKey.keyId,
    KeyMaterialId: id,
    KeyMaterialState: isCurrent ? 'CURRENT' : 'NON_CURRENT',
    ...(kmsKey.origin === 'EXTERNAL' ? { ImportState: 'IMPORTED', ExpirationModel: expirationOf(kmsKey) } : {}),
    ...(rotation === undefined ? {} : { RotationDate: seconds(since), RotationType: rotation }),
  };
}

function refuseOrigin({ arn: keyArn, origin }: KeyRow) {
  return { ...REFUSALS.wrongOrigin(keyArn, origin), keyArn };
}

/** A key that rotates at all: a symmetric one (F-KMS-055). */
async function admitRotating(
  call: Call,
  named: string,
  wish: Wish,
): Promise<KeyRow | (KmsRefusal & { readonly keyArn?: string })> {
  const kmsKey = await admitNamed(call, named, wish);
  if (isRefusal(kmsKey)) return kmsKey;
  const keyArn = kmsKey.arn;
  if (kmsKey.spec !== 'SYMMETRIC_DEFAULT') {
    return {
      ...REFUSALS.unsupported(
        `${keyArn} key spec is ${kmsKey.spec} which is not valid for ${call.operation}.`,
        'F-KMS-055',
      ),
      keyArn,
    };
  }
  return kmsKey;
}
