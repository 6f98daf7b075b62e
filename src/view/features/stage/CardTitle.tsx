import type { ReactNode } from 'react';
import styles from './EventCard.module.css';

interface CardTitleProps {
  readonly isGood: boolean;
  readonly sign: string;
  /** Seconds until the sign is shown. */
  readonly verdictAt: number;
  readonly children: ReactNode;
}

/** First line of a card: the verdict as a sign that needs no colour, and what it is about. */
export function CardTitle({ isGood, sign, verdictAt, children }: CardTitleProps) {
  return (
    <p className={styles.title}>
      <span className={styles.mark} data-good={isGood} aria-hidden="true" style={{ animationDelay: `${verdictAt}s` }}>
        {sign}
      </span>
      {children}
    </p>
  );
}
