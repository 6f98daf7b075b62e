import type { Actor, Artifact, ArtifactId, Place, Trace } from '../../../engine/index.ts';
import {
  type Deed,
  deedLabel,
  isTold,
  type Level,
  type Move,
  type MoveChoice,
  modelMove,
  movesOf,
  type Objection,
  type Performance,
  startPerformance,
  tryMove,
  undoMove,
} from '../../../scene/perform.ts';
import { artifactsInPlay } from '../../../scene/timeline.ts';

/** What was said and could not be done. */
export interface Mistake {
  readonly choice: MoveChoice;
  readonly objection: Objection;
}

/** What the task says last. */
export type Said =
  | { readonly kind: 'done' | 'shown' | 'undone'; readonly move: Move }
  | { readonly kind: 'objection'; readonly objection: Objection }
  | { readonly kind: 'incomplete' };

/** A learner at work on a level. */
export interface Task {
  readonly performance: Performance;
  /** Moves that were shown instead of said. */
  readonly shown: readonly number[];
  readonly tries: number;
  readonly mistakes: readonly Mistake[];
  readonly said?: Said;
}

/** The start of a level. Level 0 begins at the beginning, and everything is shown. */
export function startTask(trace: Trace, level: Level): Task {
  // To watch is to be shown every move; to perform all of it begins at the same point.
  const performance = startPerformance(trace, level === 0 ? 4 : level);
  return { performance, shown: [], tries: 0, mistakes: [] };
}

export function isOver({ performance }: Task): boolean {
  return modelMove(performance) === undefined;
}

export type TaskAction =
  | { readonly type: 'say'; readonly choice: Partial<MoveChoice> }
  | { readonly type: 'show' }
  | { readonly type: 'showAll' }
  | { readonly type: 'undo' };

export function nextTask(task: Task, action: TaskAction): Task {
  const { performance } = task;
  switch (action.type) {
    case 'say': {
      const { actor, deed, to, artifacts = [] } = action.choice;
      if (actor === undefined || deed === undefined || to === undefined)
        return { ...task, said: { kind: 'incomplete' } };
      const choice = { actor, deed, to, artifacts };
      const tried = tryMove(performance, choice);
      if (tried.isDone) {
        const { move } = tried;
        return { ...task, performance: tried.performance, tries: task.tries + 1, said: { kind: 'done', move } };
      }
      const { objection } = tried;
      return {
        ...task,
        tries: task.tries + 1,
        mistakes: [...task.mistakes, { choice, objection }],
        said: { kind: 'objection', objection },
      };
    }
    case 'show':
      return shownNext(task);
    case 'showAll': {
      let next = task;
      while (!isOver(next)) next = shownNext(next);
      return next;
    }
    case 'undo': {
      const undone = undoMove(performance);
      const last = performance.moves[performance.done.at(-1) ?? -1];
      if (undone === performance || last === undefined) return task;
      return {
        ...task,
        performance: undone,
        shown: task.shown.filter(index => index !== last.index),
        said: { kind: 'undone', move: last },
      };
    }
  }
}

function shownNext(task: Task): Task {
  const move = modelMove(task.performance);
  if (move === undefined) return task;
  const { actor, deed, artifacts, to } = move;
  const tried = tryMove(task.performance, { actor, deed, artifacts, to });
  if (!tried.isDone) return task;
  return {
    ...task,
    performance: tried.performance,
    shown: [...task.shown, tried.move.index],
    said: { kind: 'shown', move: tried.move },
  };
}

const ACTORS: readonly Actor[] = ['client', 's3', 'kms', 'trail'];
/** Always offered: each is wrong somewhere. */
const USUAL: readonly Deed[] = [
  'sent',
  'authorized',
  'generated',
  'wrapped',
  'unwrapped',
  'encrypted',
  'decrypted',
  'stored',
  'loaded',
  'discarded',
  'responded',
];
const PLACES: readonly Place[] = ['client', 's3.memory', 's3.disk', 'kms.host', 'kms.hsm', 'audit'];
const SORTS: readonly Artifact['kind'][] = [
  'plaintext-object',
  'ciphertext-object',
  'data-key',
  'encrypted-data-key',
  'customer-key',
];

/** What can be said of a run: what it does, and what it does not. */
export interface Offer {
  readonly actors: readonly Actor[];
  readonly deeds: readonly Deed[];
  readonly artifacts: readonly Artifact[];
  readonly places: readonly Place[];
}

/** The choices of a run. They do not change while it is performed, so that they are where one has seen them. */
export function offerOf(trace: Trace): Offer {
  const moves = movesOf(trace);
  const hasLog = moves.some(({ actor }) => actor === 'trail');
  const others = [...new Set(moves.map(({ deed }) => deed))].filter(deed => !USUAL.includes(deed));
  const ids = new Set<ArtifactId>([...moves.flatMap(({ artifacts }) => artifacts), ...artifactsInPlay(trace)]);
  const rank = ({ kind }: Artifact) => (SORTS.indexOf(kind) + 1 || SORTS.length + 1) - 1;
  return {
    actors: ACTORS.filter(actor => actor !== 'trail' || hasLog),
    deeds: [...USUAL, ...others],
    artifacts: [...ids]
      .filter(id => isTold(trace, id))
      .flatMap(id => trace.artifacts[id] ?? [])
      .toSorted((left, right) => rank(left) - rank(right)),
    places: PLACES.filter(place => place !== 'audit' || hasLog),
  };
}

/** A deed among others: `wraps`; where it is not known yet who does it, as of somebody else. */
export function deedOption(deed: Deed, actor: Actor | undefined): string {
  return deedLabel(deed, actor ?? 's3');
}
