import type {
  ArtifactKind,
  ComparedEvent,
  Mode,
  Operation,
  PrincipalName,
  StepName,
  Transport,
  Verb,
} from '../engine/index.ts';

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
    readonly by?: PrincipalName;
    readonly what?: ComparedEvent['what'];
    readonly isEqual?: boolean;
    /** The API call that caused the event. */
    readonly api?: string;
    /** As the event names it, for example `AES-256-GCM`. */
    readonly algorithm?: string;
    /** An artifact of this kind is used or brought about, openly, within locks or within instruction files. */
    readonly touches?: ArtifactKind;
    /** Whether an encrypted data key of the client’s goes along. */
    readonly hasEnvelope?: boolean;
    /** A step of this name came earlier in the run. */
    readonly after?: StepName;
    /** No step of this name came earlier in the run. */
    readonly without?: StepName;
    /** An event of the same verb came before in the same step. */
    readonly isRepeated?: true;
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
