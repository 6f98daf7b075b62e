import { useEffect, useState } from 'react';
import type { RunSpec, Trace } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import { formatSpec } from '../../session/specText.ts';

export type RunState =
  | { readonly status: 'running' }
  | { readonly status: 'ready'; readonly trace: Trace }
  | { readonly status: 'failed'; readonly message: string };

const RUNNING: RunState = { status: 'running' };

/** Plays runs beside the lab's; each is there as soon as it is done. The states stand in the order of the specs. */
export function useRuns(session: Session, specs: readonly RunSpec[]): readonly RunState[] {
  const [done, setDone] = useState<ReadonlyMap<string, RunState>>(new Map());
  const names = specs.map(formatSpec);
  const wanted = names.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` says all of the specs; the array is another one each time.
  useEffect(() => {
    let isWanted = true;
    const keep = (name: string, state: RunState) => {
      if (isWanted) setDone(before => new Map(before).set(name, state));
    };
    for (const [index, spec] of specs.entries()) {
      const name = names[index] ?? '';
      session.play(spec).then(
        trace => keep(name, { status: 'ready', trace }),
        error => keep(name, { status: 'failed', message: messageOf(error) }),
      );
    }
    return () => {
      isWanted = false;
    };
  }, [session, wanted]);
  return names.map(name => done.get(name) ?? RUNNING);
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The run failed.';
}
