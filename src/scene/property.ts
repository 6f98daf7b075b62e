import type { EventPattern, Holdings, Trace, TraceEvent, TraceProperty } from '../engine/index.ts';
import { sceneAt } from './fold.ts';

/** A run that is asked about, with the other acts of its experiment by name. */
export interface Story {
  readonly trace: Trace;
  readonly acts?: Readonly<Record<string, Trace>>;
}

/** The step that shows it, from 1; `act` when it is a step of another act than the one that was asked about. */
export interface Moment {
  readonly act?: string;
  readonly step: number;
}

export interface Judgement {
  readonly holds: boolean;
  /** Where it can be seen; absent when it does not hold, or when it is the absence of something. */
  readonly moment?: Moment;
}

const NO: Judgement = { holds: false };

/** Whether a property is true of a run, and which step shows it. */
export function judge(property: TraceProperty, story: Story): Judgement {
  const { trace } = story;
  if ('has' in property) return judgeEvents(trace, property.has, property.times);
  if ('lacks' in property) return { holds: !trace.events.some(event => fits(trace, event, property.lacks)) };
  if ('ends' in property) return judgeEnd(trace, property.ends);
  if ('answers' in property) return judgeAnswers(trace, property.answers);
  if ('asks' in property) return judgeRequests(trace, property.asks);
  if ('same' in property) return judgeBytes(story, property.same, property.as, true);
  if ('differs' in property) return judgeBytes(story, property.differs, property.from, false);
  if ('act' in property) return judgeAct(story, property.act, property.is);
  if ('not' in property) return { holds: !judge(property.not, story).holds };
  if ('all' in property) return judgeAll(property.all, story);
  return property.any.map(one => judge(one, story)).find(({ holds }) => holds) ?? NO;
}

function judgeAll(properties: readonly TraceProperty[], story: Story): Judgement {
  const judged = properties.map(one => judge(one, story));
  if (judged.some(({ holds }) => !holds)) return NO;
  const moment = judged.find(one => one.moment)?.moment;
  return { holds: true, ...(moment ? { moment } : {}) };
}

function judgeAct({ acts }: Story, name: string, property: TraceProperty): Judgement {
  const trace = acts?.[name];
  if (!trace) return NO;
  const { holds, moment } = judge(property, { trace, ...(acts ? { acts } : {}) });
  return { holds, ...(moment ? { moment: { act: name, ...moment } } : {}) };
}

function judgeEvents(
  trace: Trace,
  pattern: EventPattern,
  times: number | { readonly atLeast?: number; readonly atMost?: number } = { atLeast: 1 },
): Judgement {
  const found = trace.events.filter(event => fits(trace, event, pattern));
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } =
    typeof times === 'number' ? { atLeast: times, atMost: times } : times;
  const [first] = found;
  const holds = found.length >= atLeast && found.length <= atMost;
  return holds && first ? { holds, moment: { step: first.step + 1 } } : { holds };
}

function isOneOf<T>(value: T, wanted: T | readonly T[]): boolean {
  return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
}

function fits(trace: Trace, event: TraceEvent, when: EventPattern): boolean {
  const step = trace.steps[event.step];
  const decision = 'decision' in event ? event.decision : undefined;
  return (
    (when.step === undefined || (step !== undefined && isOneOf(step.name, when.step))) &&
    (when.actor === undefined || when.actor === event.actor) &&
    (when.verb === undefined || isOneOf(event.verb, when.verb)) &&
    (when.place === undefined || when.place === event.place) &&
    (when.api === undefined || when.api === event.api) &&
    (when.kind === undefined ||
      [...event.inputs, ...event.outputs].some(id => trace.artifacts[id]?.kind === when.kind)) &&
    (when.gate === undefined || when.gate === decision?.gate) &&
    (when.action === undefined || when.action === decision?.action) &&
    (when.settledBy === undefined || when.settledBy === decision?.settledBy) &&
    (when.because === undefined || saysWhy(event, when.because)) &&
    (when.what === undefined || (event.verb === 'compared' && event.what === when.what)) &&
    (when.isEqual === undefined || (event.verb === 'compared' && event.isEqual === when.isEqual)) &&
    (when.code === undefined || ('code' in event && (event.code === when.code || event.why?.code === when.code))) &&
    (when.record === undefined || (event.verb === 'logged' && JSON.stringify(event.record).includes(when.record))) &&
    (when.algorithm === undefined || ('algorithm' in event && event.algorithm === when.algorithm))
  );
}

function saysWhy(event: TraceEvent, part: string): boolean {
  if (!('decision' in event)) return false;
  const { because, statements } = event.decision;
  return because.includes(part) || statements.some(({ isMatch, sid }) => isMatch && sid.includes(part));
}

function judgeEnd(trace: Trace, ends: Extract<TraceProperty, { ends: unknown }>['ends']): Judgement {
  const { isOk, status, code, message = '' } = trace.outcome;
  const holds =
    (ends.isOk === undefined || ends.isOk === isOk) &&
    (ends.status === undefined || ends.status === status) &&
    (ends.code === undefined || ends.code === code) &&
    (ends.says === undefined || message.includes(ends.says));
  return holds ? { holds, moment: { step: decidedAt(trace) } } : NO;
}

/** What went wrong first, or the end. */
function decidedAt(trace: Trace): number {
  const wrong = trace.events.find(
    event => event.verb === 'denied' || event.verb === 'failed' || event.verb === 'throttled' || isMismatch(event),
  );
  return wrong && !trace.outcome.isOk ? wrong.step + 1 : trace.steps.length;
}

/** A comparison that decides: a bucket-level key that is not at hand is no failure. */
function isMismatch(event: TraceEvent): boolean {
  return (
    event.verb === 'compared' && !event.isEqual && event.what !== 'bucket-key' && event.what !== 'material-description'
  );
}

/** Exchanges with the customer, in order. */
function exchangesOf(trace: Trace, index: number | undefined) {
  const own = trace.exchanges.filter(({ link }) => link !== 's3-kms');
  if (index === undefined) return own;
  const one = own.at(index);
  return one ? [one] : [];
}

function judgeAnswers(trace: Trace, when: Extract<TraceProperty, { answers: unknown }>['answers']): Judgement {
  const found = exchangesOf(trace, when.exchange).find(({ response }) => {
    if (!response) return false;
    const status = Number(response.startLine.split(' ')[1]);
    return (
      (when.status === undefined || when.status === status) &&
      (when.header === undefined || hasHeader(response.headers, when.header)) &&
      (when.body === undefined || (response.bodyText ?? '').includes(when.body))
    );
  });
  const event = found && trace.events.find(({ exchange, verb }) => exchange === found.index && verb === 'responded');
  return found ? { holds: true, moment: { step: (event?.step ?? trace.steps.length - 1) + 1 } } : NO;
}

function judgeRequests(trace: Trace, when: Extract<TraceProperty, { asks: unknown }>['asks']): Judgement {
  const asked = exchangesOf(trace, when.exchange);
  const [name, value] = when.header;
  // "Asks without it" speaks of all requests, "asks with it" of one.
  if (value === null) return { holds: asked.every(({ request }) => hasHeader(request.headers, [name, null])) };
  const found = asked.find(({ request }) => hasHeader(request.headers, when.header));
  const event = found && trace.events.find(({ exchange }) => exchange === found.index);
  return found ? { holds: true, moment: { step: (event?.step ?? 0) + 1 } } : NO;
}

function hasHeader(
  headers: readonly (readonly [string, string])[],
  [name, value]: readonly [string, string | null],
): boolean {
  const sent = headers.filter(header => header[0].toLowerCase() === name.toLowerCase());
  return value === null ? sent.length === 0 : sent.some(header => header[1] === value);
}

/** Fingerprints of what lies there when a run is over. */
function fingerprints(trace: Trace, { kind, place }: Holdings): string[] {
  const { holdings } = sceneAt(trace, trace.events.length);
  return holdings[place].flatMap(id => {
    const artifact = trace.artifacts[id];
    return artifact?.kind === kind ? [artifact.fingerprint] : [];
  });
}

function judgeBytes({ trace, acts }: Story, what: Holdings, name: string, isSame: boolean): Judgement {
  const other = acts?.[name];
  if (!other) return NO;
  const here = fingerprints(trace, what);
  const there = fingerprints(other, what);
  if (here.length === 0 || there.length === 0) return NO;
  const shared = here.filter(one => there.includes(one)).length;
  const holds = isSame ? shared === here.length && shared === there.length : shared === 0;
  const event = trace.events.find(
    ({ place, outputs }) => place === what.place && outputs.some(id => trace.artifacts[id]?.kind === what.kind),
  );
  return { holds, ...(holds && event ? { moment: { step: event.step + 1 } } : {}) };
}
