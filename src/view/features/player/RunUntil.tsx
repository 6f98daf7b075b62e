import { Popover } from '../../parts/Popover.tsx';
import type { StepGuide } from '../../session/guide.ts';
import styles from './PlayerOptions.module.css';

interface RunUntilProps {
  /** Numbers of the named stops of this run. */
  readonly stops: readonly number[];
  readonly guide: readonly StepGuide[];
  readonly onChoose: (stop: number) => void;
}

/** A menu of the named stops to play to. */
export function RunUntil({ stops, guide, onChoose }: RunUntilProps) {
  return (
    <Popover text="Run until…" panelLabel="Run until a named stop" align="end">
      {close => (
        <ul className={styles.menu}>
          {stops.map(stop => (
            <li key={stop}>
              <button
                type="button"
                onClick={() => {
                  close();
                  onChoose(stop);
                }}
              >
                <span className={styles.number}>{stop}</span> {guide[stop - 1]?.stop}
              </button>
            </li>
          ))}
          {stops.length === 0 && <li>This run has no named stops.</li>}
        </ul>
      )}
    </Popover>
  );
}
