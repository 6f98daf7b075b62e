import type { Trace } from '../../../engine/index.ts';
import type { AlignedRow } from '../../../scene/align.ts';
import type { StepGuide } from '../../session/guide.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { rowState } from './differenceWords.ts';
import styles from './RowList.module.css';

interface RowListProps {
  readonly rows: readonly AlignedRow[];
  readonly at: number;
  readonly labels: { readonly left: string; readonly right: string };
  readonly words: { readonly left: readonly StepGuide[]; readonly right: readonly StepGuide[] };
  readonly artifacts: { readonly left: Trace['artifacts']; readonly right: Trace['artifacts'] };
  /** How many went to KMS. */
  readonly requests: { readonly left: number; readonly right: number };
  readonly onChoose: (row: number) => void;
}

/** All steps of both runs, those that do the same in one row; a press goes there. */
export function RowList({ rows, at, labels, words, artifacts, requests, onChoose }: RowListProps) {
  const differing = rows.filter(row => !row.isSame).length;
  return (
    <nav className={styles.rows} aria-label="Steps of both runs">
      <h3 className={styles.heading}>
        {rows.length} rows, {differing} of them {differing === 1 ? 'differs' : 'differ'}. Requests to KMS:{' '}
        {requests.left} in “{labels.left}”, {requests.right} in “{labels.right}”.
      </h3>
      <div className={styles.labels} aria-hidden="true">
        <span>{labels.left}</span>
        <span>{labels.right}</span>
      </div>
      <ol className={styles.list}>
        {rows.map((row, index) => (
          // A row is its position: the alignment never changes in part.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <button
              type="button"
              className={styles.row}
              data-same={row.isSame}
              aria-current={index === at ? 'step' : undefined}
              onClick={() => onChoose(index)}
            >
              <Title step={row.left} words={words.left} artifacts={artifacts.left} />
              <span className={styles.state}>
                <span aria-hidden="true">{row.isSame ? '=' : '≠'}</span>
                {row.isSame ? (
                  <VisuallyHidden>, {rowState(row, labels)}, </VisuallyHidden>
                ) : (
                  <span className={styles.word}>
                    <VisuallyHidden>, </VisuallyHidden>
                    {rowState(row, labels)}
                    <VisuallyHidden>, </VisuallyHidden>
                  </span>
                )}
              </span>
              <Title step={row.right} words={words.right} artifacts={artifacts.right} isRight />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface TitleProps {
  readonly step: number | undefined;
  readonly words: readonly StepGuide[];
  readonly artifacts: Trace['artifacts'];
  readonly isRight?: boolean;
}

function Title({ step, words, artifacts, isRight = false }: TitleProps) {
  const className = isRight ? `${styles.title} ${styles.right}` : styles.title;
  if (step === undefined) {
    return (
      <span className={className}>
        <span className={styles.none} aria-hidden="true">
          –
        </span>
      </span>
    );
  }
  return (
    <span className={className}>
      <span className={styles.number}>{step + 1}</span>
      <span className={styles.text}>
        <VisuallyHidden> </VisuallyHidden>
        <SegmentText segments={words[step]?.title ?? []} artifacts={artifacts} />
      </span>
    </span>
  );
}
