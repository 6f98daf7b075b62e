import type { AnyTrace, ArtifactId, Place, TraceEvent } from '../../engine/index.ts';
import { isKeyKind } from '../artifactNames.ts';
import { foldEvent, openingScene, type Scene } from '../fold.ts';
import { type Move, partyAt } from './move.ts';
import { baseKeyOf, movesOf, partyOf } from './movesOf.ts';

/** Why one move must come after another. */
export type Because =
  /** It needs what the other brings about at that place. */
  | { readonly kind: 'held'; readonly artifact: ArtifactId; readonly place: Place }
  /** It discards what the other needs at that place. */
  | { readonly kind: 'in-use'; readonly artifact: ArtifactId; readonly place: Place }
  /** Nobody lets it pass before. */
  | { readonly kind: 'gate' }
  /** Nobody has asked for it before. */
  | { readonly kind: 'request' }
  /** The other checks what this one would rely on. */
  | { readonly kind: 'check' }
  /** An answer tells how all of it came out. */
  | { readonly kind: 'answer' };

export interface Precedence {
  /** Index of the move that comes first. */
  readonly before: number;
  readonly because: Because;
}

const precedencesByTrace = new WeakMap<AnyTrace, readonly (readonly Precedence[])[]>();

/**
 * For each move, what must come before it and why: a partial order, with the order of the run as one of its orders. Any
 * order that keeps it holds the laws of traces and ends in the same scene.
 */
export function precedencesOf(trace: AnyTrace): readonly (readonly Precedence[])[] {
  const known = precedencesByTrace.get(trace);
  if (known) return known;
  const moves = movesOf(trace);
  const byData = dataPrecedences(trace, moves);
  const all = moves.map(move => [...rolePrecedences(moves, move), ...(byData[move.index] ?? [])]);
  precedencesByTrace.set(trace, all);
  return all;
}

/** What follows from who asks, who decides and who checks. */
function rolePrecedences(moves: readonly Move[], move: Move): Precedence[] {
  const found: Precedence[] = [];
  const party = partyOf(move);
  const earlier = moves.slice(0, move.index);
  const isService = move.deed !== 'logged' && (party === 's3' || party === 'kms');
  if (isService) {
    const request = earlier.findLast(({ deed, to }) => deed === 'sent' && partyAt(to) === party);
    if (request) found.push({ before: request.index, because: { kind: 'request' } });
    const gate = earlier.findLast(one => isGate(one) && partyOf(one) === party);
    if (gate && isGuarded(move)) found.push({ before: gate.index, because: { kind: 'gate' } });
  }
  for (const other of earlier) {
    if (isChecked(other, move)) found.push({ before: other.index, because: { kind: 'check' } });
    if (move.deed === 'responded' && isNeededToAnswer(other, move)) {
      found.push({ before: other.index, because: { kind: 'answer' } });
    }
    if (move.deed === 'logged' && partyOf(other) !== undefined && isGate(other)) {
      found.push({ before: other.index, because: { kind: 'gate' } });
    }
  }
  return found;
}

function isGate({ deed }: Move): boolean {
  return deed === 'authorized' || deed === 'denied';
}

/** Comparing needs no permission; everything else that is done for somebody does. */
function isGuarded({ deed }: Move): boolean {
  return deed !== 'discarded' && !deed.startsWith('compared.');
}

function isChecked(other: Move, move: Move): boolean {
  if (!other.deed.startsWith('compared.') || partyOf(other) !== partyOf(move)) return false;
  if (move.deed === 'stored') return true;
  return other.deed !== 'compared.checksum' && (move.deed === 'encrypted' || move.deed === 'decrypted');
}

function isNeededToAnswer(other: Move, move: Move): boolean {
  if (other.deed === 'discarded' || other.deed === 'logged') return false;
  const party = partyOf(move);
  return partyOf(other) === party || (other.deed === 'responded' && partyAt(other.to) === party);
}

/** What follows from who holds what: events read, bring and take away. */
function dataPrecedences(trace: AnyTrace, moves: readonly Move[]): Precedence[][] {
  const found: Precedence[][] = moves.map(() => []);
  const bringers = new Map<string, number>();
  const users = new Map<string, Set<number>>();
  const takers = new Map<string, number>();
  const add = (move: number, before: number | undefined, because: Because) => {
    if (before !== undefined && before !== move) found[move]?.push({ before, because });
  };
  let scene = openingScene(trace);
  for (const { index, first, end } of moves) {
    for (const event of trace.events.slice(first, end)) {
      for (const { artifact, place } of readBy(trace, scene, event)) {
        const at = `${place} ${artifact}`;
        add(index, bringers.get(at), { kind: 'held', artifact: toldKey(trace, artifact), place });
        users.set(at, (users.get(at) ?? new Set()).add(index));
      }
      const { place } = event;
      const touched = event.verb === 'discarded' ? event.inputs : event.outputs;
      for (const artifact of touched) {
        const at = `${place} ${artifact}`;
        if (event.verb === 'discarded') {
          add(index, bringers.get(at), { kind: 'held', artifact, place });
          for (const user of users.get(at) ?? []) add(index, user, { kind: 'in-use', artifact, place });
          takers.set(at, index);
          bringers.delete(at);
          users.delete(at);
        } else if (scene.holdings[place].includes(artifact)) {
          users.set(at, (users.get(at) ?? new Set()).add(index));
        } else {
          add(index, takers.get(at), { kind: 'in-use', artifact, place });
          bringers.set(at, index);
        }
      }
      scene = foldEvent(scene, event);
    }
  }
  return found;
}

/** A derived key is known by the key that it comes from. */
function toldKey(trace: AnyTrace, id: ArtifactId): ArtifactId {
  const kind = trace.artifacts[id]?.kind;
  return kind !== undefined && isKeyKind(kind) ? baseKeyOf(trace, id) : id;
}

const NEAR: Readonly<Record<string, readonly Place[]>> = {
  client: ['client'],
  s3: ['s3.memory', 's3.keys', 's3.disk'],
  kms: ['kms.hsm', 'kms.host'],
};

/** What an event needs, and where that lies when it happens. */
function readBy(trace: AnyTrace, scene: Scene, event: TraceEvent): { artifact: ArtifactId; place: Place }[] {
  if (event.verb === 'discarded') return [];
  const found: { artifact: ArtifactId; place: Place }[] = [];
  const look = (artifact: ArtifactId, places: readonly Place[]) => {
    const place = places.find(one => scene.holdings[one].includes(artifact));
    if (place !== undefined) found.push({ artifact, place });
  };
  const near = (place: Place) => [place, ...(NEAR[partyAt(place) ?? ''] ?? [])];
  for (const id of event.inputs) look(id, [...near(event.place), ...('from' in event ? near(event.from) : [])]);
  if (!('from' in event)) {
    for (const id of event.outputs) {
      // What is written into an envelope or locked must be at hand, told as an input or not.
      for (const inner of trace.artifacts[id]?.lock?.contents ?? []) look(inner, near(event.place));
    }
    return found;
  }
  for (const id of event.outputs) {
    look(id, [event.from]);
    const lock = trace.artifacts[id]?.lock;
    if (event.place !== 'network' || lock === undefined) continue;
    for (const inner of [lock.keyId, ...lock.contents]) look(inner, near(event.from));
  }
  return found;
}
