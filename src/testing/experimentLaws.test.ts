import { describe, expect, it } from 'vitest';
import { EXPERIMENT_PLANS, playExperiment, type RunResult, runExperiment } from '../engine/index.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { toldBy, truthOf } from './completeness.ts';
import { findLeaks, openPlacesOf, type Secret, secretsAmong } from './leaks.ts';

type Told = Pick<RunResult, 'trace' | 'downloaded'>;
const storyOf = ({ trace: { steps, outcome } }: Told) => ({
  steps: steps.map(({ name }) => name),
  status: outcome.status,
  code: outcome.code,
});

describe.each(EXPERIMENT_PLANS.map(plan => [plan.id, plan] as const))('every act of experiment %s', (_id, plan) => {
  /** As it was played for the laws, with a seed of its own. */
  let stories: unknown[] = [];

  it('is complete, conserved and secret', async () => {
    const known = new Map<string, Secret>();
    let count = 0;
    for await (const { name, result } of playExperiment({ plan, seed: 'laws' })) {
      count++;
      const { trace, world } = result;
      stories = [...stories, storyOf(result)];
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

  it('is the same byte for byte with the same seed, and the same story with another', async () => {
    const play = async (): Promise<Told[]> =>
      Object.values(await runExperiment({ plan, seed: 'one' })).map(({ trace, downloaded }) => ({
        trace,
        ...(downloaded ? { downloaded } : {}),
      }));
    const [one, again] = [await play(), await play()];
    // RSA pairs are drawn by the platform.
    if (plan.mode !== 'cse-rsa') expect(JSON.stringify(again)).toBe(JSON.stringify(one));
    expect(again.map(storyOf)).toEqual(one.map(storyOf));
    expect(stories).toEqual(one.map(storyOf));
  });
});
