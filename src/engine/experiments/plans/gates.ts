/** Experiments about permissions: who may, and which gate says so. */
import type { ExperimentPlan } from '../plan.ts';
import { PEOPLE_PLANS } from './gatesPeople.ts';
import { POLICY_PLANS } from './gatesPolicies.ts';
import { TWO_GATES_PLANS } from './gatesTwo.ts';

export const GATES_PLANS: readonly ExperimentPlan[] = [...TWO_GATES_PLANS, ...PEOPLE_PLANS, ...POLICY_PLANS];
