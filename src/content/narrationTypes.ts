import type { ArtifactKind, ComparedEvent, Mode, Operation, StepName, Transport, Verb } from '../engine/index.ts';

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
    readonly operation?: Operation;
    readonly transport?: Transport;
    readonly what?: ComparedEvent['what'];
    readonly isEqual?: boolean;
    /** The API call that caused the event. */
    readonly api?: string;
    /** An artifact of this kind lies open on the network by now. */
    readonly crossedOpenly?: ArtifactKind;
  };
  readonly text: StepText;
}

/** Words for every step. The first variant that applies is used. */
export type Narration = Readonly<
  Record<StepName, { readonly variants?: readonly Variant[]; readonly otherwise: StepText }>
>;
