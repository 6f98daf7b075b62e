import type { Trace } from '../engine/index.ts';
import { PHRASES, type Phrases } from './phrases.ts';
import type { Candidate, Prediction, QuestionMaker } from './prediction.ts';
import { askDataKeyMaker, askDataKeyOpener } from './questions/dataKey.ts';
import { askDisks } from './questions/disks.ts';
import { askEavesdropper } from './questions/eavesdropper.ts';
import { askGate } from './questions/gate.ts';
import { askKeyFate } from './questions/keyFate.ts';
import { askLockingKey } from './questions/lockingKey.ts';
import { askNextActor } from './questions/nextActor.ts';
import { askOpening } from './questions/opening.ts';
import { askStatus } from './questions/status.ts';

export type { Prediction, PredictionOption } from './prediction.ts';

const FEWEST = 2;
const MOST = 4;

const DECISIVE: readonly QuestionMaker[] = [
  askGate,
  askStatus,
  askOpening,
  askDataKeyMaker,
  askDataKeyOpener,
  askLockingKey,
  askKeyFate,
  askEavesdropper,
  askDisks,
];

/**
 * The questions to ask during a run, in the order of their steps: at most four, at most one a step, and at least two
 * in every run of four steps or more. They follow from the events of the trace, never from its mode, and the same
 * trace always gives the same questions.
 */
export function predictionsOf(trace: Trace, phrases: Phrases = PHRASES): Prediction[] {
  const decisive = choose(
    DECISIVE.flatMap(make => make(trace, phrases)),
    [],
    MOST,
  );
  const chosen = choose(askNextActor(trace, phrases), decisive, FEWEST);
  return chosen.toSorted((left, right) => left.step - right.step);
}

/** Adds candidates to the questions chosen so far, the lowest priority first, until there are `most`. */
function choose(candidates: readonly Candidate[], before: readonly Prediction[], most: number): Prediction[] {
  const chosen = [...before];
  for (const { prediction } of candidates.toSorted((left, right) => left.priority - right.priority)) {
    if (chosen.length >= most) break;
    if (chosen.every(other => other.step !== prediction.step)) chosen.push(prediction);
  }
  return chosen;
}
