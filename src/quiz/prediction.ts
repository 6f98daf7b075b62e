import type { Trace } from '../engine/index.ts';
import type { Segment } from '../scene/segment.ts';
import { fillTemplate } from '../scene/template.ts';
import type { Phrases } from './phrases.ts';

export interface PredictionOption {
  readonly id: string;
  readonly text: readonly Segment[];
}

/** A question about what comes next. Its answer is read from the trace, and exactly one option is right. */
export interface Prediction {
  /** What is asked, for example `data-key-maker`; unique within a run and the same in every run that asks it. */
  readonly id: string;
  /** Number, from 1, of the step that gives the answer away; to be asked before that step is shown. */
  readonly step: number;
  readonly question: readonly Segment[];
  readonly options: readonly PredictionOption[];
  readonly answerId: string;
  readonly explanation: readonly Segment[];
}

/** A prediction that might be asked. The lowest priority is asked first. */
export interface Candidate {
  readonly priority: number;
  readonly prediction: Prediction;
}

/** Finds what one kind of question could ask about a run. */
export type QuestionMaker = (trace: Trace, phrases: Phrases) => Candidate[];

/** Values for the placeholders of a phrase. */
export type PhraseValues = Readonly<Record<string, Segment | undefined>>;

/** A phrase with its values. @throws RangeError for a placeholder without a value. */
export function phrase(template: string, values: PhraseValues = {}): Segment[] {
  return fillTemplate(template, name => values[name], 'question');
}

/** Options from a record of phrases, in the order of the ids given. */
export function optionsFrom<Id extends string>(
  phrases: Readonly<Record<Id, string>>,
  ids: readonly Id[],
): PredictionOption[] {
  return ids.map(id => ({ id, text: phrase(phrases[id]) }));
}
