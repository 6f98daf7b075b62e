import { useEffect, useState } from 'react';
import type { RunSpec } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import { formatSpec } from '../../session/specText.ts';
import { type AttackReading, readAttack } from './readAttack.ts';

/** Results of attacks that were tried, by object and run: who comes back finds them again. */
const known = new WeakMap<Session, Map<string, AttackReading>>();

export interface Readings {
  readonly of: (spec: RunSpec) => AttackReading | undefined;
  /** How many of the wanted ones are there. */
  readonly count: number;
  /** Present when an attack could not be run at all. */
  readonly problem: string | undefined;
}

/** Runs attacks one after another, in the order in which they are wanted, and reads how each came out. */
export function useReadings(session: Session, specs: readonly RunSpec[]): Readings {
  const [, setDone] = useState(0);
  const [failed, setFailed] = useState<{ readonly wanted: string; readonly problem: string }>();
  const results = known.get(session) ?? new Map<string, AttackReading>();
  known.set(session, results);
  const { id } = session.getState().object;
  const nameOf = (spec: RunSpec) => `${id}/${formatSpec(spec)}`;
  const wanted = specs.map(nameOf).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` says all of the specs; the array is another one each time.
  useEffect(() => {
    let isWanted = true;
    const runAll = async () => {
      for (const spec of specs) {
        if (!isWanted) return;
        if (results.has(nameOf(spec))) continue;
        const trace = await session.play(spec);
        results.set(nameOf(spec), readAttack(trace));
        if (isWanted) setDone(count => count + 1);
      }
    };
    runAll().catch((thrown: unknown) => {
      const problem =
        thrown instanceof Error && thrown.message !== '' ? thrown.message : 'The attack could not be run.';
      if (isWanted) setFailed({ wanted, problem });
    });
    return () => {
      isWanted = false;
    };
  }, [session, wanted]);
  return {
    of: spec => results.get(nameOf(spec)),
    count: specs.filter(spec => results.has(nameOf(spec))).length,
    problem: failed?.wanted === wanted ? failed.problem : undefined,
  };
}
