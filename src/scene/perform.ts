/** Performing a run: its moves, and what the laws of traces say to any order of them. */
export { isTold } from './perform/deeds.ts';
export { type Deed, hasArtifacts, hasPlace, type Move, type MoveChoice, partyAt } from './perform/move.ts';
export { movesOf } from './perform/movesOf.ts';
export type { Objection } from './perform/objection.ts';
export {
  LEVELS,
  type Level,
  modelMove,
  type Performance,
  performedTrace,
  sceneOf,
  startPerformance,
  type Tried,
  tryMove,
  undoMove,
  yoursAt,
} from './perform/performance.ts';
export { deedLabel, sayMove } from './perform/words.ts';
