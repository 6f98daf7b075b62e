import { useEffect, useMemo, useState } from 'react';
import type { RunSpec, Trace } from '../../engine/index.ts';
import type { Session } from '../session/session.ts';
import { formatSpec } from '../session/specText.ts';

/** A run beside the lab's: there, under way, or why there is none. */
export interface Run {
  readonly trace?: Trace;
  readonly problem?: string;
}

/** Plays a run, and plays again when another is asked for. */
export function useRun(session: Session, spec: RunSpec): Run {
  const text = formatSpec(spec);
  // Equal specs are one run, however often the object is made anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const wanted = useMemo(() => spec, [text]);
  const [run, setRun] = useState<Run & { readonly of?: RunSpec }>({});
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: Run) => {
      if (isCurrent) setRun({ ...next, of: wanted });
    };
    session.play(wanted).then(
      trace => settle({ trace }),
      (error: unknown) => settle({ problem: error instanceof Error ? error.message : 'The run did not come about.' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [session, wanted]);
  return run.of === wanted ? run : {};
}
