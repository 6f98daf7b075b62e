import type { DecidedEvent } from '../../../engine/index.ts';
import { CardTitle } from './CardTitle.tsx';
import { isWideCard } from './cardSize.ts';
import styles from './EventCard.module.css';
import { gateSentence, ticksOf } from './gateWords.ts';

const SIGNS = { allows: '✓', denies: '✕', passes: '–' } as const;
/** Seconds from one statement to the next. */
const TICK = 0.16;

interface GateCardProps {
  readonly event: DecidedEvent;
  /** Of the card. */
  readonly width: number;
  /** Seconds until the first statement. */
  readonly delay: number;
}

/** A gate: the statements that were looked at, one after another, then the verdict and why. */
export function GateCard({ event, width, delay }: GateCardProps) {
  const { decision } = event;
  const policies = ticksOf(decision);
  const verdictAt = delay + 0.1 + decision.statements.length * TICK;
  let count = 0;
  const ticks = policies.length > 0 && (
    <span className={styles.ticks} data-inline={isWideCard(width)} aria-hidden="true">
      {policies.map(it => (
        <span key={it.policy} className={styles.policy}>
          {it.policy}
          {it.ticks.map(({ verdict, because }) => {
            const position = count++;
            return (
              <span
                key={position}
                className={styles.tick}
                data-verdict={verdict}
                title={because}
                style={{ animationDelay: `${delay + 0.1 + position * TICK}s` }}
              >
                {SIGNS[verdict]}
              </span>
            );
          })}
        </span>
      ))}
    </span>
  );
  return (
    <>
      <CardTitle isGood={decision.isAllowed} sign={decision.isAllowed ? '✓' : '✕'} verdictAt={verdictAt}>
        <strong>
          {decision.gate === 's3' ? 'S3' : 'KMS'} {decision.isAllowed ? 'allows' : 'refuses'}
        </strong>
        <code>{decision.action}</code>
        {isWideCard(width) && ticks}
      </CardTitle>
      {!isWideCard(width) && ticks}
      <p className={styles.because} title={decision.because} style={{ animationDelay: `${verdictAt}s` }}>
        {gateSentence(decision)}
      </p>
    </>
  );
}
