import type { Principal } from '../iam/principal.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { JsonObject } from '../trace/event.ts';
import type { KmsOperation } from './api.ts';
import type { KmsParts } from './parts.ts';
import type { KmsRefusal } from './refusal.ts';

/** Who calls, and how. */
export interface Caller {
  readonly principal: Principal;
  /** Set when a service calls on the principal's behalf. */
  readonly viaService?: string;
  /** Set for direct calls. */
  readonly sourceIp?: string;
  readonly userAgent?: string;
}

/** One call of an operation. */
export interface Call {
  readonly parts: KmsParts;
  readonly operation: KmsOperation;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What arrived with the request and is held in `kms.host`, by member: blobs, plaintexts, messages. */
  readonly arrived: ReadonlyMap<string, ArtifactId>;
}

/** What an operation came to. */
export interface Answer {
  /** Members of the answer; absent for operations that answer nothing. */
  readonly response?: JsonObject;
  /** Artifacts in the HSM that travel in the answer. */
  readonly outputs?: readonly ArtifactId[];
  /** The key it was about, for the log. */
  readonly keyArn?: string;
  /** What of the answer is logged: never plaintexts, blobs or tokens. */
  readonly logged?: JsonObject;
}

export type Outcome = Answer | (KmsRefusal & { readonly keyArn?: string });
