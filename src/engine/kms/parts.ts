import type { Trail } from '../audit/trail.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Clock } from '../clock.ts';
import type { HttpRequest } from '../http/message.ts';
import type { Principal } from '../iam/principal.ts';
import type { RandomSource } from '../random.ts';
import type { Store } from '../state/store.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { KeyStore } from './keyStore.ts';
import type { Quotas, QuotaTable } from './quota.ts';

/** Why somebody could not be authenticated, as it is answered. */
export interface AuthenticationRefusal {
  readonly refusal: { readonly status: number; readonly code: string; readonly message: string };
}

/** What KMS is given. */
export interface KmsOptions {
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** The place `kms.host`. Of a kept world it holds the exported key tokens already. */
  readonly host: Room;
  /** The place `kms.hsm`. */
  readonly hsm: Room;
  readonly trail: Trail;
  readonly region: string;
  /** Account of keys that are made without naming one. Default: the lab's. */
  readonly accountId?: string;
  /** Where keys, aliases and grants are kept. Default: nowhere but in memory. */
  readonly store?: Store;
  /** 32 bytes of a kept world's domain key; overwritten after use. Default: drawn from `random`. */
  readonly domainKey?: Bytes;
  /** For lessons: symmetric cryptographic requests a second of an account, instead of the Region's number (F-KMS-082). */
  readonly requestsPerSecond?: number;
  /** The same for any kind of request; what is left out has AWS's number (F-KMS-084, F-KMS-085). */
  readonly quotas?: QuotaTable;
  /**
   * Seconds until a changed state or policy of a key, or a new grant, counts everywhere (F-KMS-034, F-SIM-014). Default 0:
   * at once. A grant's token makes it count before that.
   */
  readonly propagationSeconds?: number;
  /** Who signed a request that came over the wire; `undefined` when the signature is missing or wrong. */
  readonly authenticate: (request: HttpRequest, body: Bytes) => Promise<Principal | AuthenticationRefusal | undefined>;
  /** On whose behalf a service inside AWS calls. */
  readonly findPrincipalByArn: (arn: string) => Principal | undefined;
}

/** What KMS's operations work with. */
export interface KmsParts extends KmsOptions {
  readonly keys: KeyStore;
  readonly limits: Quotas;
  /** The domain key in the HSM (F-KMS-001). */
  readonly domainKeyId: ArtifactId;
}
