import type { Myth } from '../../../content/myths.ts';
import {
  type ExperimentPlan,
  experimentSpecOf,
  type RunSpec,
  type Trace,
  type TraceProperty,
} from '../../../engine/index.ts';
import { judge } from '../../../scene/property.ts';

/** A run that refutes a claim, and what of it does. */
export interface Refutation {
  readonly spec: RunSpec;
  readonly shows: TraceProperty;
  /** The other acts of the same experiment, by name: what it shows may lie in comparing with them. */
  readonly others: Readonly<Record<string, RunSpec>>;
}

/** The refuting run of a myth: its own proof, or the broken act of its experiment. `undefined` where there is none. */
export function refutationOf(myth: Myth, plans: readonly ExperimentPlan[], seed: string): Refutation | undefined {
  const { proof, experiment, because } = myth;
  if (because !== undefined) return undefined;
  if (proof && !('act' in proof.run)) return { spec: { ...proof.run, seed }, shows: proof.shows, others: {} };
  const [id, act] = proof && 'act' in proof.run ? [proof.run.experiment, proof.run.act] : [experiment, 'broken'];
  const plan = plans.find(candidate => candidate.id === id);
  if (!plan?.acts.some(({ name }) => name === act)) return undefined;
  const specs = plan.acts.map(({ name }) => [name, experimentSpecOf({ plan, seed }, name)] as const);
  const { [act]: spec, ...others } = Object.fromEntries(specs);
  return spec && { spec, shows: proof?.shows ?? plan.shows, others };
}

/** The moment to open: the run, and the step of it, from 1, that refutes the claim. Plays what it needs to know that. */
export async function momentOf(
  { spec, shows, others }: Refutation,
  play: (spec: RunSpec) => Promise<Trace>,
): Promise<{ readonly spec: RunSpec; readonly step: number }> {
  const trace = await play(spec);
  const alone = judge(shows, { trace });
  if (alone.holds) return { spec, step: alone.moment?.step ?? trace.steps.length };
  const played = Object.entries(others).map(async ([name, other]) => [name, await play(other)] as const);
  const acts = Object.fromEntries(await Promise.all(played));
  const { moment } = judge(shows, { trace, acts });
  if (moment?.act === undefined) return { spec, step: moment?.step ?? trace.steps.length };
  return { spec: others[moment.act] ?? spec, step: moment.step };
}
