import { Popover } from '../../parts/Popover.tsx';
import type { StepGuide } from '../../session/guide.ts';
import { AFTER_ANSWER } from '../../session/spoilers.ts';
import styles from './PlayerOptions.module.css';

interface RunUntilProps {
  /** Numbers of the named stops of this run. */
  readonly stops: readonly number[];
  readonly guide: readonly StepGuide[];
  /** Number of the first step whose name would answer an open question. */
  readonly hidden: number;
  readonly onChoose: (stop: number) => void;
}

/** A menu of the named stops to play to, behind a button. */
export function RunUntil({ onChoose, ...rest }: RunUntilProps) {
  return (
    <Popover text="Run until…" panelLabel="Run until a named stop" align="end">
      {close => (
        <StopMenu
          {...rest}
          onChoose={stop => {
            close();
            onChoose(stop);
          }}
        />
      )}
    </Popover>
  );
}

/** The named stops to play to. */
export function StopMenu({ stops, guide, hidden, onChoose }: RunUntilProps) {
  return (
    <ul className={styles.menu}>
      {stops.map(stop => (
        <li key={stop}>
          <button type="button" onClick={() => onChoose(stop)}>
            <span className={styles.number}>{stop}</span> {stop < hidden ? guide[stop - 1]?.stop : AFTER_ANSWER}
          </button>
        </li>
      ))}
      {stops.length === 0 && <li>This run has no named stops.</li>}
    </ul>
  );
}
