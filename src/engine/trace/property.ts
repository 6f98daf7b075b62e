/** What can be asked of a trace, as data: predictions, proofs and tests say it, `src/scene/property.ts` looks. */
import type { ArtifactKind } from './artifact.ts';
import type { ComparedEvent, Decision, Verb } from './event.ts';
import type { Actor, Place } from './place.ts';
import type { StepName } from './step.ts';

/** An event meets every condition given. */
export interface EventPattern {
  readonly step?: StepName | readonly StepName[];
  readonly actor?: Actor;
  readonly verb?: Verb | readonly Verb[];
  readonly place?: Place;
  readonly api?: string;
  /** An artifact of this kind is among what the event uses or brings about. */
  readonly kind?: ArtifactKind;
  /** Of a gate's decision. */
  readonly gate?: Decision['gate'];
  readonly action?: string;
  readonly settledBy?: Decision['settledBy'];
  /** Part of the decision's sentence, or of one of its matching statements' names. */
  readonly because?: string;
  /** Of a comparison. */
  readonly what?: ComparedEvent['what'];
  readonly isEqual?: boolean;
  /** Of a failure: its code, or that of the true reason. */
  readonly code?: string;
  /** Of a CloudTrail record: part of its JSON. */
  readonly record?: string;
  readonly algorithm?: string;
}

/** What lies somewhere when an act is over: its bytes are compared by fingerprint. */
export interface Holdings {
  readonly kind: ArtifactKind;
  readonly place: Place;
}

/**
 * Something that is true of a run or not. `act` names another act of the same experiment; without it the run that is asked about
 * is meant.
 */
export type TraceProperty =
  /** Such an event; `times` counts them. */
  | { readonly has: EventPattern; readonly times?: number | { readonly atLeast?: number; readonly atMost?: number } }
  | { readonly lacks: EventPattern }
  /** How the run ended. */
  | {
      readonly ends: {
        readonly isOk?: boolean;
        readonly status?: number;
        readonly code?: string;
        readonly says?: string;
      };
    }
  /** Some answer of S3 (or of KMS to the customer) has this; `exchange` counts exchanges with the customer from 0, from the end if negative. */
  | {
      readonly answers: {
        readonly exchange?: number;
        readonly status?: number;
        /** Lowercase name; `null`: the answer has no such header. */
        readonly header?: readonly [name: string, value: string | null];
        /** Part of the body's text. */
        readonly body?: string;
      };
    }
  /** Some request of the customer has this header; `null`: none has it. */
  | { readonly asks: { readonly header: readonly [name: string, value: string | null]; readonly exchange?: number } }
  /** What lies there at the end of both acts is the same, byte for byte; or nothing of it is. */
  | { readonly same: Holdings; readonly as: string }
  | { readonly differs: Holdings; readonly from: string }
  /** Of another act of the same experiment. */
  | { readonly act: string; readonly is: TraceProperty }
  | { readonly all: readonly TraceProperty[] }
  | { readonly any: readonly TraceProperty[] }
  | { readonly not: TraceProperty };
