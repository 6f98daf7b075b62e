import type { AnyTrace, ArtifactId, Exchange, JsonValue, Step, TraceEvent } from '../engine/index.ts';
import { isKeyKind } from './artifactNames.ts';

/** What is looked at when two steps are compared. Bytes, ids, times and lengths are chance or size, and never count. */
export const ASPECTS = [
  'actor',
  'principal',
  'call',
  'header',
  'verb',
  'artifact',
  'key',
  'algorithm',
  'place',
  'verdict',
  'statement',
  'comparison',
  'status',
  'code',
  'record',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/**
 * One aspect in which two steps differ: what only the left one has, and what only the right one has. The texts are those of the
 * trace (an actor, a kind of artifact, a place, `name: value` of a header …); words for them belong to the view.
 * `only`: the other run has no such step; the text is the name of the step.
 */
export interface Difference {
  readonly what: Aspect | 'only';
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Stands for a value that is another one in every run. */
export const CHANCE = '…';

/** What a step tells in each aspect, in the order of the events. A text stands as often as there are such things. */
export type Telling = ReadonlyMap<Aspect, readonly string[]>;

interface StepView {
  readonly trace: AnyTrace;
  readonly step: Step;
  readonly events: readonly TraceEvent[];
  /** Every artifact that plays in the step, once. */
  readonly artifacts: readonly ArtifactId[];
}

const READERS: Readonly<Record<Aspect, (view: StepView) => Iterable<string>>> = {
  actor: ({ step }) => [step.actor],
  principal: ({ events }) => new Set(events.flatMap(principalOf)),
  call: ({ events }) => new Set(events.flatMap(event => event.api ?? [])),
  header: headersOf,
  // What a gate says is its verdict.
  verb: ({ events }) => new Set(events.flatMap(event => ('decision' in event ? [] : event.verb))),
  artifact: view => kindsOf(view).filter(kind => !isKeyKind(kind)),
  key: view => kindsOf(view).filter(isKeyKind),
  algorithm: ({ events }) => new Set(events.flatMap(event => ('algorithm' in event ? (event.algorithm ?? []) : []))),
  place: ({ events }) => new Set(events.map(event => event.place)),
  verdict: ({ events }) => events.flatMap(event => ('decision' in event ? `${event.decision.gate} ${event.verb}` : [])),
  statement: ({ events }) =>
    new Set(
      events.flatMap(event =>
        'decision' in event
          ? event.decision.statements.filter(({ isMatch }) => isMatch).map(({ policy, sid }) => `${policy} ${sid}`)
          : [],
      ),
    ),
  comparison: ({ events }) =>
    events.flatMap(event =>
      event.verb === 'compared' ? `${event.what} ${event.isEqual ? 'equal' : 'different'}` : [],
    ),
  status: ({ events }) => events.flatMap(event => ('status' in event ? String(event.status) : [])),
  code: ({ events }) => events.flatMap(event => ('code' in event ? event.code : [])),
  record: ({ events }) => events.flatMap(event => (event.verb === 'logged' ? recordTexts(event.record) : [])),
};

/** What the step at this index (from 0) tells, aspect by aspect. */
export function tellingOf(trace: AnyTrace, step: Step): Telling {
  const events = trace.events.slice(step.first, step.end);
  const artifacts = [...new Set(events.flatMap(event => [...event.inputs, ...event.outputs]))];
  const view: StepView = { trace, step, events, artifacts };
  return new Map(ASPECTS.map(aspect => [aspect, [...READERS[aspect](view)]]));
}

/** In what two steps differ; empty when they tell the same. */
export function differencesOf(left: Telling, right: Telling): readonly Difference[] {
  return ASPECTS.flatMap(what => {
    const [ofLeft, ofRight] = [told(left, what), told(right, what)];
    const onlyLeft = without(ofLeft, ofRight);
    const onlyRight = without(ofRight, ofLeft);
    return onlyLeft.length + onlyRight.length === 0 ? [] : [{ what, left: onlyLeft, right: onlyRight }];
  });
}

/** What it tells in one aspect. */
export function told(telling: Telling, aspect: Aspect): readonly string[] {
  return telling.get(aspect) ?? [];
}

/** Takes each of `taken` out of the list once. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of taken) counts.set(text, (counts.get(text) ?? 0) + 1);
  return list.filter(text => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}

function kindsOf({ trace, artifacts }: StepView) {
  return artifacts.flatMap(id => trace.artifacts[id]?.kind ?? []);
}

/** The last part of an ARN: accounts and paths are of the world, not of the step. */
function principalOf(event: TraceEvent): string[] {
  const arn =
    'decision' in event
      ? event.decision.principal
      : event.verb === 'logged'
        ? textAt(event.record, 'userIdentity', 'arn')
        : undefined;
  const tail = arn?.split('/').at(-1);
  return tail === undefined || tail === '' ? [] : [tail];
}

/** Headers that say how an object is encrypted, whose values say something beyond chance. */
const SAYING_HEADERS: ReadonlySet<string> = new Set([
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-copy-source-server-side-encryption-customer-algorithm',
  'x-amz-meta-x-amz-c',
  'x-amz-meta-x-amz-w',
  'x-amz-meta-x-amz-cek-alg',
  'x-amz-meta-x-amz-wrap-alg',
  'x-amz-meta-x-amz-tag-len',
]);
const ENCRYPTION_HEADER = /^x-amz-(?:copy-source-)?(?:server-side-encryption|meta-x-amz-)/;

function headersOf({ trace, step, events }: StepView): Iterable<string> {
  return new Set(
    events.flatMap(event => {
      const exchange = event.exchange === undefined ? undefined : trace.exchanges[event.exchange];
      if (exchange === undefined) return [];
      if (event.verb === 'responded') return encryptionHeaders(exchange.response);
      return event.verb === 'sent' && step.actor !== 'kms' ? encryptionHeaders(exchange.request) : [];
    }),
  );
}

/** `name: value` of each header of a message that says how the object is encrypted; values of chance are left out. */
export function encryptionHeaders(message: Exchange['request'] | undefined): string[] {
  return (message?.headers ?? []).flatMap(([given, value]) => {
    const name = given.toLowerCase();
    if (!ENCRYPTION_HEADER.test(name)) return [];
    return `${name}: ${SAYING_HEADERS.has(name) ? value : CHANCE}`;
  });
}

/** Parts of a CloudTrail record that tell one kind of event from another. */
const RECORD_PATHS: readonly (readonly string[])[] = [
  ['eventSource'],
  ['eventName'],
  ['errorCode'],
  ['userIdentity', 'invokedBy'],
  ['additionalEventData', 'SSEApplied'],
];

function recordTexts(record: JsonValue): string[] {
  return RECORD_PATHS.flatMap(path => {
    const text = textAt(record, ...path);
    return text === undefined ? [] : `${path.at(-1)}: ${text}`;
  });
}

/** The text at a path of a JSON value; `undefined` when there is none. */
export function textAt(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  let here = value;
  for (const name of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = Object.entries(here).find(([each]) => each === name)?.[1];
  }
  return typeof here === 'string' ? here : undefined;
}
