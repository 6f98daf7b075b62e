import type { AnyTrace, Step, Trace, TraceEvent } from '../../engine/index.ts';
import { type Scene, sceneAt } from '../fold.ts';
import type { Move, MoveChoice } from './move.ts';
import { movesOf } from './movesOf.ts';
import { type Objection, objectionTo } from './objection.ts';

/** How much of a run is the learner's: nothing, the last move, the last two, half, all. */
export const LEVELS = [0, 1, 2, 3, 4] as const;
export type Level = (typeof LEVELS)[number];

/** A run that is being performed: what has been done, and what was wrong on the way. A value; nothing changes it. */
export interface Performance {
  readonly trace: Trace;
  readonly moves: readonly Move[];
  /** Moves that were there from the start, in the order of the run. */
  readonly given: number;
  /** Indexes of the moves done, in the order in which they were done, the given ones first. */
  readonly done: readonly number[];
}

/** How many moves are the learner's at a level. */
export function yoursAt(level: Level, moves: number): number {
  return Math.min(moves, [0, 1, 2, Math.ceil(moves / 2), moves][level] ?? 0);
}

/** The start of a level: everything before the learner's moves is done, as in the run. */
export function startPerformance(trace: Trace, level: Level): Performance {
  const moves = movesOf(trace);
  const given = moves.length - yoursAt(level, moves.length);
  return { trace, moves, given, done: moves.slice(0, given).map(({ index }) => index) };
}

export type Tried =
  | { readonly isDone: true; readonly performance: Performance; readonly move: Move }
  | { readonly isDone: false; readonly objection: Objection };

/** Does what is said where the laws of traces allow it, in whatever order; otherwise says what forbids it. */
export function tryMove(performance: Performance, choice: MoveChoice): Tried {
  const { trace, moves, done } = performance;
  const judged = objectionTo({ trace, moves, done, scene: sceneOf(performance) }, choice);
  if ('objection' in judged) return { isDone: false, objection: judged.objection };
  return {
    isDone: true,
    move: judged.move,
    performance: { ...performance, done: [...done, judged.move.index] },
  };
}

/** Takes the last move back; those given stay. */
export function undoMove(performance: Performance): Performance {
  const { done, given } = performance;
  return done.length <= given ? performance : { ...performance, done: done.slice(0, -1) };
}

/** What the run itself does next: the first of its moves that is not done. */
export function modelMove(performance: Performance): Move | undefined {
  return performance.moves.find(({ index }) => !performance.done.includes(index));
}

const performedByTrace = new WeakMap<AnyTrace, Map<string, Trace>>();

/**
 * The run as it would be told in the order that was chosen: a step for each move, the moves not yet done after those that
 * are. For pictures: `sceneOf` is a scene of it.
 */
export function performedTrace({ trace, moves, done }: Performance): Trace {
  const order = [...done, ...moves.map(({ index }) => index).filter(index => !done.includes(index))];
  const told = performedByTrace.get(trace) ?? new Map<string, Trace>();
  performedByTrace.set(trace, told);
  const known = told.get(order.join());
  if (known) return known;

  const events: TraceEvent[] = [];
  const steps: Step[] = [];
  for (const index of order) {
    const move = moves[index];
    if (move === undefined) continue;
    const first = events.length;
    for (const event of trace.events.slice(move.first, move.end)) {
      events.push({ ...event, index: events.length, step: steps.length });
    }
    const { name, actor } = trace.steps[move.step - 1] ?? { name: 'client.prepare', actor: 'client' };
    steps.push({ index: steps.length, name, actor, first, end: events.length });
  }
  const performed = { ...trace, steps, events };
  told.set(order.join(), performed);
  return performed;
}

/** Who holds what after the moves that are done. A scene of `performedTrace`. */
export function sceneOf(performance: Performance): Scene {
  const performed = performedTrace(performance);
  return sceneAt(performed, performed.steps[performance.done.length - 1]?.end ?? 0);
}
