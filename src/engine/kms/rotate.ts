import { makeMaterial } from './makeMaterial.ts';
import type { KmsParts } from './parts.ts';
import type { KeyMaterial, KeyRow } from './rows.ts';

export const DAY = 24 * 60 * 60 * 1000;

/**
 * Gives a key the material that is due by its calendar (F-KMS-050, F-KMS-052): KMS does so by itself, here at the moment
 * the key is next used or looked at. A key that is not enabled waits (F-KMS-057).
 *
 * @param now milliseconds since 1970.
 */
export async function rotateIfDue(parts: KmsParts, kmsKey: KeyRow, now: number): Promise<KeyRow> {
  let row = kmsKey;
  while (isDue(row, now)) row = await addMaterial(parts, row, row.rotation.nextAt ?? now, 'AUTOMATIC');
  return row;
}

function isDue({ state, rotation }: KeyRow, now: number): boolean {
  return state === 'Enabled' && rotation.isEnabled && rotation.nextAt !== undefined && rotation.nextAt <= now;
}

/** New material that encrypts from now on; all older material stays and opens what it has locked (F-KMS-051). */
export async function addMaterial(
  parts: KmsParts,
  kmsKey: KeyRow,
  at: number,
  rotation: NonNullable<KeyMaterial['rotation']>,
): Promise<KeyRow> {
  parts.recorder.step('kms.administer', 'kms');
  const material = await makeMaterial(parts, { keyArn: kmsKey.arn, spec: kmsKey.spec, since: at, rotation });
  const { isEnabled, periodInDays } = kmsKey.rotation;
  const isOnCalendar = isEnabled && rotation === 'AUTOMATIC';
  return parts.keys.put({
    ...kmsKey,
    materials: [...kmsKey.materials, material],
    rotation: isOnCalendar ? { isEnabled, periodInDays, nextAt: at + periodInDays * DAY } : kmsKey.rotation,
  });
}
