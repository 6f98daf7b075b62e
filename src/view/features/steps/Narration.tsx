import { lazy, Suspense, useMemo } from 'react';
import { useStore } from 'zustand';
import { stepAtEvents } from '../../../scene/fold.ts';
import { stepFacts } from '../../../scene/grade.ts';
import { plainText } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import styles from './Narration.module.css';

const FactChips = lazy(() => import('./FactChips.tsx').then(({ FactChips }) => ({ default: FactChips })));

/** The sentence of the step, and where it comes from. */
export function Narration({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const step = useStore(session, state => (state.trace ? stepAtEvents(state.trace, state.events) : 0));
  const facts = useMemo(() => (trace && step > 0 ? stepFacts(trace, step - 1) : []), [trace, step]);
  const words = guide[step - 1];
  if (!trace) return null;
  return (
    <section className={styles.narration} aria-label="What happens">
      <p className={styles.say}>
        {words ? (
          <SegmentText segments={words.say} artifacts={trace.artifacts} />
        ) : (
          'Before the first step: this is what lies where.'
        )}
      </p>
      <div className={styles.chips}>
        <Suspense fallback={null}>
          <FactChips key={step} facts={facts} step={words ? plainText(words.title, trace.artifacts) : ''} />
        </Suspense>
      </div>
    </section>
  );
}
