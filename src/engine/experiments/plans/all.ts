/** Every experiment, group by group. */
import type { ExperimentPlan } from '../plan.ts';
import { BYTES_PLANS } from './bytes.ts';
import { EXTRA_PLANS } from './extra.ts';
import { GATES_PLANS } from './gates.ts';
import { TIME_PLANS } from './time.ts';

export const EXPERIMENT_PLANS: readonly ExperimentPlan[] = [
  ...GATES_PLANS,
  ...BYTES_PLANS,
  ...TIME_PLANS,
  ...EXTRA_PLANS,
];
