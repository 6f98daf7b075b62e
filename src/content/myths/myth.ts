import type { FactId } from '../../engine/index.ts';
import type { Proof } from '../proof.ts';

/** `outdated` was right once. */
export type Verdict = 'wrong' | 'outdated';

/** A claim that learners copy from each other, and what is to be said of it. In texts, `code` stands in backticks and a term in asterisks. */
export interface Myth {
  /** Stable: links hang on it. */
  readonly id: `myth-${string}`;
  /** The claim, put as if it were true. */
  readonly claim: string;
  readonly verdict: Verdict;
  /** The sentence to learn instead. */
  readonly right: string;
  /** Where the belief comes from, and what is the matter with it. */
  readonly why: string;
  /** The run that refutes it. */
  readonly proof?: Proof;
  /** An experiment that refutes it: its broken act does, unless there is a proof of its own. */
  readonly experiment?: string;
  /** Why no run can show it. Present exactly when there is neither a proof nor an experiment that refutes it. */
  readonly because?: string;
  readonly facts: readonly FactId[];
  /** Which claims of the notes that were checked it answers, by their numbers; none for beliefs from elsewhere. */
  readonly notes: readonly number[];
}
