import type { Trail } from '../audit/trail.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Clock } from '../clock.ts';
import type { Pace } from '../crypto/pace.ts';
import type { Connection, HttpRequest } from '../http/message.ts';
import type { Principal } from '../iam/principal.ts';
import type { InternalKms } from '../kms/api.ts';
import type { RandomSource } from '../random.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { Bucket } from './bucket.ts';
import type { ObjectIndex } from './storedObject.ts';

/** What Amazon S3 is made of here. */
export interface S3Parts {
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly memory: Room;
  readonly disk: Room;
  readonly keys: Room;
  readonly trail: Trail;
  readonly kms: InternalKms;
  readonly region: string;
  readonly findPrincipal: (accessKeyId: string) => Principal | undefined;
  readonly buckets: Map<string, Bucket>;
  readonly objects: ObjectIndex;
  /** S3's own root key, in `keys` (F-S3M-006). */
  readonly rootKey: ArtifactId;
  readonly pace?: Pace;
}

/** One request under way. */
export interface S3Request {
  readonly s3: S3Parts;
  readonly request: HttpRequest;
  readonly connection: Connection;
  readonly bucket: Bucket;
  readonly objectName: string;
  readonly principal: Principal;
}

/** Puts bytes into S3's memory under the artifact they are. */
export function holdInMemory(s3: S3Parts, artifact: Artifact, bytes: Bytes): void {
  s3.memory.hold(artifact.id, bytes);
}

/** Drops artifacts from S3's memory, overwriting secrets, and says so. */
export function forget(s3: S3Parts, ids: readonly ArtifactId[], facts: readonly FactId[] = []): void {
  discard(s3.recorder, s3.memory, ids, facts);
}
