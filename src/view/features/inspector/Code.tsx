import { useState } from 'react';
import { copyText } from '../../parts/copyText.ts';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import styles from './Inspector.module.css';

const WORDS = { none: 'Copy', copied: 'Copied', failed: 'Not copied' } as const;

interface CodeProps {
  /** What it is, in words, for the accessible name: `AWS CLI command`. */
  readonly what: string;
  readonly text: string;
}

/** Text to be typed or saved elsewhere; `isUnbroken` where the line ends belong to the text. */
export function Code({ what, text, isUnbroken }: CodeProps & { readonly isUnbroken?: boolean }) {
  return (
    <section aria-label={what}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <pre className={isUnbroken ? `${styles.code} ${styles.unbroken}` : styles.code} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

/** Copies and says so, in sight and aloud: a name that changes under the focus is not read by every screen reader. */
export function Copy({ what, text }: CodeProps) {
  const [outcome, setOutcome] = useState<keyof typeof WORDS>('none');
  return (
    <>
      <button
        type="button"
        className={styles.copy}
        aria-label={`${WORDS[outcome]}: ${what}`}
        onClick={() => void copyText(text).then(isDone => setOutcome(isDone ? 'copied' : 'failed'))}
        onBlur={() => setOutcome('none')}
      >
        {WORDS[outcome]}
      </button>
      <LiveRegion message={outcome === 'none' ? '' : `${WORDS[outcome]}: ${what}`} />
    </>
  );
}

/** One line of text with its copy button. */
export function CodeLine({ what, text }: CodeProps) {
  return (
    <div className={styles.line}>
      <Code what={what} text={text} />
      <Copy key={text} what={what} text={text} />
    </div>
  );
}
