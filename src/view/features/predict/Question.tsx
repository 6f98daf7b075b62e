import { useEffect, useId, useRef } from 'react';
import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import styles from './Predict.module.css';

/** Stops the run before a decisive step and asks what comes. Takes the focus and gives it back; never times out. */
export function Question({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const question = useStore(session, state => state.predictions.find(({ id }) => id === state.asking));
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const askedId = question?.id;
  useEffect(() => {
    if (askedId === undefined) return;
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    heading.current?.parentElement?.scrollIntoView({ block: 'nearest' });
    return () => {
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
    };
  }, [askedId]);
  if (!trace || !question) return null;
  return (
    <section className={styles.card} aria-labelledby={headingId}>
      <div className={styles.eyebrow}>
        <span>What do you think?</span>
        <button type="button" className={styles.skip} onClick={session.actions.skipQuestion}>
          Skip this question
        </button>
      </div>
      <h2 ref={heading} id={headingId} tabIndex={-1} className={styles.question}>
        <SegmentText segments={question.question} artifacts={trace.artifacts} />
      </h2>
      <ul className={styles.options}>
        {question.options.map((option, index) => (
          <li key={option.id}>
            <button type="button" className={styles.option} onClick={() => session.actions.answer(option.id)}>
              <span className={styles.digit} aria-hidden="true">
                {index + 1}
              </span>
              <span>
                <SegmentText segments={option.text} artifacts={trace.artifacts} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
