import type { Artifact } from '../../../engine/index.ts';
import styles from './LogList.module.css';
import type { Rect } from './rect.ts';

interface LogListProps {
  readonly records: readonly Artifact[];
  readonly newIds: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly box: Rect;
  readonly onSelect: (id: string) => void;
}

/** The names of what CloudTrail has written down. */
export function LogList({ records, newIds, selected, box, onSelect }: LogListProps) {
  return (
    <ul className={styles.log} style={{ left: box.x, top: box.y, width: box.w, maxHeight: box.h }}>
      {records.map(record => (
        <li key={record.id}>
          <button
            type="button"
            className={styles.line}
            data-new={newIds.has(record.id)}
            aria-pressed={selected === record.id}
            aria-label={`${record.name}, log record, in CloudTrail`}
            onClick={() => onSelect(record.id)}
          >
            {record.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
