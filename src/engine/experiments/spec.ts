/** Which run an act of an experiment is: what a page must know before anything has run. */
import { invariant } from '../errors.ts';
import { actSpecOf } from '../lessons/acts.ts';
import type { RunSpec } from '../trace/trace.ts';
import type { ExperimentPlan } from './plan.ts';

/** The run that an act is, by its name. @throws EngineError `invariant` for an act that the plan does not have */
export function experimentSpecOf(
  { plan, seed, byte }: { readonly plan: ExperimentPlan; readonly seed?: string; readonly byte?: number },
  actName: string,
): RunSpec {
  const index = plan.acts.findIndex(({ name }) => name === actName);
  const act = plan.acts[index];
  invariant(act, 'an experiment has the act that is asked for');
  const seeded = seed ? { seed } : {};
  if (act.lesson) return actSpecOf({ id: act.lesson.id, ...seeded }, act.lesson.act);
  return {
    mode: act.mode ?? plan.mode,
    operation: act.operation,
    transport: act.over ?? 'https',
    principal: act.as ?? 'owner',
    ...(plan.format ? { format: plan.format } : {}),
    ...(plan.envelope ? { envelope: plan.envelope } : {}),
    experiment: { id: plan.id, act: index, ...(byte === undefined ? {} : { byte }) },
    ...seeded,
  };
}
