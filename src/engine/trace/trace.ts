import type { Artifact, ArtifactId } from './artifact.ts';
import type { JsonObject, Step, TraceEvent } from './event.ts';
import type { Place } from './place.ts';

export const TRACE_FORMAT = 'envelope-trace';
export const TRACE_VERSION = 1;

export const MODES = [
  'sse-s3',
  'sse-kms-aws',
  'sse-kms-cmk',
  'dsse-kms',
  'sse-c',
  'cse-aes',
  'cse-rsa',
  'cse-kms',
  'none',
] as const;
/** How the object is protected at rest. `none` is the world before 5 January 2023 (F-GEN-006). */
export type Mode = (typeof MODES)[number];

export const OPERATIONS = ['upload', 'download'] as const;
export type Operation = (typeof OPERATIONS)[number];

export const TRANSPORTS = ['https', 'http'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const PRINCIPALS = ['owner', 's3-admin', 'stranger'] as const;
/** The application owner, an S3 administrator without KMS rights, and somebody of another account. */
export type PrincipalName = (typeof PRINCIPALS)[number];

export const CLIENT_FORMATS = ['v3', 'v2'] as const;
/** Format that a client-side encrypted object is written in: with key commitment, or without (F-FMT-002, F-FMT-003). */
export type ClientFormat = (typeof CLIENT_FORMATS)[number];

export const ENVELOPE_PLACES = ['metadata', 'instruction-file'] as const;
/** Where a client keeps the encrypted data key: with the object, or in an object of its own beside it (F-FMT-085). */
export type EnvelopePlace = (typeof ENVELOPE_PLACES)[number];

export const LESSONS = [
  'material-description',
  'rotate-wrapping-key',
  'swap-v2',
  'swap-v3',
  'lost-key',
  'two-layers',
  'range',
  's3-features',
  'encryption-sdk',
] as const;
/** Lessons: several runs in one world, the acts (see `lessons/`). Stable, since links hang on them. */
export type LessonId = (typeof LESSONS)[number];

/** What was asked for. */
export interface RunSpec {
  readonly mode: Mode;
  readonly operation: Operation;
  readonly transport: Transport;
  readonly principal: PrincipalName;
  /** Client-side modes; absent: `v3`. */
  readonly format?: ClientFormat;
  /** Client-side modes; absent: `metadata`. */
  readonly envelope?: EnvelopePlace;
  /** This run is an act of a lesson, counted from 0; the lesson says all the rest. */
  readonly lesson?: { readonly id: LessonId; readonly act: number };
  /** Present when chance was seeded. */
  readonly seed?: string;
}

/** A request of somebody outside, as it was served: what a program that is no part of the lab has asked. */
export interface ServedRun {
  readonly service: 's3' | 'kms' | 'sts';
  /** AWS's name of the operation, for example `CopyObject`; empty when the request named none. */
  readonly operation: string;
  readonly transport: Transport;
  readonly seed?: string;
}

/** One artifact at one place. */
export interface Holding {
  readonly artifact: ArtifactId;
  readonly place: Place;
}

/** A request and its answer, as they stood on the wire. */
export interface Exchange {
  readonly index: number;
  /** `client-s3`, `client-kms` go over the network; `s3-kms` stays inside AWS. */
  readonly link: 'client-s3' | 'client-kms' | 's3-kms';
  readonly isSecure: boolean;
  readonly request: MessageView;
  readonly response?: MessageView;
}

/** An HTTP message for the inspector. Bodies are cut to 4,096 bytes of text. */
export interface MessageView {
  /** `PUT /bucket/name HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bodyLength: number;
  /** Text bodies (XML, JSON) only. */
  readonly bodyText?: string;
  readonly json?: JsonObject;
}

/** How a run ended. */
export interface Outcome {
  readonly isOk: boolean;
  /** Status of the last S3 answer. */
  readonly status?: number;
  /** AWS's error code or the client's. */
  readonly code?: string;
  readonly message?: string;
}

/** A trace of whatever kind of run. */
export type AnyTrace = Trace<RunSpec | ServedRun>;

/** A whole run. Plain data: it can be saved, sent and replayed. */
export interface Trace<Run extends RunSpec | ServedRun = RunSpec> {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_VERSION;
  readonly run: Run;
  readonly bucketName: string;
  /** The S3 key of the object. User text. */
  readonly objectName: string;
  readonly objectLength: number;
  /** What each place held before the first event. */
  readonly opening: readonly Holding[];
  /**
   * How many more artifacts lay at places of a world that serves many requests, and still lie there: other objects on the disks, other
   * keys, older records. They are neither in `opening` nor in `artifacts`.
   */
  readonly untold?: Readonly<Partial<Record<Place, number>>>;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  readonly steps: readonly Step[];
  readonly events: readonly TraceEvent[];
  readonly exchanges: readonly Exchange[];
  readonly outcome: Outcome;
}
