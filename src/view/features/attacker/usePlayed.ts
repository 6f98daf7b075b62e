import { useEffect, useState } from 'react';
import type { RunSpec, Trace } from '../../../engine/index.ts';
import type { StepGuide } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { formatSpec } from '../../session/specText.ts';

/** A run and the words for its steps. */
export interface Played {
  readonly trace: Trace;
  readonly words: readonly StepGuide[];
}

/** A run beside the lab's, with its words; the former one until it is there. `undefined` also when it failed. */
export function usePlayed(session: Session, spec: RunSpec | undefined): Played | undefined {
  const [played, setPlayed] = useState<Played & { readonly name: string }>();
  const name = spec === undefined ? '' : formatSpec(spec);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says all of the spec; the object is another one each time.
  useEffect(() => {
    if (!spec) return;
    let isWanted = true;
    const fetch = async () => {
      const trace = await session.play(spec);
      const bare = trace.steps.map(step => ({ title: [{ code: step.name }], say: [{ code: step.name }] }));
      const words = await session.wordsFor(trace).catch(() => bare);
      if (isWanted) setPlayed({ trace, words, name });
    };
    // What fails is told beside the results, which need the same runs.
    fetch().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [session, name]);
  return spec === undefined ? undefined : played;
}
