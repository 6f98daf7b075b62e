/** What a client is constructed with, as the real ones are. */
import type { Transport } from '../../trace/trace.ts';
import type { Keyring } from './keyring.ts';

/** F-FMT-006; the last is what the newest clients do when nothing is said. */
export const COMMITMENT_POLICIES = [
  'FORBID_ENCRYPT_ALLOW_DECRYPT',
  'REQUIRE_ENCRYPT_ALLOW_DECRYPT',
  'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
] as const;
/** Whether objects are written with key commitment, and whether those without are still read. */
export type CommitmentPolicy = (typeof COMMITMENT_POLICIES)[number];

export interface ClientOptions {
  readonly keyring: Keyring;
  readonly transport: Transport;
  /** Default `REQUIRE_ENCRYPT_REQUIRE_DECRYPT`. `FORBID_ENCRYPT…` writes V2, the others V3. */
  readonly commitmentPolicy?: CommitmentPolicy;
  /** Put the envelope beside the object instead of into its metadata; default no (F-FMT-086). */
  readonly writesInstructionFiles?: boolean;
  /** Read objects whose data key is wrapped by an algorithm of old (F-ERR-104); default no. */
  readonly enableLegacyWrappingAlgorithms?: boolean;
  /** Read ranges, and content in CBC: nothing of it is authenticated (F-ERR-104, F-FMT-092); default no. */
  readonly enableLegacyUnauthenticatedModes?: boolean;
}

export function policyOf({ commitmentPolicy }: ClientOptions): CommitmentPolicy {
  return commitmentPolicy ?? 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
}
