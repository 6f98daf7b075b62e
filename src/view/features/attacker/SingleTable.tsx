import { LEAK_TEXTS } from '../../../content/attacker.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { LEAKS, type Leak, MODES, type Mode } from '../../../engine/index.ts';
import { ResultMark } from './ResultMark.tsx';
import type { AttackReading } from './readAttack.ts';
import styles from './SingleTable.module.css';

interface SingleTableProps {
  readonly readingOf: (mode: Mode, leak: Leak) => AttackReading | undefined;
  readonly onChoose: (mode: Mode, leak: Leak) => void;
}

/** Each leak alone, in every mode. */
export function SingleTable({ readingOf, onChoose }: SingleTableProps) {
  return (
    <>
      <p className={styles.legend}>
        {(['open', 'locked', 'nothing'] as const).map(result => (
          <span key={result}>
            <ResultMark result={result} />
          </span>
        ))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label="Each leak alone, in every mode">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Mode</th>
              {LEAKS.map(leak => (
                <th key={leak} scope="col">
                  {LEAK_TEXTS[leak].short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MODES.map(mode => (
              <tr key={mode}>
                <th scope="row">{MODE_TEXTS[mode].label}</th>
                {LEAKS.map(leak => {
                  const result = readingOf(mode, leak)?.result;
                  return (
                    <td key={leak}>
                      <button type="button" className={styles.cell} onClick={() => onChoose(mode, leak)}>
                        <ResultMark result={result} isBare />
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
