import { beforeAll, describe, expect, it } from 'vitest';
import { FACTS } from '../content/facts.ts';
import { type ExperimentProof, GUIDE_MODE_TEXTS, GUIDE_MODES, REQUIREMENTS } from '../content/guide.ts';
import type { Proof } from '../content/proof.ts';
import { EXPERIMENT_PLANS, MODES, type RunSpec, runExperiment, type Trace } from '../engine/index.ts';
import { proofOf, type Verdict } from '../scene/advise.ts';
import { judge } from '../scene/property.ts';
import { nameOfSpec, runOf } from './allRuns.ts';

const VERDICTS: readonly Verdict[] = ['yes', 'partly', 'no'];
const CELLS = REQUIREMENTS.flatMap(requirement =>
  GUIDE_MODES.map(mode => ({ name: `${requirement.id} × ${mode}`, requirement, mode, cell: requirement.cells[mode] })),
);

const traces = new Map<string, Trace>();
const traceOf = (spec: RunSpec) => traces.get(nameOfSpec(spec)) as Trace;
beforeAll(async () => {
  for (const { requirement, mode } of CELLS) {
    const spec = { mode, ...requirement.trial.run };
    if (!traces.has(nameOfSpec(spec))) traces.set(nameOfSpec(spec), (await runOf(spec)).trace);
  }
}, 60_000);

describe('the guide', () => {
  it.each(CELLS)('$name is what the run says, and nothing else', ({ requirement, mode, cell }) => {
    const trace = traceOf({ mode, ...requirement.trial.run });
    const held = VERDICTS.filter(verdict => judge(requirement.trial.shows[verdict], { trace }).holds);
    expect(held).toEqual([cell.meets]);
  });

  it.each(CELLS)('$name opens at a step that shows it', ({ requirement, mode, cell }) => {
    const proof: Proof = proofOf(requirement.trial, mode, cell.meets);
    const trace = traceOf({ mode, ...requirement.trial.run });
    const { moment } = judge(proof.shows, { trace });
    expect(moment?.step).toBeGreaterThanOrEqual(1);
    expect(moment?.step).toBeLessThanOrEqual(trace.steps.length);
  });

  it.each(CELLS.filter(({ cell }) => cell.proof))(
    '$name is shown by an act of an experiment too',
    async ({ cell, mode }) => {
      const { run, shows } = cell.proof as ExperimentProof;
      const plan = EXPERIMENT_PLANS.find(({ id }) => id === run.experiment);
      if (!plan) throw new Error(`no experiment ${run.experiment}`);
      const trace = (await runExperiment({ plan, seed: 'guide' }))[run.act]?.trace;
      if (!trace) throw new Error(`no act ${run.act}`);
      expect(trace.run.mode).toBe(mode);
      const { holds, moment } = judge(shows, { trace });
      expect(holds).toBe(true);
      expect(moment?.step).toBeGreaterThanOrEqual(1);
    },
  );

  it('knows every mode of today, each once', () => {
    expect([...GUIDE_MODES].sort()).toEqual(MODES.filter(mode => mode !== 'none').sort());
    expect(Object.keys(GUIDE_MODE_TEXTS).sort()).toEqual([...GUIDE_MODES].sort());
  });

  it('has requirements of different ids and labels that tell modes apart', () => {
    const ids = REQUIREMENTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(REQUIREMENTS.map(({ label }) => label)).size).toBe(ids.length);
    const idle = REQUIREMENTS.filter(({ cells }) => new Set(Object.values(cells).map(({ meets }) => meets)).size < 2);
    expect(idle).toEqual([]);
  });

  it('has words of the right shape: ids for links, short labels, whole sentences', () => {
    const wrong = REQUIREMENTS.flatMap(({ id, label, ask, meaning, cells }) => [
      ...(/^[a-z]+(-[a-z]+)*$/.test(id) ? [] : [id]),
      ...(label.length <= 32 ? [] : [label]),
      ...(/^[a-z].*\.$/.test(ask) ? [] : [ask]),
      ...[meaning, ...Object.values(cells).map(({ reason }) => reason)].filter(
        text => !/^[A-Z].{10,130}[.?]$/.test(text),
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  it('cites for each cell and each mode facts that the content knows', () => {
    const cited = [
      ...CELLS.map(({ name, cell }) => [name, cell.facts] as const),
      ...GUIDE_MODES.map(mode => [mode, GUIDE_MODE_TEXTS[mode].facts] as const),
    ];
    const wrong = cited.flatMap(([name, facts]) =>
      facts.length === 0 ? [name] : facts.filter(id => !Object.hasOwn(FACTS, id)).map(id => `${name} ${id}`),
    );
    expect(wrong).toEqual([]);
  });
});
