import type { Trail } from '../audit/trail.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Clock } from '../clock.ts';
import type { HttpRequest } from '../http/message.ts';
import type { Principal } from '../iam/principal.ts';
import type { RandomSource } from '../random.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { KeyStore } from './keyStore.ts';

/** What KMS is given. */
export interface KmsOptions {
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** The place `kms.host`. */
  readonly host: Room;
  /** The place `kms.hsm`. */
  readonly hsm: Room;
  readonly trail: Trail;
  readonly accountId: string;
  readonly region: string;
  /** Who signed a request that came over the wire; `undefined` when the signature is missing or wrong. */
  readonly authenticate: (request: HttpRequest, body: Bytes) => Promise<Principal | undefined>;
  /** On whose behalf a service inside AWS calls. */
  readonly findPrincipalByArn: (arn: string) => Principal | undefined;
}

/** What KMS's operations work with. */
export interface KmsParts extends KmsOptions {
  readonly keys: KeyStore;
  /** The domain key in the HSM (F-KMS-001). */
  readonly domainKeyId: ArtifactId;
}
