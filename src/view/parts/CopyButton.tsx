import { useState } from 'react';
import styles from './CopyButton.module.css';
import { copyText } from './copyText.ts';

interface CopyButtonProps {
  /** What is copied, in words, for the accessible name: `request`. */
  readonly what: string;
  readonly text: string;
}

/** Copies a text and says whether that worked. */
export function CopyButton({ what, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const words = { none: 'Copy', copied: 'Copied', failed: 'Not copied' }[outcome];
  return (
    <button
      type="button"
      className={styles.copy}
      aria-label={`${words}: ${what}`}
      onClick={() => void copyText(text).then(isDone => setOutcome(isDone ? 'copied' : 'failed'))}
      onBlur={() => setOutcome('none')}
    >
      {words}
    </button>
  );
}
