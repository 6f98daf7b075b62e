import type { ArtifactId } from './artifact.ts';
import type { Actor, Place } from './place.ts';
import type { StepName } from './step.ts';

/** Id of a sourced statement, for example `F-KSM-004`. `F-SIM-…` is an assumption of ours. */
export type FactId = string;

interface EventBase {
  /** Position in the trace, from 0. */
  readonly index: number;
  /** Position of its step in the trace. */
  readonly step: number;
  readonly actor: Actor;
  /** Where it happens and, for verbs that bring something about, where the outputs are afterwards. */
  readonly place: Place;
  /** What is used, and stays where it is. For `discarded`: what is gone from `place`. */
  readonly inputs: readonly ArtifactId[];
  /** What is at `place` afterwards. */
  readonly outputs: readonly ArtifactId[];
  /** Milliseconds since 1970, by the engine's clock. */
  readonly at: number;
  /** The API call that caused it, for example `PutObject`, `kms:GenerateDataKey`. */
  readonly api?: string;
  /** Which exchange in `trace.exchanges` it belongs to. */
  readonly exchange?: number;
  readonly facts: readonly FactId[];
}

/** Something new: random, or computed from the inputs, all of which are at hand. */
export interface MadeEvent extends EventBase {
  readonly verb: 'generated' | 'derived' | 'encrypted' | 'decrypted' | 'wrapped' | 'unwrapped' | 'hashed';
  /** The key that does it, where there is one; it is among the inputs. */
  readonly key?: ArtifactId;
  /** For example `AES-256-GCM`, `HKDF-SHA-512`. */
  readonly algorithm?: string;
  /** Microseconds the platform took, measured; only from hosts that measure. */
  readonly microseconds?: number;
}

/** Something that was elsewhere is here too now. `from` keeps its copy. */
export interface MovedEvent extends EventBase {
  readonly verb: 'sent' | 'received' | 'stored' | 'loaded' | 'responded';
  readonly from: Place;
  /** HTTP status, for `responded`. */
  readonly status?: number;
}

/** Two values side by side. */
export interface ComparedEvent extends EventBase {
  readonly verb: 'compared';
  readonly what:
    | 'checksum'
    | 'signature'
    | 'key-md5'
    | 'key-check'
    | 'commitment'
    /** What the client's commitment policy asks for, against how the object was written (F-FMT-006). */
    | 'commitment-policy'
    | 'encryption-context'
    /** Which wrapping key an object says it needs, against those of the ring (F-CSR-012). */
    | 'material-description'
    /** The content algorithm that a wrapped data key was made for, against that of the object (F-FMT-059). */
    | 'content-algorithm'
    /** How the body begins, against how messages of another library do. */
    | 'message-header'
    /** Whether a bucket-level key is at hand. */
    | 'bucket-key'
    /** `If-Match` and its like. */
    | 'condition';
  /** As text, in the form in which they are compared on the wire (hex or Base64). */
  readonly left: { readonly label: string; readonly text: string };
  readonly right: { readonly label: string; readonly text: string };
  readonly isEqual: boolean;
}

/** One statement of a policy, as evaluated. */
export interface DecisionStatement {
  readonly policy: 'identity' | 'session' | 'bucket' | 'key' | 'grant';
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly isMatch: boolean;
  /** Why it does or does not apply, in a few words. */
  readonly because: string;
}

/** Which gate said what, and why. */
export interface Decision {
  readonly gate: 's3' | 'kms';
  readonly isAllowed: boolean;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly conditionValues: Readonly<Record<string, string>>;
  readonly statements: readonly DecisionStatement[];
  /** What settled it. */
  readonly settledBy:
    | 'explicit-deny'
    | 'allow'
    | 'implicit-deny'
    | 'key-state'
    | 'transport'
    | 'signature'
    | 'blocked-encryption-type';
  /** One sentence of fact, without advice. */
  readonly because: string;
}

export interface DecidedEvent extends EventBase {
  readonly verb: 'authorized' | 'denied';
  readonly decision: Decision;
}

export interface DiscardedEvent extends EventBase {
  readonly verb: 'discarded';
  /** True when the buffer was overwritten with zeros; false for a handle, whose reference is dropped. */
  readonly isZeroized: boolean;
}

export interface LoggedEvent extends EventBase {
  readonly verb: 'logged';
  /** CloudTrail-shaped. */
  readonly record: JsonObject;
}

export interface FailedEvent extends EventBase {
  readonly verb: 'failed' | 'throttled';
  readonly code: string;
  readonly message: string;
  /**
   * The true reason, where whoever asked is told less: a client that opens objects says the same of every manipulation, and
   * only the trace knows more.
   */
  readonly why?: { readonly code: string; readonly message: string };
}

export type TraceEvent =
  | MadeEvent
  | MovedEvent
  | ComparedEvent
  | DecidedEvent
  | DiscardedEvent
  | LoggedEvent
  | FailedEvent;
export type Verb = TraceEvent['verb'];

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A stop of the player: one or more events that belong together. */
export interface Step {
  readonly index: number;
  readonly name: StepName;
  readonly actor: Actor;
  /** Event range, `first` inclusive, `end` exclusive. */
  readonly first: number;
  readonly end: number;
}
