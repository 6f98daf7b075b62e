import type {
  Artifact,
  ArtifactId,
  ArtifactKind,
  DecidedEvent,
  Exchange,
  LoggedEvent,
  RunSpec,
  Trace,
  TraceEvent,
} from '../../../engine/index.ts';
import { stepAtEvents } from '../../../scene/fold.ts';
import { findSealedObject, type SealedObject } from '../../../scene/openingPrograms/sealedObject.ts';
import type { Selection } from '../../session/state.ts';

export const TABS = ['bytes', 'http', 'kms', 'trail', 'decision', 'command', 'program'] as const;
export type Tab = (typeof TABS)[number];

export interface SeenExchange {
  readonly exchange: Exchange;
  /** The answer is shown once it was given. */
  readonly hasResponse: boolean;
  /** Number of the step it began in, from 1. */
  readonly step: number;
}

/** What there is to look at now. All but the artifact, the command and the sealed object are the latest up to now. */
export interface Inspection {
  readonly artifact: Artifact | undefined;
  readonly http: SeenExchange | undefined;
  readonly kms: SeenExchange | undefined;
  readonly record: LoggedEvent | undefined;
  readonly decision: DecidedEvent | undefined;
  /** The exchange the step belongs to: what can be sent again by hand. */
  readonly command: Exchange | undefined;
  /** What the S3 Encryption Client has sealed in this run, whenever it passes: a program opens it. */
  readonly program: SealedObject | undefined;
  /** The tab that fits what happens in this step. */
  readonly suggested: Tab;
}

/** Finds what the inspector shows after so many events. Pure. */
export function inspect(trace: Trace, events: number, selected: Selection | undefined): Inspection {
  const past = trace.events.slice(0, events);
  const step = stepAtEvents(trace, events);
  const now = past.filter(event => event.step === step - 1);
  const artifact = selected
    ? trace.artifacts[selected.artifact]
    : (whatIsKept(trace, past, now) ?? mainArtifact(trace, now));
  const chosenRecord =
    selected &&
    past.find((event): event is LoggedEvent => isLogged(event) && event.outputs.includes(selected.artifact));
  return {
    artifact,
    http: latestExchange(trace, past, exchange => exchange.link === 'client-s3'),
    kms: latestExchange(trace, past, exchange => exchange.link !== 'client-s3'),
    record: chosenRecord ?? past.findLast(isLogged),
    decision: past.findLast(isDecided),
    command: exchangeOf(trace, now),
    program: findSealedObject(trace),
    suggested: selected ? (chosenRecord ? 'trail' : 'bytes') : suggestedTab(trace, now),
  };
}

/** The tabs of a run: only what is encrypted on the customer’s side has a program that opens it. */
export function tabsOf(run: RunSpec): readonly Tab[] {
  return run.mode.startsWith('cse-') ? TABS : TABS.filter(tab => tab !== 'program');
}

/** Which tabs have anything to show. */
export function isAvailable(inspection: Inspection, tab: Tab): boolean {
  return (
    {
      bytes: inspection.artifact,
      http: inspection.http,
      kms: inspection.kms,
      trail: inspection.record,
      decision: inspection.decision,
      command: inspection.command,
      program: inspection.program,
    }[tab] !== undefined
  );
}

function exchangeOf(trace: Trace, now: readonly TraceEvent[]): Exchange | undefined {
  const index = now.findLast(event => event.exchange !== undefined)?.exchange;
  return index === undefined ? undefined : trace.exchanges[index];
}

function suggestedTab(trace: Trace, now: readonly TraceEvent[]): Tab {
  if (now.some(isDecided)) return 'decision';
  if (now.some(isLogged)) return 'trail';
  const moved = now.findLast(event => event.verb === 'sent' || event.verb === 'responded');
  const link = moved?.exchange === undefined ? undefined : trace.exchanges[moved.exchange]?.link;
  if (link !== undefined) return link === 'client-s3' ? 'http' : 'kms';
  return 'bytes';
}

/** At the end of a download all else is let go: what counts is the object that stays. */
function whatIsKept(trace: Trace, past: readonly TraceEvent[], now: readonly TraceEvent[]): Artifact | undefined {
  const isEnd = trace.steps[now[0]?.step ?? -1]?.name === 'client.done' && trace.run.operation === 'download';
  if (!isEnd || now.some(event => event.verb !== 'discarded')) return undefined;
  const gone = new Set(now.flatMap(event => event.inputs));
  const isKept = (id: ArtifactId) => !gone.has(id) && OBJECTS.has(trace.artifacts[id]?.kind ?? 'message');
  const brought = past.findLast(event => event.place === 'client' && event.outputs.some(isKept));
  return trace.artifacts[brought?.outputs.find(isKept) ?? ''];
}

const OBJECTS: ReadonlySet<ArtifactKind> = new Set(['plaintext-object', 'ciphertext-object']);

/** What the step brings about; else what it uses. */
function mainArtifact(trace: Trace, now: readonly TraceEvent[]): Artifact | undefined {
  const made = now.findLast(event => event.verb !== 'discarded' && event.outputs.length > 0);
  const id = made?.outputs[0] ?? now.findLast(event => event.inputs.length > 0)?.inputs[0];
  return id === undefined ? undefined : trace.artifacts[id];
}

function latestExchange(
  trace: Trace,
  past: readonly TraceEvent[],
  isWanted: (exchange: Exchange) => boolean,
): SeenExchange | undefined {
  const last = past.findLast(event => {
    const exchange = event.exchange === undefined ? undefined : trace.exchanges[event.exchange];
    return exchange !== undefined && isWanted(exchange);
  });
  const exchange = last?.exchange === undefined ? undefined : trace.exchanges[last.exchange];
  if (!exchange) return undefined;
  const all = trace.events.filter(event => event.exchange === exchange.index);
  const answer = all.find(event => event.verb === 'responded') ?? all.at(-1);
  return {
    exchange,
    hasResponse: exchange.response !== undefined && answer !== undefined && answer.index < past.length,
    step: (all[0]?.step ?? 0) + 1,
  };
}

function isLogged(event: TraceEvent): event is LoggedEvent {
  return event.verb === 'logged';
}

function isDecided(event: TraceEvent): event is DecidedEvent {
  return event.verb === 'authorized' || event.verb === 'denied';
}
