import type { ExperimentPlan, Trace, TraceProperty } from '../../../engine/index.ts';
import { align } from '../../../scene/align.ts';
import { judge } from '../../../scene/property.ts';

export type Acts = Readonly<Record<string, Trace>>;

/** What came of the broken act, by looking at its trace. */
export interface Verdict {
  /** The options that hold. Exactly one, unless the learner chose a byte nobody thought of. */
  readonly right: readonly string[];
  /** The decisive step, from 1, and the act it is in. */
  readonly moment?: { readonly act: string; readonly step: number };
}

/** Names of the acts that are needed to judge the broken one, itself and the healthy one among them. */
export function actsToPlay(plan: ExperimentPlan): readonly string[] {
  const named = [plan.shows, ...Object.values(plan.options)].flatMap(actsNamedIn);
  const wanted = new Set(['healthy', 'broken', ...named]);
  return plan.acts.map(({ name }) => name).filter(name => wanted.has(name));
}

/** Acts that can stand beside the healthy one: the broken one first, the fix last. */
export function actsInSight(plan: ExperimentPlan): readonly string[] {
  const names = plan.acts.map(({ name }) => name);
  const between = names.filter(name => !['healthy', 'broken', 'fixed'].includes(name));
  return ['broken', ...between, ...(names.includes('fixed') ? ['fixed'] : [])];
}

/** Which options hold of the broken act, and where it shows. */
export function verdictOf(plan: ExperimentPlan, acts: Acts): Verdict {
  const trace = acts.broken;
  if (!trace) return { right: [] };
  const right = Object.entries(plan.options).flatMap(([id, property]) =>
    judge(property, { trace, acts }).holds ? [id] : [],
  );
  const { moment } = judge(plan.shows, { trace, acts });
  return { right, ...(moment ? { moment: { act: moment.act ?? 'broken', step: moment.step } } : {}) };
}

/** Row of the two side by side at which one of them is at this step, from 1. */
export function rowAt(left: Trace, right: Trace, side: 'left' | 'right', step: number): number | undefined {
  const row = align(left, right).findIndex(aligned => aligned[side] === step - 1);
  return row < 0 ? undefined : row;
}

/** Where the healthy and the broken act stand when the decisive step is done. */
export function decisiveRow(acts: Acts, { moment }: Verdict): number | undefined {
  const { healthy, broken } = acts;
  if (!healthy || !broken || !moment) return undefined;
  if (moment.act === 'broken') return rowAt(healthy, broken, 'right', moment.step);
  return moment.act === 'healthy' ? rowAt(healthy, broken, 'left', moment.step) : undefined;
}

/**
 * Where another act does what the broken one did in its decisive step; or, when it never comes to that, where it leaves the way of the
 * broken one.
 */
export function rowLike(acts: Acts, other: Trace, { moment }: Verdict): number | undefined {
  const { healthy, broken } = acts;
  if (!healthy || !broken || moment?.act !== 'broken') return undefined;
  const rows = align(broken, other);
  const decisive = rows.findIndex(({ left }) => left === moment.step - 1);
  const same = rows[decisive]?.right;
  const before = rows.slice(0, Math.max(0, decisive)).findLast(({ right }) => right !== undefined)?.right ?? -1;
  const step = same ?? Math.min(before + 1, other.steps.length - 1);
  return rowAt(healthy, other, 'right', step + 1);
}

function actsNamedIn(property: TraceProperty): readonly string[] {
  if ('act' in property) return [property.act, ...actsNamedIn(property.is)];
  if ('all' in property) return property.all.flatMap(actsNamedIn);
  if ('any' in property) return property.any.flatMap(actsNamedIn);
  if ('not' in property) return actsNamedIn(property.not);
  if ('same' in property) return [property.as];
  return 'differs' in property ? [property.from] : [];
}
