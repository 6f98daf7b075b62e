import type { ReactNode } from 'react';
import styles from './Segmented.module.css';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: ReactNode; readonly title?: string | undefined }[];
  readonly value: T | undefined;
  readonly onChoose: (value: T) => void;
  readonly isQuiet?: boolean;
}

/**
 * A choice of few, all in sight. Buttons rather than radio buttons, so that the arrow keys stay with the player.
 */
export function Segmented<T extends string>({ label, options, value, onChoose, isQuiet }: SegmentedProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and borders; this is a toolbar group.
    <div role="group" aria-label={label} className={isQuiet ? `${styles.group} ${styles.quiet}` : styles.group}>
      {options.map(option => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          title={option.title}
          className={styles.option}
          onClick={() => onChoose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
