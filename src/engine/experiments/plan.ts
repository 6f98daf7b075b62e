/** What an experiment consists of, as data. */
import type { TraceProperty } from '../trace/property.ts';
import type { ClientFormat, EnvelopePlace, LessonId, Mode, Operation, PersonName, Transport } from '../trace/trace.ts';
import type { Action } from './action.ts';

/** One recorded run of an experiment. All acts take place in one world, one after another. */
export interface ExperimentAct {
  /**
   * `healthy` is how it goes when nothing is wrong; `broken` is what the prediction is about; `fixed` shows the way out. Further acts may
   * stand between them. Every experiment has a `healthy` and a `broken` one.
   */
  readonly name: string;
  /** What the run mostly is: something goes up, or comes down. */
  readonly operation: Operation;
  /** Absent: `owner`. */
  readonly as?: PersonName;
  /** Absent: HTTPS. */
  readonly over?: Transport;
  /** Another mode than the experiment's: what the stage calls the run. */
  readonly mode?: Mode;
  /** Done before, unrecorded. */
  readonly before?: readonly Action[];
  /** Recorded. The last action's answer is the outcome. */
  readonly does: readonly Action[];
  /** Instead of all that: an act of a lesson, counted from 0, in the lesson's own world. */
  readonly lesson?: { readonly id: LessonId; readonly act: number };
}

export interface ExperimentPlan {
  /** Stable: links hang on it. Lowercase words with hyphens. */
  readonly id: string;
  readonly mode: Mode;
  /** Client-side modes. */
  readonly format?: ClientFormat;
  readonly envelope?: EnvelopePlace;
  /** What the object says; absent: a short report. */
  readonly text?: string;
  /** Out of the ordinary about this world. */
  readonly world?: {
    /** Requests a second that KMS allows the account, instead of the Region's quota. */
    readonly kmsRequestsPerSecond?: number;
    /** How long S3 keeps a bucket-level key. */
    readonly bucketKeySeconds?: number;
    /** A bucket from before 5 January 2023: December 2022. */
    readonly isBefore2023?: true;
  };
  /** Done once, unrecorded, before the first act. */
  readonly setup?: readonly Action[];
  readonly acts: readonly ExperimentAct[];
  /** What the broken act shows, and the healthy one does not. The event or answer that meets it is the decisive step. */
  readonly shows: TraceProperty;
  /** The answers to the prediction by id: of the broken act exactly one holds, which is the right one. */
  readonly options: Readonly<Record<string, TraceProperty>>;
}
