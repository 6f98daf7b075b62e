import { describe, expect, it } from 'vitest';
import { EXPERIMENT_PLANS, playExperiment } from '../engine/index.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { toldBy, truthOf } from './completeness.ts';
import { findLeaks, openPlacesOf, type Secret, secretsAmong } from './leaks.ts';

describe.each(EXPERIMENT_PLANS.map(plan => [plan.id, plan] as const))('every act of experiment %s', (_id, plan) => {
  it('is complete, conserved and secret', async () => {
    const known = new Map<string, Secret>();
    let count = 0;
    for await (const { name, result } of playExperiment({ plan, seed: 'laws' })) {
      count++;
      const { trace, world } = result;
      // An act of a lesson: its world is cleared by the time that it is handed out; its laws are tested with the lessons.
      if (trace.run.lesson) continue;
      expect(toldBy(result), name).toEqual(truthOf(result));
      expect(checkConserved(trace), name).toEqual([]);
      // What was stored before 2023 lies readable on the disks, whatever is asked for later.
      const judged = plan.world?.isBefore2023 ? { ...trace, run: { ...trace.run, mode: 'none' as const } } : trace;
      expect(checkSecret(judged), name).toEqual([]);
      for (const secret of secretsAmong(Object.values(trace.artifacts))) known.set(secret.id, secret);
      const leaks = findLeaks([...known.values()], openPlacesOf(world, trace.run.transport), judged.run.mode);
      expect(leaks, name).toEqual([]);
    }
    expect(count).toBe(plan.acts.length);
  });

  it('says the same with the same seed, and the same story with another', async () => {
    const tell = async (seed: string) => {
      const told = [];
      for await (const { name, result } of playExperiment({ plan, seed })) {
        const { trace } = result;
        told.push({
          name,
          steps: trace.steps.map(step => step.name),
          status: trace.outcome.status,
          code: trace.outcome.code,
        });
      }
      return told;
    };
    expect(await tell('one')).toEqual(await tell('another'));
  });
});
