import type { Artifact } from '../../../engine/index.ts';
import styles from './LogLine.module.css';
import type { Rect } from './rect.ts';
import type { RovingProps } from './useRoving.ts';

interface LogLineProps {
  readonly record: Artifact;
  /** From the room's corner. */
  readonly box: Rect;
  readonly isNew: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly roving: RovingProps;
}

/** One record of CloudTrail, by its name. */
export function LogLine({ record, box, isNew, isSelected, onSelect, roving }: LogLineProps) {
  return (
    <button
      type="button"
      className={styles.line}
      style={{ left: box.x, top: box.y, maxWidth: box.w }}
      data-new={isNew}
      aria-pressed={isSelected}
      aria-label={`${record.name}, log record, in CloudTrail${isNew ? ', new in this step' : ''}`}
      title={record.name}
      onClick={onSelect}
      {...roving}
    >
      {record.name}
    </button>
  );
}
