import type { Verdict } from '../../../content/guide.ts';
import styles from './VerdictMark.module.css';
import { VERDICT_WORDS } from './words.ts';

interface VerdictMarkProps {
  readonly meets: Verdict;
  /** Without its word, where the sentence beside it says the same. */
  readonly isBare?: boolean;
}

/** Yes, in part or no: a sign and its word. */
export function VerdictMark({ meets, isBare = false }: VerdictMarkProps) {
  const { sign, word } = VERDICT_WORDS[meets];
  return (
    <span className={styles.verdict} data-meets={meets}>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      <span className={isBare ? styles.hidden : undefined}>{word}</span>
    </span>
  );
}
