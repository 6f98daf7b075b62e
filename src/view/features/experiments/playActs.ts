import { type ExperimentPlan, experimentSpecOf, type RunSpec } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import type { Acts } from './verdict.ts';

/** What the acts of one experiment share: chance, and the byte that the learner chose. */
export interface Circumstances {
  readonly seed: string;
  readonly byte?: number | undefined;
}

/** Chance of a class, where there is one; otherwise every learner sees the same bytes, so that two can compare. */
export function seedFor(session: Session): string {
  return session.getState().spec.seed ?? 'experiments';
}

/** The run that an act is. */
export function specOf(plan: ExperimentPlan, act: string, { seed, byte }: Circumstances): RunSpec {
  return experimentSpecOf({ plan, seed, ...(byte === undefined ? {} : { byte }) }, act);
}

/** Plays these acts. Rejects with an Error whose message may be shown. */
export async function playActs(
  session: Session,
  plan: ExperimentPlan,
  names: readonly string[],
  circumstances: Circumstances,
): Promise<Acts> {
  const played = names.map(async name => [name, await session.play(specOf(plan, name, circumstances))] as const);
  return Object.fromEntries(await Promise.all(played));
}
