import type { Clock } from '../clock.ts';
import type { Pace } from '../crypto/pace.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { RandomSource } from '../random.ts';
import type { Credentials } from '../sigv4/sigV4.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { Transport } from '../trace/trace.ts';

/** The keys a customer holds, by what they are for. Ids of artifacts in the customer's room. */
export interface KeyRing {
  /** SSE-C: 32 raw bytes. */
  readonly customerKey?: ArtifactId;
  /** Client-side, AES: 32 raw bytes. */
  readonly wrappingKey?: ArtifactId;
  /** Client-side, RSA: a non-extractable private handle and the public key. */
  readonly rsa?: { readonly privateKey: ArtifactId; readonly publicKey: ArtifactId; readonly publicHandle: CryptoKey };
}

/** Reaches a service over the network; the line is the world's business. */
export type Sender = (
  to: 's3' | 'kms',
  request: HttpRequest,
  cargo: readonly ArtifactId[],
  transport: Transport,
) => Promise<HttpResponse>;

/** Whoever runs the client: a program with credentials, memory and a key ring. It reaches AWS over the wire or not at all. */
export interface Customer {
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly room: Room;
  readonly credentials: Credentials;
  /** Requests go out without signature. */
  readonly isAnonymous?: true;
  readonly region: string;
  readonly keyRing: KeyRing;
  readonly send: Sender;
  readonly pace?: Pace;
}

/** Takes bytes into the customer's memory under the artifact they are. */
export function holdAtClient(customer: Customer, artifact: Artifact, bytes: Uint8Array<ArrayBuffer>): void {
  customer.room.hold(artifact.id, bytes);
}

/** Drops artifacts from the customer's memory, overwriting secrets, and says so. */
export function forgetAtClient(customer: Customer, ids: Iterable<ArtifactId>, facts: readonly FactId[] = []): void {
  discard(customer.recorder, customer.room, ids, facts);
}
