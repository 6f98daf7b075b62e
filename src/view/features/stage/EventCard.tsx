import type { ComparedEvent, DecidedEvent, FailedEvent, TraceEvent } from '../../../engine/index.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { type AlignedLine, alignValues, countDifferences, type Run } from './alignValues.ts';
import styles from './EventCard.module.css';
import type { LayoutName, StageLayout } from './layoutStage.ts';
import { bottom } from './rect.ts';

type CardEvent = ComparedEvent | DecidedEvent | FailedEvent;

/** The last event of the moment that needs more than a token to be seen. */
export function findCardEvent(events: readonly TraceEvent[]): CardEvent | undefined {
  return events.findLast((event): event is CardEvent =>
    ['compared', 'authorized', 'denied', 'failed', 'throttled'].includes(event.verb),
  );
}

const CARD_WIDTH: Readonly<Record<LayoutName, number>> = { wide: 404, medium: 400, narrow: 340 };

/** Widths of a character of the labels and of the values, with something to spare. */
const LABEL_CHARACTER = 6.6;
const BYTE_CHARACTER = 6.8;

/** A comparison, a gate's verdict or a failure, in the room where it happens. */
export function EventCard({ event, layout }: { readonly event: CardEvent; readonly layout: StageLayout }) {
  const room = layout.rooms[event.place];
  const home = event.place.startsWith('s3.')
    ? layout.rooms.s3
    : event.place.startsWith('kms.')
      ? layout.rooms.kms
      : room;
  if (!room || !home) return null;
  const most = CARD_WIDTH[layout.name] - (event.verb === 'compared' ? 0 : 44);
  const width = Math.min(most, layout.width - 16);
  const isTall = home.h > 150;
  const left = Math.min(Math.max(home.x + (home.w - width) / 2, 4), layout.width - width - 4);
  const place = { left, width, bottom: layout.height - bottom(home) + (isTall ? 12 : -16) };
  return (
    <div className={styles.card} style={place} data-card={event.verb} role="note">
      {event.verb === 'compared' ? (
        <Comparison event={event} width={width} />
      ) : 'decision' in event ? (
        <Gate event={event} />
      ) : (
        <Failure event={event} />
      )}
    </div>
  );
}

const WHAT_WORDS: Readonly<Record<ComparedEvent['what'], string>> = {
  checksum: 'SHA-256 of the object',
  signature: 'Signature of the request',
  'key-md5': 'MD5 of your key',
  'key-check': 'Salted HMAC of your key',
  commitment: 'Key commitment',
  'encryption-context': 'Encryption context',
};

function Comparison({ event, width }: { readonly event: ComparedEvent; readonly width: number }) {
  const { left, right, isEqual } = event;
  const labelWidth = Math.max(left.label.length, right.label.length) * LABEL_CHARACTER;
  const perLine = Math.max(8, Math.floor((width - 46 - labelWidth) / BYTE_CHARACTER));
  const differences = countDifferences(left.text, right.text);
  return (
    <>
      <p className={styles.title}>
        <Mark isGood={isEqual} sign={isEqual ? '=' : '≠'} />
        <strong>{WHAT_WORDS[event.what]}</strong>
        <span className={styles.verdict}>{isEqual ? 'equal' : `${differences} differ`}</span>
      </p>
      <VisuallyHidden>{`${left.label}: ${left.text}. ${right.label}: ${right.text}.`}</VisuallyHidden>
      <div className={styles.values} aria-hidden="true">
        {alignValues(left.text, right.text, perLine).map((line, position) => (
          <Pair
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
            key={position}
            line={line}
            labels={position === 0 ? [left.label, right.label] : ['', '']}
          />
        ))}
      </div>
    </>
  );
}

function Pair({ line, labels }: { readonly line: AlignedLine; readonly labels: readonly [string, string] }) {
  return (
    <>
      <span className={styles.side}>{labels[0]}</span>
      <span className={styles.value}>{line.left.map(characters)}</span>
      <span className={styles.side}>{labels[1]}</span>
      <span className={styles.value} data-second="true">
        {line.right.map(characters)}
      </span>
    </>
  );
}

function characters(run: Run, position: number) {
  const text = `${position}${run.text}`;
  return run.isSame ? <span key={text}>{run.text}</span> : <mark key={text}>{run.text}</mark>;
}

function Gate({ event }: { readonly event: DecidedEvent }) {
  const { decision } = event;
  return (
    <>
      <p className={styles.title}>
        <Mark isGood={decision.isAllowed} sign={decision.isAllowed ? '✓' : '✕'} />
        <strong>
          {decision.gate === 's3' ? 'S3' : 'KMS'} {decision.isAllowed ? 'allows' : 'refuses'}
        </strong>
        <code>{decision.action}</code>
      </p>
      <p className={styles.because} title={decision.because}>
        {decision.because}
      </p>
    </>
  );
}

function Failure({ event }: { readonly event: FailedEvent }) {
  return (
    <>
      <p className={styles.title}>
        <Mark isGood={false} sign="✕" />
        <strong>{event.verb === 'throttled' ? 'Too many requests' : 'Refused'}</strong>
        <code>{event.code}</code>
      </p>
      {event.message !== '' && (
        <p className={styles.because} title={event.message}>
          {event.message}
        </p>
      )}
    </>
  );
}

function Mark({ isGood, sign }: { readonly isGood: boolean; readonly sign: string }) {
  return (
    <span className={styles.mark} data-good={isGood} aria-hidden="true">
      {sign}
    </span>
  );
}
