import type { FactId, Mode, RunSpec, TraceProperty } from '../../engine/index.ts';
import type { Proof } from '../proof.ts';

/** The modes to choose from: those of today. */
export type GuideMode = Exclude<Mode, 'none'>;

export type Verdict = 'yes' | 'partly' | 'no';

/** Whether a mode meets a requirement, as it is told; a test and the page hold it against a run. */
export interface Cell {
  readonly meets: Verdict;
  /** One sentence that stands without its column's name. */
  readonly reason: string;
  /** Sources of `reason`. */
  readonly facts: readonly FactId[];
  /** An act that shows it more plainly than the trial does: this one is opened then. */
  readonly proof?: ExperimentProof;
}

export interface ExperimentProof extends Proof {
  readonly run: Extract<Proof['run'], { readonly experiment: string }>;
}

/**
 * What settles a requirement: one and the same run in every mode, and what of its trace makes a mode meet it, meet it in part, or
 * fail. Of every mode's run exactly one of the three holds.
 */
export interface Trial {
  readonly run: Pick<RunSpec, 'operation' | 'transport' | 'principal'>;
  readonly shows: Readonly<Record<Verdict, TraceProperty>>;
}

/** Something that can be asked of a mode. */
export interface Requirement {
  /** Stable: links hang on it. Lowercase words with hyphens. */
  readonly id: string;
  /** For switches and table heads; at most 32 characters. */
  readonly label: string;
  /** As an exam says it: a clause that follows “The company …”. */
  readonly ask: string;
  /** What the wording is after: one sentence. */
  readonly meaning: string;
  readonly trial: Trial;
  readonly cells: Readonly<Record<GuideMode, Cell>>;
}

/** Of a trial's verdicts: a mode cannot do this in any run. */
export const NEVER: TraceProperty = { any: [] };
