import type { AnyTrace, ArtifactId, Place, TraceEvent } from '../../engine/index.ts';
import { type Doing, doingOf, isTold } from './deeds.ts';
import { type Move, partyAt } from './move.ts';

/** Most moves a run is told in, where what there is to fold away suffices. */
const MOST = 14;
/** Log entries are told only where a run would else be over in fewer moves than this. */
const FEWEST = 6;
/** Weight from which nothing is folded away. */
const KEPT = 5;

interface Draft extends Doing {
  readonly event: number;
  first: number;
  end: number;
}

const movesByTrace = new WeakMap<AnyTrace, readonly Move[]>();

/**
 * The moves of a run, in the order of the run. They share out all its events, each a range: what nobody needs to be asked
 * about (handshakes, signatures, hashes) belongs to the move it prepares, and tidying up to the move it follows.
 */
export function movesOf(trace: AnyTrace): readonly Move[] {
  const known = movesByTrace.get(trace);
  if (known) return known;
  const moves = shared(trace, chosen(trace)).map((draft, index) => moveOf(trace, draft, index));
  movesByTrace.set(trace, moves);
  return moves;
}

/** What is worth a move, in the order of the run; discards of one step are one. */
function chosen(trace: AnyTrace): Draft[] {
  const side = sideExchanges(trace);
  const drafts: Draft[] = [];
  for (const event of trace.events) {
    const doing = side.has(event.exchange ?? -1) ? undefined : doingOf(trace, event);
    if (doing === undefined || isTransferOf(trace, event, side)) continue;
    const last = drafts.at(-1);
    const isSameStep = last !== undefined && trace.events[last.event]?.step === event.step;
    if (isSameStep && doing.deed === 'discarded' && last.deed === 'discarded') continue;
    drafts.push({ ...doing, event: event.index, first: event.index, end: event.index + 1 });
  }
  const without = (weight: number) => {
    const position = drafts.findLastIndex(draft => draft.weight === weight);
    if (position < 0) return false;
    drafts.splice(position, 1);
    return true;
  };
  while (drafts.length > FEWEST && without(0));
  for (let weight = 1; weight < KEPT; weight++) while (drafts.length > MOST && without(weight));
  const quiet = (draft: Draft) => draft.deed === 'responded' && carriedBy(trace, draft).length === 0;
  while (drafts.length > MOST) {
    const position = drafts.findLastIndex(quiet);
    if (position < 0) break;
    drafts.splice(position, 1);
  }
  return drafts;
}

/** Exchanges of a run that carry nothing a learner is asked about, while others do: setting up the bucket. */
function sideExchanges(trace: AnyTrace): ReadonlySet<number> {
  const carries = (index: number) =>
    trace.events.some(
      event =>
        event.exchange === index &&
        [...event.inputs, ...event.outputs].some(id => isTold(trace, id) && !isKeyOfPlace(trace, id)),
    );
  const toS3 = trace.exchanges.filter(({ link }) => link === 'client-s3');
  const silent = toS3.filter(({ index }) => !carries(index));
  return new Set(silent.length < toS3.length && isBefore(silent, toS3) ? silent.map(({ index }) => index) : []);
}

/** Only what comes before the exchange that matters is preparation. */
function isBefore(silent: readonly { index: number }[], all: readonly { index: number }[]): boolean {
  const loud = all.filter(one => !silent.includes(one));
  return silent.every(one => loud.some(other => other.index > one.index));
}

function isKeyOfPlace(trace: AnyTrace, id: ArtifactId): boolean {
  const kind = trace.artifacts[id]?.kind;
  return kind === 'backing-key' || kind === 's3-root-key';
}

/** Parts of agreeing on a connection: shares of keys travel, nothing else. */
function isTransferOf(trace: AnyTrace, event: TraceEvent, side: ReadonlySet<number>): boolean {
  if (event.verb !== 'sent' && event.verb !== 'responded') return false;
  if (side.has(event.exchange ?? -1)) return true;
  return trace.steps[event.step]?.name === 'wire.handshake';
}

/** Shares out the events between the chosen ones. */
function shared(trace: AnyTrace, drafts: readonly Draft[]): readonly Draft[] {
  for (const [position, draft] of drafts.entries()) {
    const next = drafts[position + 1];
    const limit = next?.event ?? trace.events.length;
    let end = draft.event + 1;
    while (end < limit && (next === undefined || isAftermath(trace.events[end], draft))) end++;
    draft.end = end;
    if (next) next.first = end;
  }
  const [first] = drafts;
  if (first) first.first = 0;
  return drafts;
}

function isAftermath(event: TraceEvent | undefined, draft: Draft): boolean {
  if (event?.verb === 'discarded') return true;
  return event?.verb === 'received' && (draft.deed === 'sent' || draft.deed === 'responded');
}

function moveOf(trace: AnyTrace, draft: Draft, index: number): Move {
  const event = trace.events[draft.event];
  if (event === undefined) throw new RangeError('a move is about an event of its trace');
  const { deed, first, end } = draft;
  const base = { index, event: draft.event, step: event.step + 1, first, end, deed };
  const actor = deed === 'logged' ? 'trail' : event.actor;
  const artifacts = [...new Set(artifactsOf(trace, draft, event))];
  if (!('from' in event)) return { ...base, actor, artifacts, to: event.place };
  return { ...base, actor, artifacts, from: event.from, to: arrivalOf(trace, draft, event.place) };
}

function artifactsOf(trace: AnyTrace, draft: Draft, event: TraceEvent): ArtifactId[] {
  const told = (ids: readonly ArtifactId[]) => ids.filter(id => isTold(trace, id));
  switch (event.verb) {
    case 'generated':
      return told(event.outputs);
    case 'discarded':
      return trace.events
        .slice(draft.event, draft.end)
        .flatMap(one => (one.verb === 'discarded' && one.step === event.step ? one.inputs : []))
        .filter(id => ['data-key', 'customer-key'].includes(trace.artifacts[id]?.kind ?? ''));
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped':
    case 'hashed': {
      const keyId = event.key === undefined ? [] : [baseKeyOf(trace, event.key)];
      return told([...event.inputs.filter(id => id !== event.key), ...keyId]);
    }
    case 'sent':
    case 'responded':
      return carriedBy(trace, draft);
    case 'logged':
      return [];
    default:
      return told([...event.inputs, ...event.outputs]);
  }
}

/** What arrives by a message, of what is asked about. */
function carriedBy(trace: AnyTrace, draft: Draft): ArtifactId[] {
  const event = trace.events[draft.event];
  if (event === undefined) return [];
  const arrived = event.place === 'network' ? receptionOf(trace, draft)?.outputs : event.outputs;
  return (arrived ?? []).filter(id => isTold(trace, id));
}

function receptionOf(trace: AnyTrace, draft: Draft): TraceEvent | undefined {
  for (const event of trace.events.slice(draft.event + 1)) {
    if (event.verb === 'received' && event.from === 'network') return event;
    if (event.verb !== 'discarded') return undefined;
  }
  return undefined;
}

/** Where a message ends up: past the line, at whom it is for. */
function arrivalOf(trace: AnyTrace, draft: Draft, place: Place): Place {
  if (place !== 'network') return place;
  const received = receptionOf(trace, draft);
  if (received) return received.place;
  if (draft.deed === 'responded') return 'client';
  const exchange = trace.exchanges[trace.events[draft.event]?.exchange ?? -1];
  return exchange?.link === 'client-kms' ? 'kms.host' : 's3.memory';
}

/** The key that a derived one stands for: its nearest ancestor that is not derived. */
export function baseKeyOf(trace: AnyTrace, id: ArtifactId): ArtifactId {
  const seen = new Set<ArtifactId>();
  let current = id;
  while (trace.artifacts[current]?.kind === 'derived-key' && !seen.has(current)) {
    seen.add(current);
    const parent = (trace.artifacts[current]?.derivedFrom ?? []).find(one => trace.artifacts[one]?.isSecret);
    if (parent === undefined) return current;
    current = parent;
  }
  return current;
}

/** Whose memory a move works in. */
export function partyOf(move: Pick<Move, 'from' | 'to'>): ReturnType<typeof partyAt> {
  return partyAt(move.from ?? move.to);
}
