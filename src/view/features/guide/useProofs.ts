import { useEffect, useRef, useState } from 'react';
import type { GuideMode, Requirement } from '../../../content/guide.ts';
import { judge } from '../../../scene/property.ts';
import type { Session } from '../../session/session.ts';
import { findActOf, trialOf } from './proofs.ts';

export interface Proofs {
  /** Runs the proof of a cell and shows it in the lab, at the step that decides. */
  readonly open: (requirement: Requirement, mode: GuideMode) => void;
  /** `requirement.mode` of the proof that is on its way. */
  readonly pending: string | undefined;
  /** Opens the experiment that the proof of a cell is an act of. */
  readonly openExperiment: (id: string) => void;
  /** Why the last one could not be shown. */
  readonly problem: string | undefined;
}

/** Opens proofs, one at a time: the latest that was asked for wins. */
export function useProofs(session: Session): Proofs {
  const [pending, setPending] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const latest = useRef(0);
  useEffect(
    () => () => {
      latest.current += 1;
    },
    [],
  );
  const open = (requirement: Requirement, mode: GuideMode) => {
    latest.current += 1;
    const mine = latest.current;
    setPending(`${requirement.id}.${mode}`);
    setProblem(undefined);
    const { spec, shows } = findActOf(requirement, mode) ?? trialOf(requirement, mode);
    session.play(spec).then(
      trace => {
        if (latest.current !== mine) return;
        setPending(undefined);
        session.showInLab(spec, judge(shows, { trace }).moment?.step ?? 1);
      },
      (thrown: unknown) => {
        if (latest.current !== mine) return;
        setPending(undefined);
        setProblem(thrown instanceof Error ? thrown.message : 'The run could not be made.');
      },
    );
  };
  const openExperiment = (id: string) => session.openWorkspace('experiments', { id });
  return { open, openExperiment, pending, problem };
}
