import type { ExperimentPlan } from '../plan.ts';
import { COPY_PLANS } from './timeCopies.ts';
import { COST_PLANS } from './timeCosts.ts';
import { DEFAULT_PLANS } from './timeDefaults.ts';
import { KEY_STATE_PLANS } from './timeKeys.ts';
import { ROTATION_PLANS } from './timeRotation.ts';

/** Experiments about change: of defaults, of keys and their states, of what objects are encrypted with, and of what it costs. */
export const TIME_PLANS: readonly ExperimentPlan[] = [
  ...DEFAULT_PLANS,
  ...KEY_STATE_PLANS,
  ...ROTATION_PLANS,
  ...COST_PLANS,
  ...COPY_PLANS,
];
