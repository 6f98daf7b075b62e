import type { ArtifactId, PersonName, StepName, Trace, TraceEvent } from '../engine/index.ts';
import { findObject } from './artifactNames.ts';
import type { Segment } from './segment.ts';
import { isMet, type StepCondition } from './stepCondition.ts';
import { fillTemplate } from './template.ts';

/** The words of one step, as templates (see `narrate`). */
export interface StepText {
  /** For the list of steps. */
  readonly title: string;
  /** One short sentence. */
  readonly say: string;
  /** Present on decisive steps: names the stop, as a short clause. Plain text. */
  readonly stop?: string;
}

export interface StepVariant {
  readonly when: StepCondition;
  readonly text: StepText;
}

/** The first variant whose condition holds, or else `otherwise`. */
export type StepNarration = StepText | { readonly variants?: readonly StepVariant[]; readonly otherwise: StepText };

/** Words for every kind of step. */
export type Narration = Readonly<Record<StepName, StepNarration>>;

/** The words of a step, filled with what happened in it. */
export interface NarratedStep {
  readonly title: Segment[];
  readonly say: Segment[];
  readonly stop?: string;
}

const PRINCIPAL_WORDS: Readonly<Record<PersonName, string>> = {
  owner: 'the application owner',
  's3-admin': 'the S3 administrator',
  stranger: 'the stranger',
  reader: 'Ana',
  administrator: 'the administrator',
  thief: 'the thief',
  anonymous: 'somebody unknown',
};

/** Principal words by the last part of an ARN. */
const WORDS_BY_ARN_TAIL = new Map<string, string>([
  ['application-owner', PRINCIPAL_WORDS.owner],
  ['s3-administrator', PRINCIPAL_WORDS['s3-admin']],
  ['stranger', PRINCIPAL_WORDS.stranger],
  ['ana', PRINCIPAL_WORDS.reader],
  ['administrator', PRINCIPAL_WORDS.administrator],
  ['anonymous', PRINCIPAL_WORDS.anonymous],
]);

/**
 * The words of a step, `stepIndex` counted from 0.
 *
 * Placeholders speak of the main event, the last of the step that is not a discard: `{input}` (its first input that
 * is not its key), `{output}`, `{bytes}`. The others take the last event of the step that has such a thing: `{key}`,
 * `{keyName}`, `{algorithm}`, `{principal}`, `{action}`, `{resource}`, `{because}`, `{status}`, `{code}`, `{message}`,
 * `{why}`, `{left}`, `{right}`. Of the run: `{object}`, `{bucket}`, `{name}`.
 *
 * @throws RangeError naming step and placeholder when there is no such thing in this step, or no words for it.
 */
export function narrate(trace: Trace, stepIndex: number, narration: Partial<Narration>): NarratedStep {
  const step = trace.steps[stepIndex];
  if (step === undefined) throw new RangeError(`the run has no step ${stepIndex}`);
  const events = trace.events.slice(step.first, step.end);
  const words = narration[step.name];
  if (words === undefined) throw new RangeError(`there are no words for ${step.name}`);
  const { title, say, stop } = textOf(trace, events, words);
  const resolve = (placeholder: string) => resolveIn(trace, events, placeholder);
  return {
    title: fillTemplate(title, resolve, `title of ${step.name}`),
    say: fillTemplate(say, resolve, `sentence of ${step.name}`),
    ...(stop === undefined ? {} : { stop }),
  };
}

/** The event of a step that its sentence is about: the last that is not a discard, unless all are. */
export function mainEvent(events: readonly TraceEvent[]): TraceEvent | undefined {
  return events.findLast(event => event.verb !== 'discarded') ?? events.at(-1);
}

function textOf(trace: Trace, events: readonly TraceEvent[], narration: StepNarration): StepText {
  if (!('otherwise' in narration)) return narration;
  const variant = narration.variants?.find(({ when }) => events.some(event => isMet(trace, event, when)));
  return variant?.text ?? narration.otherwise;
}

function resolveIn(trace: Trace, events: readonly TraceEvent[], placeholder: string): Segment | undefined {
  const main = mainEvent(events);
  const decision = last(events, event => ('decision' in event ? event.decision : undefined));
  const keyId = last(events, event => ('key' in event ? event.key : undefined));
  const failure = last(events, event => ('code' in event ? event : undefined));
  const compared = last(events, event => (event.verb === 'compared' ? event : undefined));
  switch (placeholder) {
    case 'key':
      return artifact(keyId);
    case 'keyName':
      return text(keyId === undefined ? undefined : trace.artifacts[keyId]?.name);
    case 'input':
      return artifact(main?.inputs.find(id => !('key' in main) || id !== main.key));
    case 'output':
      return artifact(main?.outputs[0]);
    case 'bytes':
      return text(
        bytesText(main?.outputs.map(id => trace.artifacts[id]?.byteLength).find(length => length !== undefined)),
      );
    case 'algorithm':
      return text(last(events, event => ('algorithm' in event ? event.algorithm : undefined)));
    case 'object':
      return artifact(findObject(trace)?.id);
    case 'principal':
      return nameOfPrincipal(trace, decision?.principal);
    case 'action':
      return code(decision?.action);
    case 'resource':
      return code(decision?.resource);
    case 'because':
      return text(decision?.because);
    case 'status':
      return text(statusOf(trace, events, failure !== undefined)?.toString());
    case 'code':
      return code(failure?.code);
    case 'message':
      return text(failure?.message);
    case 'why':
      return code(last(events, event => ('why' in event ? event.why?.code : undefined)));
    case 'left':
      return code(compared?.left.text);
    case 'right':
      return code(compared?.right.text);
    case 'bucket':
      return code(trace.bucketName);
    case 'name':
      return text(trace.objectName);
    default:
      return undefined;
  }
}

function last<T>(events: readonly TraceEvent[], pick: (event: TraceEvent) => T | undefined): T | undefined {
  for (const event of events.toReversed()) {
    const picked = pick(event);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

function statusOf(trace: Trace, events: readonly TraceEvent[], isFailure: boolean): number | undefined {
  const status = last(events, event => ('status' in event ? event.status : undefined));
  return status ?? (isFailure ? trace.outcome.status : undefined);
}

/** A principal in words: `the application owner`; an ARN the lab does not know is shown as it is. */
export function nameOfPrincipal(trace: Trace, decided: string | undefined): Segment {
  const tail = decided?.split('/').at(-1);
  if (decided === undefined || tail === undefined) return { text: PRINCIPAL_WORDS[trace.run.principal] };
  const words = WORDS_BY_ARN_TAIL.get(tail);
  return words === undefined ? { code: decided } : { text: words };
}

/** `1 byte`, `1,024 bytes`. */
function bytesText(byteLength: number | undefined): string | undefined {
  if (byteLength === undefined) return undefined;
  const digits = byteLength.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${byteLength === 1 ? 'byte' : 'bytes'}`;
}

function artifact(id: ArtifactId | undefined): Segment | undefined {
  return id === undefined ? undefined : { artifact: id };
}

function text(value: string | undefined): Segment | undefined {
  return value === undefined ? undefined : { text: value };
}

function code(value: string | undefined): Segment | undefined {
  return value === undefined ? undefined : { code: value };
}
