import type { Trail } from '../audit/trail.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Clock } from '../clock.ts';
import type { Pace } from '../crypto/pace.ts';
import type { Connection, Header, HttpRequest } from '../http/message.ts';
import type { Query } from '../http/query.ts';
import type { Caller, Principal } from '../iam/principal.ts';
import type { InternalKms } from '../kms/api.ts';
import type { RandomSource } from '../random.ts';
import type { Table } from '../state/store.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { Bucket } from './bucket.ts';
import type { BucketKeys } from './bucketKeys.ts';
import type { MultipartUpload } from './multipart/upload.ts';
import type { AnyS3Operation } from './operation.ts';
import type { ObjectIndex, PieceCounter } from './storedObject.ts';

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
  /** Host suffixes under which buckets have names of their own. */
  readonly hosts: readonly string[];
  readonly findPrincipal: (accessKeyId: string) => Principal | undefined;
  /** Who owns what belongs to an account, in the words of access control lists. */
  readonly ownerOf: (accountId: string) => Owner;
  readonly buckets: Table<Bucket>;
  readonly objects: ObjectIndex;
  /** By upload id. */
  readonly uploads: Table<MultipartUpload>;
  readonly pieces: PieceCounter;
  readonly bucketKeys: BucketKeys;
  /** S3's own root key, in `keys` (F-S3M-006). */
  readonly rootKey: ArtifactId;
  readonly pace?: Pace;
}

export interface Owner {
  /** 64 hex characters. */
  readonly canonicalId: string;
  readonly displayName: string;
}

/** How the request was signed. */
export type AuthType = 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST' | 'ANONYMOUS';

/** One request under way, whatever it is about. */
export interface ServiceRequest {
  readonly s3: S3Parts;
  readonly operation: AnyS3Operation;
  readonly request: HttpRequest;
  readonly query: Query;
  /** Headers that came behind the body. */
  readonly trailers: readonly Header[];
  readonly connection: Connection;
  readonly requestId: string;
  readonly principal: Caller;
  readonly authType: AuthType;
  /** As the address has it; empty for the service itself. */
  readonly bucketName: string;
  /** The S3 key of the object; empty for a bucket or the service itself. */
  readonly objectName: string;
}

/** One request about a bucket that exists, or an object in it. */
export interface S3Request extends ServiceRequest {
  /** As it was when the request came. */
  readonly bucket: Bucket;
}

/** Puts bytes into S3's memory under the artifact they are. */
export function holdInMemory(s3: S3Parts, artifact: Artifact, bytes: Bytes): void {
  s3.memory.hold(artifact.id, bytes);
}

/** Drops artifacts from S3's memory, overwriting secrets, and says so. */
export function forget(s3: S3Parts, ids: readonly ArtifactId[], facts: readonly FactId[] = []): void {
  discard(s3.recorder, s3.memory, ids, facts);
}

/** Everything of this request in memory; the line's session keys are not S3's to forget here. */
export function workingMemory({ memory, recorder }: S3Parts): ArtifactId[] {
  return memory.ids().filter(id => recorder.get(id).kind !== 'session-key');
}
