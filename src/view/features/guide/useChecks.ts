import { useEffect, useRef, useState } from 'react';
import type { Session } from '../../session/session.ts';
import { CELL_COUNT, type Checks, checkCells } from './checkCells.ts';

export interface CheckState {
  readonly checks: Checks;
  readonly isRunning: boolean;
  /** How far it is, or how it ended; empty before the first time. */
  readonly message: string;
  /** The same for screen readers: only the beginning and the end. */
  readonly announcement: string;
  readonly start: () => void;
  readonly stop: () => void;
}

/** What was checked stays checked while the page is open: whoever comes back from the lab finds it so. */
const remembered = new WeakMap<Session, Checks>();

/** Runs the proofs of all cells. */
export function useChecks(session: Session): CheckState {
  const [checks, setChecks] = useState<Checks>(() => remembered.get(session) ?? {});
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const latest = useRef(0);
  const stop = () => {
    latest.current += 1;
    setRunning(false);
  };
  useEffect(
    () => () => {
      latest.current += 1;
    },
    [],
  );
  const start = () => {
    latest.current += 1;
    const mine = latest.current;
    const isWanted = () => latest.current === mine;
    let found: Checks = {};
    setChecks(found);
    setRunning(true);
    setProblem(undefined);
    const tell = (id: string, check: Checks[string]) => {
      found = { ...found, ...(check ? { [id]: check } : {}) };
      remembered.set(session, found);
      setChecks(found);
    };
    checkCells(session, tell, isWanted).then(
      () => isWanted() && setRunning(false),
      (thrown: unknown) => {
        if (!isWanted()) return;
        setRunning(false);
        setProblem(thrown instanceof Error ? thrown.message : 'A run could not be made.');
      },
    );
  };
  const done = Object.keys(checks).length;
  const held = Object.values(checks).filter(check => check === 'holds').length;
  const ended = problem ?? (done === CELL_COUNT ? `${held} of ${CELL_COUNT} hold.` : '');
  const paused = done > 0 ? `Stopped: ${held} of ${done} checked so far hold.` : '';
  return {
    checks,
    isRunning,
    message: isRunning ? `${done} of ${CELL_COUNT}` : ended || paused,
    announcement: isRunning ? 'Checking every cell.' : ended || paused,
    start,
    stop,
  };
}
