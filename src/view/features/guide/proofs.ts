import type { GuideMode, Requirement } from '../../../content/guide.ts';
import { EXPERIMENT_PLANS, experimentSpecOf, type RunSpec, type TraceProperty } from '../../../engine/index.ts';
import { proofOf } from '../../../scene/advise.ts';

/** A run to play, and what of it is to hold. */
export interface Claim {
  readonly spec: RunSpec;
  readonly shows: TraceProperty;
}

/** What settles a cell: the requirement's trial in this mode. */
export function trialOf(requirement: Requirement, mode: GuideMode): Claim {
  const { run, shows } = proofOf(requirement.trial, mode, requirement.cells[mode].meets);
  return { spec: run, shows };
}

/** The act of an experiment that shows a cell more plainly, where there is one. */
export function findActOf(requirement: Requirement, mode: GuideMode): Claim | undefined {
  const { proof } = requirement.cells[mode];
  const plan = EXPERIMENT_PLANS.find(({ id }) => id === proof?.run.experiment);
  if (!proof || !plan) return undefined;
  return { spec: experimentSpecOf({ plan }, proof.run.act), shows: proof.shows };
}
