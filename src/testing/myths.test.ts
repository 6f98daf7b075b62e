import { describe, expect, it } from 'vitest';
import { EXPERIMENT_TEXTS } from '../content/experiments/all.ts';
import { FACTS } from '../content/facts.ts';
import { MYTHS, type Myth } from '../content/myths.ts';
import { EXPERIMENT_PLANS, type RunSpec, runExperiment, type Trace } from '../engine/index.ts';
import { judge } from '../scene/property.ts';
import { fillTemplate } from '../scene/template.ts';
import { runOf } from './allRuns.ts';

/** Claims of the checked notes that were found wrong or outdated, by number. */
const OUTDATED = [6, 14, 20, 30, 34, 38, 41, 95, 121, 131, 138];
const WRONG = [9, 17, 46, 69, 74, 78, 101, 104, 107, 126, 139];

const SEED = 'myths';
const planOf = (id: string | undefined) => EXPERIMENT_PLANS.find(plan => plan.id === id);

async function actsOf(id: string): Promise<Readonly<Record<string, Trace>>> {
  const plan = planOf(id);
  if (!plan) throw new Error(`there is no experiment ${id}`);
  const results = await runExperiment({ plan, seed: SEED });
  return Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace]));
}

async function proofHolds({ proof }: Myth): Promise<ReturnType<typeof judge>> {
  if (!proof) throw new Error('there is no proof');
  const { run, shows } = proof;
  if (!('act' in run)) {
    const spec: RunSpec = { ...run, seed: SEED };
    return judge(shows, { trace: (await runOf(spec)).trace });
  }
  const acts = await actsOf(run.experiment);
  const trace = acts[run.act];
  if (!trace) throw new Error(`${run.experiment} has no act ${run.act}`);
  return judge(shows, { trace, acts });
}

const refuted = (verdict: Myth['verdict']) =>
  MYTHS.filter(myth => myth.verdict === verdict)
    .flatMap(({ notes }) => notes)
    .toSorted((a, b) => a - b);

describe('the claims of the notes', () => {
  it('every outdated one is there, once', () => {
    expect(refuted('outdated')).toEqual(OUTDATED);
  });

  it('every wrong one is there, once', () => {
    expect(refuted('wrong')).toEqual(WRONG);
  });
});

describe('every myth', () => {
  it('has an id of its own', () => {
    const ids = MYTHS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^myth-[a-z0-9-]+$/);
  });

  it.each(MYTHS.map(myth => [myth.id, myth] as const))('%s is refuted by a run, or says why none can', (_, myth) => {
    const isRefuted = myth.proof !== undefined || (myth.experiment !== undefined && myth.because === undefined);
    expect(isRefuted).toBe(myth.because === undefined);
    if (myth.because !== undefined) expect(myth.because).toMatch(/^[A-Z].*\.$/);
  });

  it.each(MYTHS.map(myth => [myth.id, myth] as const))(
    '%s cites facts that are known, and its prose is whole',
    (_, myth) => {
      expect(myth.facts.length).toBeGreaterThan(0);
      expect(myth.facts.filter(id => !Object.hasOwn(FACTS, id))).toEqual([]);
      for (const text of [myth.claim, myth.right, myth.why]) {
        expect(() => fillTemplate(text, () => undefined, myth.id)).not.toThrow();
      }
      expect([myth.claim, myth.right, myth.why, myth.because].join(' ')).not.toMatch(/F-[A-Z0-9]+-\d/);
    },
  );
});

describe('the runs that refute', () => {
  const proved = MYTHS.filter(({ proof }) => proof !== undefined);
  it.each(proved.map(myth => [myth.id, myth] as const))(
    '%s: the property of its proof holds of its run',
    async (_, myth) => {
      const { holds, moment } = await proofHolds(myth);
      expect(holds).toBe(true);
      expect(moment?.step).toBeGreaterThan(0);
    },
  );

  // That its broken act shows what it is about is asserted where every experiment is played.
  const byExperiment = MYTHS.filter(({ experiment }) => experiment !== undefined);
  it.each(byExperiment.map(myth => [myth.id, myth.experiment] as const))('%s: its experiment %s is there', (_, id) => {
    expect(planOf(id)).toBeDefined();
    expect(Object.hasOwn(EXPERIMENT_TEXTS, id ?? '')).toBe(true);
  });
});
