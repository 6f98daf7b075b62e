import type { ComparedEvent, DecidedEvent, FailedEvent, TraceEvent } from '../../../engine/index.ts';
import { CardTitle } from './CardTitle.tsx';
import { Comparison, comparisonHeight } from './Comparison.tsx';
import styles from './EventCard.module.css';
import { GateCard, isWideCard } from './GateCard.tsx';
import { gateSentence } from './gateWords.ts';
import type { Rect } from './rect.ts';
import { isCardVerb } from './schedule.ts';

export type CardEvent = ComparedEvent | DecidedEvent | FailedEvent;

/** The last event of the moment that needs more than a token to be seen. */
export function findCardEvent(events: readonly TraceEvent[]): CardEvent | undefined {
  return events.findLast((event): event is CardEvent => isCardVerb(event.verb));
}

/** How tall a card is at most when it is so wide; `undefined` when that is too slim for it. */
export function cardHeight(event: CardEvent, width: number): number | undefined {
  if (event.verb === 'compared') return width < 300 ? undefined : comparisonHeight(event, width);
  if (width < 180) return undefined;
  const text = 'decision' in event ? gateSentence(event.decision) : event.message;
  const name = 'decision' in event ? `KMS refuses ${event.decision.action}` : `Too many requests ${event.code}`;
  const titleLines = Math.ceil((name.length * 8) / (width - 64));
  const textLines = text === '' ? 0 : Math.min(3, Math.ceil((text.length * 6.9) / (width - 64)));
  const policies = 'decision' in event ? new Set(event.decision.statements.map(it => it.policy)).size : 0;
  const isInline = isWideCard(width);
  const tickLines = isInline || policies === 0 ? 0 : Math.ceil((policies * 155) / (width - 64));
  return 29 + titleLines * 25 + tickLines * 22 + textLines * 17;
}

interface EventCardProps {
  readonly event: CardEvent;
  readonly box: Rect;
  /** Seconds until it is shown. */
  readonly delay: number;
  readonly isMotionOff: boolean;
}

/** A comparison, a gate's verdict or a failure. */
export function EventCard({ event, box, delay, isMotionOff }: EventCardProps) {
  const place = { left: box.x, top: box.y, width: box.w, animationDelay: `${delay}s` };
  return (
    <div className={styles.card} style={place} data-card={event.verb} data-moving={!isMotionOff} role="note">
      {event.verb === 'compared' ? (
        <Comparison event={event} width={box.w} delay={delay + 0.15} />
      ) : 'decision' in event ? (
        <GateCard event={event} width={box.w} delay={delay + 0.1} />
      ) : (
        <Failure event={event} />
      )}
    </div>
  );
}

function Failure({ event }: { readonly event: FailedEvent }) {
  return (
    <>
      <CardTitle isGood={false} sign="✕" verdictAt={0}>
        <strong>{event.verb === 'throttled' ? 'Too many requests' : 'Refused'}</strong>
        <code>{event.code}</code>
      </CardTitle>
      {event.message !== '' && (
        <p className={styles.because} title={event.message}>
          {event.message}
        </p>
      )}
    </>
  );
}
