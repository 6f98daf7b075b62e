import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { stepAtEvents } from '../../../scene/fold.ts';
import { plainText } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { AFTER_ANSWER, hiddenFrom } from '../../session/spoilers.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { listSteps } from './listSteps.ts';
import styles from './StepList.module.css';

/** All steps of the run in order; a press jumps. On narrow pages the list folds away behind its heading. */
export function StepList({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const step = useStore(session, state => (state.trace ? stepAtEvents(state.trace, state.events) : 0));
  const hidden = useStore(session, hiddenFrom);
  const [isOpen, setOpen] = useState(false);
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step > 0) scrollWithin(current.current);
  }, [step]);
  if (!trace) return <nav className={styles.steps} aria-label="Steps" />;
  const now = guide[step - 1];
  return (
    <nav className={styles.steps} aria-label="Steps">
      <h2 className={styles.heading}>{guide.length} steps</h2>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls="step-list"
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles.foldCount}>
          {step} of {guide.length}
        </span>
        <span className={styles.foldTitle}>
          {now ? plainText(now.title, trace.artifacts) : 'Before the first step'}
        </span>
      </button>
      <ol id="step-list" className={isOpen ? `${styles.list} ${styles.open}` : styles.list}>
        {listSteps(guide, hidden).map(({ number, title, isStop, isHidden }) => {
          const state = number < step ? 'done' : number === step ? 'now' : 'ahead';
          return (
            <li key={number}>
              <button
                ref={state === 'now' ? current : undefined}
                type="button"
                className={styles.step}
                data-state={state}
                data-hidden={isHidden}
                aria-label={isHidden ? `Step ${number}, title ${AFTER_ANSWER}` : undefined}
                aria-current={state === 'now' ? 'step' : undefined}
                onClick={() => {
                  setOpen(false);
                  session.actions.goToStep(number);
                }}
              >
                <span className={styles.number}>{number}</span>
                <span className={styles.title}>
                  <SegmentText segments={title} artifacts={trace.artifacts} />
                </span>
                {isStop && (
                  <span className={styles.stop}>
                    <VisuallyHidden>, a named stop</VisuallyHidden>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Brings an entry into sight in its own scroller, and never moves the page. */
function scrollWithin(entry: HTMLElement | null) {
  const scroller = entry?.closest('ol');
  if (!entry || !scroller || scroller.scrollHeight <= scroller.clientHeight) return;
  const box = entry.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  const margin = 48;
  if (box.top < frame.top + margin) scroller.scrollTop -= frame.top + margin - box.top;
  else if (box.bottom > frame.bottom - margin) scroller.scrollTop += box.bottom - frame.bottom + margin;
}
