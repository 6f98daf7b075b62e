import { describe, expect, it } from 'vitest';
import { EXPERIMENT_TEXTS } from '../content/experiments/all.ts';
import { FACTS } from '../content/facts.ts';
import { EXPERIMENT_PLANS, runExperiment, type Trace } from '../engine/index.ts';
import { judge } from '../scene/property.ts';

const played = new Map<string, Promise<Readonly<Record<string, Trace>>>>();
/** Every experiment is played once for all the claims about it. */
function tracesOf(id: string): Promise<Readonly<Record<string, Trace>>> {
  const known = played.get(id);
  if (known) return known;
  const plan = EXPERIMENT_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  const traces = runExperiment({ plan, seed: 'experiments' }).then(results =>
    Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace])),
  );
  played.set(id, traces);
  return traces;
}
const get = (acts: Readonly<Record<string, Trace>>, name: string): Trace => {
  const trace = acts[name];
  if (!trace) throw new Error(`no act ${name}`);
  return trace;
};

describe.each(EXPERIMENT_PLANS.map(plan => [plan.id, plan] as const))('experiment %s', (id, plan) => {
  it('shows in the broken run what the healthy run does not have', async () => {
    const acts = await tracesOf(id);
    const broken = judge(plan.shows, { trace: get(acts, 'broken'), acts });
    expect(broken.holds).toBe(true);
    expect(judge(plan.shows, { trace: get(acts, 'healthy'), acts }).holds).toBe(false);
  });

  it('has exactly one option that comes true', async () => {
    const acts = await tracesOf(id);
    const trace = get(acts, 'broken');
    const right = Object.entries(plan.options).filter(([, property]) => judge(property, { trace, acts }).holds);
    expect(right.map(([option]) => option)).toHaveLength(1);
    const text = EXPERIMENT_TEXTS[id];
    // The wrong ones are refuted, the right one is not.
    const unrefuted = Object.entries(text?.options ?? {}).filter(([, { refutes }]) => refutes === undefined);
    expect(unrefuted.map(([option]) => option)).toEqual(right.map(([option]) => option));
  });

  it('goes well when nothing is wrong, and when it is mended', async () => {
    const acts = await tracesOf(id);
    expect(get(acts, 'healthy').outcome).toMatchObject({ isOk: true });
    const { fixed } = acts;
    if (!fixed) return;
    expect(judge(plan.shows, { trace: fixed, acts }).holds).toBe(false);
    // What went through and should not is refused; what was refused goes through.
    if (!get(acts, 'broken').outcome.isOk) expect(fixed.outcome).toMatchObject({ isOk: true });
  });

  it('has words for all of it, with sources that exist', () => {
    const text = EXPERIMENT_TEXTS[id];
    if (!text) throw new Error(`no words for ${id}`);
    expect(Object.keys(text.options).sort()).toEqual(Object.keys(plan.options).sort());
    expect(Object.keys(text.options).length).toBeGreaterThanOrEqual(3);
    expect(text.title.length).toBeLessThanOrEqual(44);
    expect(text.facts.filter(fact => !(fact in FACTS))).toEqual([]);
    expect(text.facts.length).toBeGreaterThan(0);
    expect(text.topics.length).toBeGreaterThan(0);
    const hasFix = plan.acts.some(({ name }) => name === 'fixed');
    expect([text.fix !== undefined, text.fixed !== undefined]).toEqual([hasFix, hasFix]);
  });
});

describe('the experiments', () => {
  it('have ids of their own, and words for nothing else', () => {
    const ids = EXPERIMENT_PLANS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(EXPERIMENT_TEXTS).sort()).toEqual([...ids].sort());
  });

  it('do not have the right answer in the same position always', async () => {
    const positions = await Promise.all(
      EXPERIMENT_PLANS.map(async ({ id, options }) => {
        const acts = await tracesOf(id);
        const names = Object.keys(EXPERIMENT_TEXTS[id]?.options ?? {});
        return names.findIndex(name => {
          const property = options[name];
          return property !== undefined && judge(property, { trace: get(acts, 'broken'), acts }).holds;
        });
      }),
    );
    for (const position of [0, 1, 2]) {
      const share = positions.filter(one => one === position).length / positions.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.55);
    }
  });
});
