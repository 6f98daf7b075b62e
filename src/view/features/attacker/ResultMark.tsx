import { type AttackResult, RESULT_WORDS } from '../../../content/attacker.ts';
import styles from './ResultMark.module.css';

interface ResultMarkProps {
  /** Absent: not tried yet. */
  readonly result: AttackResult | undefined;
  /** The word for screen readers only, where columns are narrow. */
  readonly isBare?: boolean;
}

/** How an attack came out: a sign and its word, never a colour. */
export function ResultMark({ result, isBare = false }: ResultMarkProps) {
  return (
    <span className={styles.mark} data-result={result ?? 'pending'}>
      <Sign result={result} />
      <span className={isBare ? styles.hidden : undefined}>
        {result === undefined ? 'Not tried yet' : RESULT_WORDS[result]}
      </span>
    </span>
  );
}

/** A padlock open or shut; a stroke where there is nothing to lock; a dot while nobody knows. */
function Sign({ result }: Pick<ResultMarkProps, 'result'>) {
  return (
    <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true" focusable="false" className={styles.sign}>
      {result === undefined && <circle cx="9" cy="9" r="1.5" fill="currentColor" />}
      {result === 'nothing' && <path d="M5 9h8" fill="none" stroke="currentColor" strokeWidth="1.6" />}
      {(result === 'locked' || result === 'open') && (
        <>
          <rect
            x="3.5"
            y="8"
            width="11"
            height="8"
            rx="1.5"
            fill={result === 'open' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.6"
          />
          <path
            d={result === 'open' ? 'M10.5 8V4.6a3 3 0 0 1 6 0V6' : 'M6 8V5.4a3 3 0 0 1 6 0V8'}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          />
        </>
      )}
    </svg>
  );
}
