import type {
  ArtifactKind,
  ComparedEvent,
  Mode,
  Operation,
  PersonName,
  StepName,
  Transport,
  Verb,
} from '../engine/index.ts';

/** What a request asks for, as far as words have to tell requests apart. */
export type RequestKind =
  | 'get'
  | 'head'
  | 'put'
  | 'copy'
  | 'delete'
  | 'update'
  | 'tags'
  | 'list'
  | 'open-upload'
  | 'part'
  | 'complete-upload'
  | 'abort-upload'
  | 'bucket-read'
  | 'bucket-change'
  | 'other'
  | `kms:${string}`;

/**
 * Words for one step. `title` and `say` are templates: `**term**`, `` `code` `` and placeholders such as `{key}`.
 * They are filled from the events of the step; user text is put in after parsing.
 */
export interface StepText {
  /** For the list of steps; at most 38 characters when filled with usual names. */
  readonly title: string;
  /** One short sentence with exactly one term to remember. */
  readonly say: string;
  /** Present for the decisive steps only: the named stop, as a short clause in lower case. */
  readonly stop?: string;
}

/** Other words for a step. Applies when the step has an event for which all given conditions hold. */
export interface Variant {
  readonly when: {
    readonly verb?: Verb;
    readonly mode?: readonly Mode[];
    /** What the event’s request to S3 asks for; outside such a request, what the run does. */
    readonly operation?: Operation;
    readonly transport?: Transport;
    /** HTTP method of the event’s request to S3. */
    readonly method?: string;
    /** Who is at the client. */
    readonly by?: PersonName;
    readonly what?: ComparedEvent['what'];
    readonly isEqual?: boolean;
    /** The API call that caused the event. */
    readonly api?: string;
    /** As the event names it, for example `AES-256-GCM`. */
    readonly algorithm?: string;
    /** An artifact of this kind is used or brought about, openly, within locks or within instruction files. */
    readonly touches?: ArtifactKind;
    /** An artifact of this kind is among what it brings about, as it is and not within a lock. */
    readonly brings?: ArtifactKind;
    /** Whether an encrypted data key of the client’s goes along. */
    readonly hasEnvelope?: boolean;
    /** A step of this name came earlier in the run. */
    readonly after?: StepName;
    /** No step of this name came earlier in the run. */
    readonly without?: StepName;
    /** A step of this name came earlier in the same request to S3. */
    readonly afterInRequest?: StepName;
    /** An event of the same verb came before in the same step. */
    readonly isRepeated?: true;
    /** No other event of the step has its verb. */
    readonly isAlone?: true;
    /** What its request asks for; of an event outside requests: the client’s next. `kms:*` stands for every call to KMS. */
    readonly asks?: readonly RequestKind[];
    /** What the client’s last request asked for, of those before it. */
    readonly asked?: readonly RequestKind[];
    /** Of which kind the key is that does it. */
    readonly under?: ArtifactKind;
    /** A record of CloudTrail that is a management event. */
    readonly isManagement?: true;
    /** Code of the failure. */
    readonly code?: string;
    /** Code of the true reason, where a failure tells less than that. */
    readonly why?: string;
    /** A failure that tells less than the trace knows. */
    readonly hasReason?: true;
    /** An artifact of this kind lies open on the network by now. */
    readonly crossedOpenly?: ArtifactKind;
  };
  readonly text: StepText;
}

/** Words for every step. The first variant that applies is used. */
export type Narration = Readonly<
  Record<StepName, { readonly variants?: readonly Variant[]; readonly otherwise: StepText }>
>;
