import type { FailedEvent } from '../../../engine/index.ts';
import { CardTitle } from './CardTitle.tsx';
import { Comparison } from './Comparison.tsx';
import type { CardEvent } from './cardSize.ts';
import styles from './EventCard.module.css';
import { GateCard } from './GateCard.tsx';
import type { Rect } from './rect.ts';

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
