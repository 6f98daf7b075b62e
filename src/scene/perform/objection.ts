import type { AnyTrace, Artifact, ArtifactId, ArtifactKind, Place } from '../../engine/index.ts';
import { isKeyKind } from '../artifactNames.ts';
import type { Scene } from '../fold.ts';
import { readableIn } from '../visibility.ts';
import { hasArtifacts, hasPlace, type Move, type MoveChoice, partyAt } from './move.ts';
import { precedencesOf } from './order.ts';

/** Why a move cannot be made now. `step`, from 1, is a step of the run that shows it, where there is one. */
export type Objection = { readonly step?: number } & (
  | { readonly kind: 'done' }
  /** Somebody else does this. */
  | { readonly kind: 'actor'; readonly actor: MoveChoice['actor'] }
  /** The key never leaves its place. */
  | { readonly kind: 'stays'; readonly artifact: ArtifactId; readonly place: Place }
  /** Whoever looks at that place could read it. */
  | { readonly kind: 'secret'; readonly artifact: ArtifactId; readonly place: Place }
  | { readonly kind: 'not-held'; readonly actor: MoveChoice['actor']; readonly artifact: ArtifactId }
  /** Opens with another key, or with none that was named. */
  | { readonly kind: 'locked'; readonly artifact: ArtifactId; readonly opener: ArtifactId }
  /** Something else that is not done yet needs it there. */
  | { readonly kind: 'in-use'; readonly artifact: ArtifactId; readonly place: Place }
  | { readonly kind: 'gate'; readonly actor: MoveChoice['actor'] }
  | { readonly kind: 'request'; readonly actor: MoveChoice['actor'] }
  | { readonly kind: 'check' }
  | { readonly kind: 'answer' }
  /** Right but for where. */
  | { readonly kind: 'place' }
  /** Right but for what: some are missing, some are too many, or they are others. */
  | { readonly kind: 'artifacts'; readonly how: 'too-few' | 'too-many' | 'other' }
  /** Nothing forbids it, and nothing in this run asks for it. */
  | { readonly kind: 'idle' }
);

export interface Situation {
  readonly trace: AnyTrace;
  readonly moves: readonly Move[];
  readonly done: readonly number[];
  readonly scene: Scene;
}

/** The move that a choice means when it can be made now, else what is to be said against it. */
export function objectionTo(
  situation: Situation,
  choice: MoveChoice,
): { readonly move: Move } | { readonly objection: Objection } {
  const { moves, done } = situation;
  const open = moves.filter(({ index }) => !done.includes(index));
  const meant = open.filter(move => isSameMove(move, choice));
  const [first] = meant;
  if (first) {
    const move = meant.find(one => precedenceAgainst(situation, one) === undefined);
    return move ? { move } : { objection: precedenceAgainst(situation, first) ?? { kind: 'idle' } };
  }
  const before = moves.find(move => done.includes(move.index) && isSameMove(move, choice));
  if (before) return { objection: { kind: 'done', step: before.step } };
  return { objection: byLaw(situation, choice) ?? byLikeness(open, choice) ?? byHolding(situation, choice) };
}

/** What is not done yet and must come first; the most telling reason. */
function precedenceAgainst({ trace, moves, done }: Situation, move: Move): Objection | undefined {
  const missing = (precedencesOf(trace)[move.index] ?? []).filter(({ before }) => !done.includes(before));
  const [first] = missing;
  if (first === undefined) return undefined;
  const best = missing.find(({ because }) => because.kind !== 'held' || isNamed(move, because.artifact)) ?? first;
  const { because } = best;
  const other = moves[best.before];
  const step = other === undefined ? {} : { step: other.step };
  switch (because.kind) {
    case 'held':
      return { kind: 'not-held', actor: move.actor, artifact: because.artifact, ...step };
    case 'in-use':
      return { kind: 'in-use', artifact: because.artifact, place: because.place, ...step };
    case 'gate':
    case 'request':
      return { kind: because.kind, actor: move.actor, ...step };
    case 'check':
    case 'answer':
      return { kind: because.kind, ...step };
  }
}

function isNamed(move: Move, id: ArtifactId): boolean {
  return move.artifacts.includes(id);
}

/** Whether a choice says this move. */
function isSameMove(move: Move, choice: MoveChoice): boolean {
  return (
    move.deed === choice.deed &&
    move.actor === choice.actor &&
    (!hasArtifacts(move.deed) || isSameSet(move.artifacts, choice.artifacts)) &&
    isSamePlace(move, choice)
  );
}

function isSamePlace(move: Move, choice: MoveChoice): boolean {
  if (move.to === choice.to) return true;
  return !hasPlace(move.deed) && partyAt(move.to) === partyAt(choice.to);
}

function isSameSet(left: readonly ArtifactId[], right: readonly ArtifactId[]): boolean {
  const [one, other] = [new Set(left), new Set(right)];
  return one.size === other.size && [...one].every(id => other.has(id));
}

/** Keys that are at home in one place and nowhere else, in any run. */
const HOMES: Partial<Record<ArtifactKind, Place>> = {
  'domain-key': 'kms.hsm',
  'backing-key': 'kms.hsm',
  's3-root-key': 's3.keys',
  'wrapping-key': 'client',
};
const TRAVELS = ['sent', 'responded', 'stored', 'loaded'];
const OPENS = ['decrypted', 'unwrapped'];

/** What the laws say, whatever the run does. */
function byLaw({ trace, moves }: Situation, { deed, artifacts, actor, to }: MoveChoice): Objection | undefined {
  const found = artifacts.flatMap(id => trace.artifacts[id] ?? []);
  const about = (id: ArtifactId) => stepAbout(moves, deed, id);
  for (const artifact of found) {
    const home = HOMES[artifact.kind];
    if (home === undefined) continue;
    const isAway = partyAt(home) !== partyAt(to) || (partyAt(home) !== actor && actor !== 'trail');
    if (isAway || TRAVELS.includes(deed))
      return { kind: 'stays', artifact: artifact.id, place: home, ...about(artifact.id) };
  }
  if (TRAVELS.includes(deed) && ['s3.disk', 'audit', 'network'].includes(to)) {
    const isPlain = (artifact: Artifact) => artifact.isSecret && artifact.lock === undefined;
    // The world in which objects were stored as they are is a run of its own.
    const stored = new Set(moves.filter(move => move.to === to).flatMap(move => move.artifacts));
    const exposed = found.find(artifact => isPlain(artifact) && !stored.has(artifact.id));
    if (exposed) return { kind: 'secret', artifact: exposed.id, place: to, ...stepOf(moves, deed) };
  }
  if (!OPENS.includes(deed)) return undefined;
  for (const { id, lock } of found) {
    const opener = lock && readersKey(trace, lock.keyId);
    if (opener === undefined || readableIn(trace, [...artifacts]).has(id) || artifacts.includes(opener)) continue;
    return { kind: 'locked', artifact: id, opener, ...about(id) };
  }
  return undefined;
}

/** The first step at which the run does such a thing. */
function stepOf(moves: readonly Move[], deed: MoveChoice['deed']): { readonly step?: number } {
  const move = moves.find(one => one.deed === deed);
  return move === undefined ? {} : { step: move.step };
}

/** The step that shows what the run does with it: the same where it does that, else anything. */
function stepAbout(moves: readonly Move[], deed: MoveChoice['deed'], id: ArtifactId): { readonly step?: number } {
  const withIt = moves.filter(move => move.artifacts.includes(id));
  const move = withIt.find(one => one.deed === deed) ?? withIt[0];
  return move === undefined ? stepOf(moves, deed) : { step: move.step };
}

/** The key one would name as the opener: what a derived key comes from, and the private half of a pair. */
function readersKey(trace: AnyTrace, id: ArtifactId): ArtifactId {
  const artifact = trace.artifacts[id];
  const isPassing = artifact?.kind === 'derived-key' || artifact?.kind === 'public-key';
  const parent = isPassing ? artifact.derivedFrom?.find(one => trace.artifacts[one]?.isSecret) : undefined;
  return parent ?? id;
}

/** A move still to come that is like it but for one thing. */
function byLikeness(open: readonly Move[], choice: MoveChoice): Objection | undefined {
  const near = open.filter(move => move.deed === choice.deed);
  const samePieces = near.filter(move => !hasArtifacts(move.deed) || isSameSet(move.artifacts, choice.artifacts));
  const elsewhere = samePieces.find(move => move.actor === choice.actor);
  if (elsewhere) return { kind: 'place', step: elsewhere.step };
  const [other] = samePieces;
  if (other) return { kind: 'actor', actor: other.actor, step: other.step };
  return undefined;
}

function byHolding({ trace, moves, done, scene }: Situation, choice: MoveChoice): Objection {
  const { actor, artifacts, deed, to } = choice;
  const places = (Object.keys(scene.holdings) as Place[]).filter(place => partyAt(place) === actor);
  const held = new Set(places.flatMap(place => scene.holdings[place]));
  if (deed !== 'generated' && actor !== 'trail' && actor !== 'tap') {
    const missing = artifacts.find(id => !held.has(id) && !isOwnHandle(trace, id));
    if (missing !== undefined)
      return { kind: 'not-held', actor, artifact: missing, ...stepAbout(moves, deed, missing) };
  }
  if (deed === 'discarded') {
    const later = moves.find(
      move =>
        !done.includes(move.index) &&
        move.actor === actor &&
        move.deed !== 'discarded' &&
        move.artifacts.some(id => artifacts.includes(id)),
    );
    const used = later?.artifacts.find(id => artifacts.includes(id));
    if (later && used !== undefined) return { kind: 'in-use', artifact: used, place: to, step: later.step };
  }
  const like = moves.filter(
    move => !done.includes(move.index) && move.deed === deed && move.actor === actor && isSamePlace(move, choice),
  );
  const [first] = like;
  if (first === undefined) return { kind: 'idle' };
  const within = like.find(move => artifacts.every(id => move.artifacts.includes(id)));
  if (within) return { kind: 'artifacts', how: 'too-few', step: within.step };
  const around = like.find(move => move.artifacts.every(id => artifacts.includes(id)));
  if (around) return { kind: 'artifacts', how: 'too-many', step: around.step };
  return { kind: 'artifacts', how: 'other', step: first.step };
}

/** A KMS key comes out of its token when it is needed: it counts as being there. */
function isOwnHandle(trace: AnyTrace, id: ArtifactId): boolean {
  const artifact = trace.artifacts[id];
  return artifact !== undefined && isKeyKind(artifact.kind) && artifact.isHandle;
}
