import { dropTokens } from './makeMaterial.ts';
import type { KmsParts } from './parts.ts';
import { findCurrent } from './rows.ts';

/**
 * Lets time do what it does to keys: a key whose waiting period is over is gone with its material, aliases and grants
 * (F-KMS-067); imported material that has expired is gone, and its key waits for it (F-KMS-063).
 *
 * @param now milliseconds since 1970.
 */
export function deleteDueKeys(parts: KmsParts, now: number): void {
  const { recorder, keys } = parts;
  for (const kmsKey of keys.all()) {
    if (kmsKey.deletionAt !== undefined && kmsKey.deletionAt <= now) {
      recorder.step('kms.administer', 'kms');
      dropTokens(parts, kmsKey.materials);
      keys.remove(kmsKey.keyId);
    } else if (kmsKey.validTo !== undefined && kmsKey.validTo <= now && findCurrent(kmsKey)) {
      recorder.step('kms.administer', 'kms');
      dropTokens(parts, kmsKey.materials);
      const { validTo: _, ...rest } = kmsKey;
      const isWaiting = kmsKey.state === 'PendingDeletion';
      keys.put({ ...rest, materials: [], state: isWaiting ? kmsKey.state : 'PendingImport' });
    }
  }
}
