import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Trace } from '../../../engine/index.ts';
import { type AlignedRow, align } from '../../../scene/align.ts';
import { STEP_MILLISECONDS } from '../../session/player.ts';

/** Two runs and one position in both. */
export interface Lockstep {
  readonly rows: readonly AlignedRow[];
  /** Row in which both stand, from 0. */
  readonly at: number;
  readonly isPlaying: boolean;
  /** The last move was made by the person, not by the clock. */
  readonly isByHand: boolean;
  readonly goTo: (row: number) => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly nextDifference: () => void;
  readonly previousDifference: () => void;
  readonly toggle: () => void;
}

interface Position {
  readonly rows: readonly AlignedRow[];
  readonly at: number;
  readonly isByHand: boolean;
}

interface LockstepOptions {
  readonly left: Trace;
  readonly right: Trace;
  /** Where to stand; absent: at the first difference. */
  readonly row: number | undefined;
  readonly onRow: ((row: number) => void) | undefined;
  readonly speed: number;
}

/** One player for two runs. Its clock stops at the end, by hand, and while nobody can see it. */
export function useLockstep({ left, right, row, onRow, speed }: LockstepOptions): Lockstep {
  const rows = useMemo(() => align(left, right), [left, right]);
  const [position, setPosition] = useState<Position>();
  const [isPlaying, setPlaying] = useState(false);
  const here = position?.rows === rows ? position : { rows, at: startOf(rows, row), isByHand: false };
  const { at } = here;

  // What was told to the owner of the address comes back by it, perhaps later than the next move.
  const told = useRef(new Set<number>());
  const listener = useRef(onRow);
  useEffect(() => {
    listener.current = onRow;
  }, [onRow]);
  useEffect(() => {
    if (row === undefined) return;
    const isEcho = told.current.has(row);
    // Echoes come in order, and may be left out: none of before comes any more.
    for (const each of told.current) {
      told.current.delete(each);
      if (each === row) break;
    }
    if (isEcho) return;
    setPosition({ rows, at: clamp(rows, row), isByHand: false });
  }, [rows, row]);

  const move = useCallback(
    (target: number, isByHand: boolean) => {
      const next = clamp(rows, target);
      setPosition({ rows, at: next, isByHand });
      if (!listener.current) return;
      told.current.delete(next);
      told.current.add(next);
      listener.current(next);
    },
    [rows],
  );
  const goTo = (target: number) => {
    setPlaying(false);
    move(target, true);
  };

  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      move(at + 1, false);
      if (at + 1 >= rows.length - 1) setPlaying(false);
    }, STEP_MILLISECONDS / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, at, rows, move, speed]);
  useEffect(() => {
    const onChange = () => {
      if (document.hidden) setPlaying(false);
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);

  const seek = (target: number) => {
    if (target >= 0) goTo(target);
  };
  return {
    rows,
    at,
    isPlaying,
    isByHand: here.isByHand,
    goTo,
    next: () => goTo(at + 1),
    previous: () => goTo(at - 1),
    first: () => goTo(0),
    last: () => goTo(rows.length - 1),
    nextDifference: () => seek(rows.findIndex((each, index) => index > at && !each.isSame)),
    previousDifference: () => seek(rows.findLastIndex((each, index) => index < at && !each.isSame)),
    toggle: () => {
      if (!isPlaying && at >= rows.length - 1) move(0, true);
      setPlaying(!isPlaying && rows.length > 1);
    },
  };
}

/** The row asked for, or else the first in which the two differ. */
function startOf(rows: readonly AlignedRow[], row: number | undefined): number {
  return clamp(
    rows,
    row ??
      Math.max(
        0,
        rows.findIndex(each => !each.isSame),
      ),
  );
}

function clamp(rows: readonly AlignedRow[], row: number): number {
  return Math.max(0, Math.min(rows.length - 1, Number.isFinite(row) ? Math.trunc(row) : 0));
}

/** The last step of a side, from 0, that is reached at a row; -1 before its first. */
export function stepReached(rows: readonly AlignedRow[], at: number, side: 'left' | 'right'): number {
  return rows[rows.findLastIndex((each, index) => index <= at && each[side] !== undefined)]?.[side] ?? -1;
}
