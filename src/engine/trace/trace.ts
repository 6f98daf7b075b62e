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

export const GUESTS = ['reader', 'administrator', 'thief', 'anonymous'] as const;
/**
 * People who are in some worlds only: Ana, a user of the lab's account who may read the bucket and has no KMS rights; a user with
 * AdministratorAccess; somebody who holds what has leaked; somebody who does not sign.
 */
export type GuestName = (typeof GUESTS)[number];
export type PersonName = PrincipalName | GuestName;

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

/** A change of one thing, half way through a run. */
export type RunChange =
  /** One bit of what lies on the disks under the object: its ciphertext, the tag at its end, or the encrypted data key. */
  | { readonly kind: 'flip'; readonly piece: DiskPiece; readonly byte: number }
  /** One bit of what travels to S3 with the object: of the body over plain HTTP, of the first record over HTTPS. Before it is sent. */
  | { readonly kind: 'meddle'; readonly byte: number }
  /** An identity policy loses every statement that names this action. */
  | { readonly kind: 'forbid'; readonly action: string }
  | { readonly kind: 'key-state'; readonly state: 'Disabled' | 'PendingDeletion' }
  /** Somebody else asks: only before the request is signed. */
  | { readonly kind: 'principal'; readonly principal: PrincipalName }
  /** The other line: only before it is opened. */
  | { readonly kind: 'transport'; readonly transport: Transport };

export const DISK_PIECES = ['ciphertext', 'tag', 'encrypted-data-key'] as const;
/** What of an object lies on the disks. The tag is the end of the ciphertext: 16 bytes. */
export type DiskPiece = (typeof DISK_PIECES)[number];

/** A run that goes as another one up to a step, and then otherwise. */
export interface Fork {
  /** How many steps are the same, from 0. */
  readonly after: number;
  readonly change: RunChange;
}

export const LEAKS = [
  'disk',
  'encrypted-data-key',
  'bucket-policy',
  'access-key',
  'network',
  'kms-use',
  'client-key',
  's3-memory',
] as const;
/**
 * What somebody may have got hold of: everything on S3's disks; the encrypted data keys alone; a bucket policy that admits everybody; an
 * access key that may read the bucket; what a tap recorded of upload and download; the right to `kms:Decrypt`; the customer's own key;
 * what was in S3's memory after a step of the upload.
 */
export type Leak = (typeof LEAKS)[number];

/** What an attacker holds, who then tries everything. */
export interface Attack {
  readonly leaks: readonly Leak[];
  /** With `s3-memory`: after which step of the upload, from 1. */
  readonly memoryAt?: number;
}

/** What was asked for. */
export interface RunSpec {
  readonly mode: Mode;
  readonly operation: Operation;
  readonly transport: Transport;
  readonly principal: PersonName;
  /** Client-side modes; absent: `v3`. */
  readonly format?: ClientFormat;
  /** Client-side modes; absent: `metadata`. */
  readonly envelope?: EnvelopePlace;
  /** This run is an act of a lesson, counted from 0; the lesson says all the rest. */
  readonly lesson?: { readonly id: LessonId; readonly act: number };
  /** This run is an act of an experiment, counted from 0; its plan says all the rest but for the byte that is flipped. */
  readonly experiment?: { readonly id: string; readonly act: number; readonly byte?: number };
  /** This run leaves another one's way. Only with a seed, which gives both the same bytes. */
  readonly fork?: Fork;
  /** An attacker tries what an upload in this mode has left to them; `principal` is the thief. */
  readonly attack?: Attack;
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
