import type { ObjectKeys } from './objectKeys.ts';

/** What modes do that keep checksums as they are: all but those with KMS (F-GEN-010). */
export const READABLE_CHECKSUMS: Pick<ObjectKeys, 'sealChecksum' | 'openChecksum'> = {
  sealChecksum: async checksum => checksum,
  openChecksum: async checksum => checksum,
};
