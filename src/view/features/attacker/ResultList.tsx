import { findLesson } from '../../../content/attacker.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { MODES, type Mode } from '../../../engine/index.ts';
import type { AttackChoice } from './attackParams.ts';
import styles from './ResultList.module.css';
import { ResultMark } from './ResultMark.tsx';
import type { AttackReading } from './readAttack.ts';

interface ResultListProps {
  readonly choice: AttackChoice;
  readonly readingOf: (mode: Mode) => AttackReading | undefined;
  readonly onChoose: (mode: Mode) => void;
}

/** Every mode: whether it opens, and what there is to learn from that. A press puts its attack on the stage. */
export function ResultList({ choice, readingOf, onChoose }: ResultListProps) {
  return (
    <ul className={styles.list}>
      {MODES.map(mode => {
        const reading = readingOf(mode);
        const lesson = reading && findLesson({ ...choice, way: reading.way, mode });
        const isChosen = mode === choice.mode;
        return (
          <li key={mode} className={styles.row} data-chosen={isChosen} data-result={reading?.result}>
            <button type="button" aria-pressed={isChosen} className={styles.mode} onClick={() => onChoose(mode)}>
              {MODE_TEXTS[mode].label}
            </button>
            <ResultMark result={reading?.result} />
            <span className={styles.lesson}>{lesson?.text}</span>
          </li>
        );
      })}
    </ul>
  );
}
