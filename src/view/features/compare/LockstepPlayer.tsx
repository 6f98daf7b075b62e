import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { ariaKeys } from '../../session/bindings.ts';
import { NextIcon, PauseIcon, PlayIcon, PreviousIcon } from '../../ui/playIcons.tsx';
import { DifferenceIcon, EndIcon } from './icons.tsx';
import styles from './LockstepPlayer.module.css';
import type { Lockstep } from './useLockstep.ts';

interface LockstepPlayerProps {
  readonly lockstep: Lockstep;
  /** What the slider says of the row it stands at. */
  readonly valueText: string;
  readonly hasKeys: boolean;
}

/** One player for both runs: rows instead of steps, and jumps between the rows that differ. */
export function LockstepPlayer({ lockstep, valueText, hasKeys }: LockstepPlayerProps) {
  const { rows, at, isPlaying } = lockstep;
  const isFirst = at <= 0;
  const isLast = at >= rows.length - 1;
  const hasNext = rows.some((row, index) => index > at && !row.isSame);
  const hasPrevious = rows.some((row, index) => index < at && !row.isSame);
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useSemanticElements: a labelled group of buttons, not form fields. */}
      <div role="group" aria-label="Player of both runs" className={styles.buttons}>
        <Round label="First row" keys={ariaKeys('first', hasKeys)} isOff={isFirst} onPress={lockstep.first}>
          <EndIcon isTurned />
        </Round>
        <Round label="Previous row" keys={ariaKeys('previous', hasKeys)} isOff={isFirst} onPress={lockstep.previous}>
          <PreviousIcon />
        </Round>
        <Round
          label={isPlaying ? 'Pause' : 'Play'}
          keys={ariaKeys('toggle', hasKeys)}
          isOff={rows.length < 2}
          isMain
          onPress={lockstep.toggle}
        >
          {isPlaying ? <PauseIcon /> : <PlayIcon />}
        </Round>
        <Round label="Next row" keys={ariaKeys('next', hasKeys)} isOff={isLast} onPress={lockstep.next}>
          <NextIcon />
        </Round>
        <Round label="Last row" keys={ariaKeys('last', hasKeys)} isOff={isLast} onPress={lockstep.last}>
          <EndIcon />
        </Round>
      </div>
      <Rail lockstep={lockstep} valueText={valueText} />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="group" aria-label="Differences" className={styles.jumps}>
        <button
          type="button"
          className={styles.jump}
          aria-keyshortcuts={ariaKeys('previousStop', hasKeys)}
          aria-disabled={!hasPrevious}
          onClick={lockstep.previousDifference}
        >
          <DifferenceIcon isTurned />
          <JumpWords before="Previous " />
        </button>
        <button
          type="button"
          className={styles.jump}
          aria-keyshortcuts={ariaKeys('nextStop', hasKeys)}
          aria-disabled={!hasNext}
          onClick={lockstep.nextDifference}
        >
          <JumpWords before="Next " />
          <DifferenceIcon />
        </button>
      </div>
    </div>
  );
}

/** Where room is short the sign stands for the words. */
function JumpWords({ before }: { readonly before: string }) {
  return (
    <>
      <span className={styles.words}>{before}difference</span>
      <span className={styles.sign} aria-hidden="true">
        ≠
      </span>
    </>
  );
}

interface RoundProps {
  readonly label: string;
  readonly keys: string | undefined;
  readonly isOff: boolean;
  readonly isMain?: boolean;
  readonly onPress: () => void;
  readonly children: React.ReactNode;
}

function Round({ label, keys, isOff, isMain, onPress, children }: RoundProps) {
  return (
    <button
      type="button"
      className={isMain ? `${styles.round} ${styles.main}` : styles.round}
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-disabled={isOff}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/** Slider over the rows (APG media seek pattern); a mark below the line stands for each row that differs. */
function Rail({ lockstep, valueText }: Pick<LockstepPlayerProps, 'lockstep' | 'valueText'>) {
  const { rows, at, goTo } = lockstep;
  const rail = useRef<HTMLDivElement>(null);
  const share = (row: number) => (rows.length > 1 ? row / (rows.length - 1) : 0);
  const seek = (clientX: number) => {
    const box = rail.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const target = Math.round(Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * (rows.length - 1));
    if (target !== at) goTo(target);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    seek(event.clientX);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event.clientX);
  };
  // Left and right, Home and End reach the pair itself; a slider has these two besides.
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowUp: lockstep.next, ArrowDown: lockstep.previous }[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  return (
    <div className={styles.scrub}>
      <div
        ref={rail}
        className={styles.rail}
        role="slider"
        tabIndex={0}
        aria-label="Rows"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, rows.length)}
        aria-valuenow={at + 1}
        aria-valuetext={valueText}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <div className={styles.line} />
        <div className={styles.done} style={{ width: `${share(at) * 100}%` }} />
        {rows.map(
          (row, index) =>
            !row.isSame && (
              // A row is its position: the alignment never changes in part.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <span key={index} className={styles.mark} style={{ left: `${share(index) * 100}%` }} />
            ),
        )}
        <div className={styles.knob} style={{ left: `${share(at) * 100}%` }} />
      </div>
    </div>
  );
}
