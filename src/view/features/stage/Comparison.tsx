import type { ComparedEvent } from '../../../engine/index.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { type AlignedLine, alignValues, countDifferences, type Run } from './alignValues.ts';
import { CardTitle } from './CardTitle.tsx';
import { linesOf } from './cardSize.ts';
import styles from './EventCard.module.css';

/** Seconds in which both values are read to their ends. */
const READING = 0.8;
const WHAT_WORDS: Readonly<Record<ComparedEvent['what'], string>> = {
  checksum: 'SHA-256 of the object',
  signature: 'Signature of the request',
  'key-md5': 'MD5 of your key',
  'key-check': 'Salted HMAC of your key',
  commitment: 'Key commitment',
  'commitment-policy': 'Commitment policy',
  'encryption-context': 'Encryption context',
  'material-description': 'Material description',
  'content-algorithm': 'Content algorithm',
  'message-header': 'Header of a message',
  'bucket-key': 'S3 Bucket Key',
  condition: 'Condition of the request',
};

/** Compared by what they mean, not letter by letter: which verdict each way. */
const VERDICTS: Partial<Record<ComparedEvent['what'], readonly [fits: string, differs: string]>> = {
  'commitment-policy': ['allowed', 'refused'],
};

interface ComparisonProps {
  readonly event: ComparedEvent;
  readonly width: number;
  /** Seconds until it begins. */
  readonly delay: number;
}

/** Two values, revealed in step with a sign for each pair; then the verdict. */
export function Comparison({ event, width, delay }: ComparisonProps) {
  const { left, right, isEqual } = event;
  const verdicts = VERDICTS[event.what];
  const { perLine, isStacked } = linesOf(event, width);
  const length = Math.max(left.text.length, right.text.length, 1);
  return (
    <>
      <CardTitle
        isGood={isEqual}
        sign={verdicts ? (isEqual ? '✓' : '✗') : isEqual ? '=' : '≠'}
        verdictAt={delay + READING}
      >
        <strong>{WHAT_WORDS[event.what]}</strong>
        <span className={styles.verdict} style={{ animationDelay: `${delay + READING}s` }}>
          {verdicts
            ? verdicts[isEqual ? 0 : 1]
            : isEqual
              ? 'equal'
              : `${countDifferences(left.text, right.text)} differ`}
        </span>
      </CardTitle>
      <VisuallyHidden>{`${left.label}: ${left.text}. ${right.label}: ${right.text}.`}</VisuallyHidden>
      <div className={styles.values} data-stacked={isStacked} aria-hidden="true">
        {alignValues(left.text, right.text, perLine).map((line, position, lines) => {
          const isLast = position === lines.length - 1;
          const size = Math.min(perLine, length - position * perLine);
          return (
            <Pair
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
              key={position}
              line={line}
              labels={[position === 0 ? left.label : '', (isStacked ? isLast : position === 0) ? right.label : '']}
              isStacked={isStacked}
              size={size}
              isByLetter={verdicts === undefined}
              start={delay + (READING * position * perLine) / length}
              seconds={(READING * size) / length}
            />
          );
        })}
      </div>
    </>
  );
}

interface PairProps {
  readonly line: AlignedLine;
  readonly labels: readonly [string, string];
  /** The second label comes below its value. */
  readonly isStacked: boolean;
  /** Characters in this line. */
  readonly size: number;
  /** Each character has its sign, and those that differ are marked. */
  readonly isByLetter: boolean;
  readonly start: number;
  readonly seconds: number;
}

function Pair({ line, labels, isStacked, size, isByLetter, start, seconds }: PairProps) {
  const characters = isByLetter ? markedCharacters : plainCharacters;
  const reading = {
    width: 'max-content',
    animationDelay: `${start}s`,
    animationDuration: `${seconds}s`,
    animationTimingFunction: `steps(${size})`,
  };
  const signs = line.left.map(run => (run.isSame ? '=' : '≠').repeat(run.text.length)).join('');
  return (
    <>
      <span className={styles.side}>{labels[0]}</span>
      <span className={styles.value} style={reading}>
        {line.left.map(characters)}
      </span>
      <span />
      <span className={styles.signs} style={reading}>
        {isByLetter && signs.padEnd(size, '≠')}
      </span>
      {!isStacked && <span className={styles.side}>{labels[1]}</span>}
      <span className={styles.value} data-second="true" style={reading}>
        {line.right.map(characters)}
      </span>
      {isStacked && <span className={styles.side}>{labels[1]}</span>}
    </>
  );
}

function markedCharacters(run: Run, position: number) {
  return run.isSame ? plainCharacters(run, position) : <mark key={`${position}${run.text}`}>{run.text}</mark>;
}

function plainCharacters(run: Run, position: number) {
  return <span key={`${position}${run.text}`}>{run.text}</span>;
}
