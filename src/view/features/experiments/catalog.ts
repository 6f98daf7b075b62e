import { type Exam, type ExperimentText, TOPICS, type Topic } from '../../../content/experiments/text.ts';
import type { ExperimentPlan } from '../../../engine/index.ts';

/** What there is to do, with the words for it. */
export interface Experiment {
  readonly plan: ExperimentPlan;
  readonly text: ExperimentText;
}

/** The order that teaches: from what a request says, over who may do what, to what happens in the long run. */
const ORDER: readonly Topic[] = [
  'headers',
  'bucket defaults',
  'permissions',
  'policies',
  'sharing',
  'KMS keys',
  'rotation',
  'Bucket Keys',
  'cost and quotas',
  'audit',
  'transport',
  'SSE-C',
  'integrity',
  'client-side',
  'copies',
];

export interface Filter {
  readonly search: string;
  readonly topic?: Topic | undefined;
  readonly exam?: Exam | undefined;
}

/** Experiments under the topic that each is mostly about. */
export interface Group {
  readonly topic: Topic;
  readonly experiments: readonly Experiment[];
}

/** Plans that have words, in the order that teaches. */
export function catalogOf(
  plans: readonly ExperimentPlan[],
  texts: Readonly<Record<string, ExperimentText>>,
): readonly Experiment[] {
  const known = plans.flatMap(plan => {
    const text = Object.hasOwn(texts, plan.id) ? texts[plan.id] : undefined;
    return text ? [{ plan, text }] : [];
  });
  // Sorting is stable: within a topic the plans stay as their authors put them.
  return known.toSorted((one, other) => rank(one) - rank(other));
}

/** The experiments that a filter lets through, by their first topic. */
export function groupsOf(catalog: readonly Experiment[], filter: Filter): readonly Group[] {
  const found = catalog.filter(experiment => matches(experiment, filter));
  const topics = [...new Set(found.map(topicOf))];
  return topics.map(topic => ({ topic, experiments: found.filter(experiment => topicOf(experiment) === topic) }));
}

/** What to do after this one: the next that has not been played, or else simply the next. */
export function nextOf(
  catalog: readonly Experiment[],
  id: string,
  played: Readonly<Record<string, unknown>>,
): Experiment | undefined {
  const index = catalog.findIndex(({ plan }) => plan.id === id);
  const others = [...catalog.slice(index + 1), ...catalog.slice(0, Math.max(0, index))];
  return others.find(({ plan }) => !Object.hasOwn(played, plan.id)) ?? others[0];
}

function matches({ plan, text }: Experiment, { search, topic, exam }: Filter): boolean {
  if (topic !== undefined && !text.topics.includes(topic)) return false;
  if (exam !== undefined && !text.exams.includes(exam)) return false;
  const hay = [text.title, text.line, text.situation, plan.id, plan.mode, ...text.topics].join(' ').toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every(word => hay.includes(word));
}

function topicOf({ text }: Experiment): Topic {
  return text.topics[0] ?? TOPICS[0];
}

function rank(experiment: Experiment): number {
  return ORDER.indexOf(topicOf(experiment));
}
