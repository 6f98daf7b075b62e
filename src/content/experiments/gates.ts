import { PEOPLE_TEXTS } from './gatesPeople.ts';
import { POLICY_TEXTS } from './gatesPolicies.ts';
import { TWO_GATES_TEXTS } from './gatesTwo.ts';
import type { ExperimentText } from './text.ts';

/** Words for the experiments about permissions. */
export const GATES_TEXTS: Readonly<Record<string, ExperimentText>> = {
  ...TWO_GATES_TEXTS,
  ...PEOPLE_TEXTS,
  ...POLICY_TEXTS,
};
