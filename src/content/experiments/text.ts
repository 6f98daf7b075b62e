import type { FactId } from '../../engine/index.ts';

/** AWS exams by their codes (F-EXM facts say what each asks). */
export const EXAMS = ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03', 'SAP-C02'] as const;
export type Exam = (typeof EXAMS)[number];

/** One answer to a prediction, in words. */
export interface OptionText {
  readonly text: string;
  /** For a wrong answer: why somebody believes it, and what is wrong with it. Absent for the right one. */
  readonly refutes?: string;
}

/** Words for an experiment. In texts, `code` stands in backticks and a term to remember in two asterisks. */
export interface ExperimentText {
  /** At most 44 characters; names the situation, gives nothing away. */
  readonly title: string;
  /** What it shows, one short sentence for the list; gives nothing away either. */
  readonly line: string;
  /** Two lines to read before the prediction: who does what, with what set up. */
  readonly situation: string;
  /** For the curious: policies and rules that were set up before, in words; absent when there is nothing out of the ordinary. */
  readonly setup?: string;
  readonly question: string;
  /** By the ids of the plan's options, in the order in which they are shown. */
  readonly options: Readonly<Record<string, OptionText>>;
  /** Why it went as it did: two to four sentences. Names the wrong belief where there is a common one, and says that it is wrong. */
  readonly why: string;
  /** The better rule, one sentence to keep. */
  readonly rule: string;
  /** What to try, when there is a `fixed` act: one sentence. And what it showed. */
  readonly fix?: string;
  readonly fixed?: string;
  /** Sources of `why`; `F-SIM-…` where it is our model. */
  readonly facts: readonly FactId[];
  readonly exams: readonly Exam[];
  /** Words to find it by, besides those of its title. */
  readonly topics: readonly Topic[];
}

export const TOPICS = [
  'permissions',
  'policies',
  'headers',
  'bucket defaults',
  'KMS keys',
  'rotation',
  'Bucket Keys',
  'cost and quotas',
  'audit',
  'transport',
  'SSE-C',
  'client-side',
  'integrity',
  'copies',
  'sharing',
] as const;
export type Topic = (typeof TOPICS)[number];
