import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import styles from './Predict.module.css';

/** What you said beside what happened, until the next question. */
export function Outcome({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const question = useStore(session, state => state.predictions.find(({ id }) => id === state.answered));
  const said = useStore(session, state => (state.answered === undefined ? undefined : state.answers[state.answered]));
  const isAsking = useStore(session, state => state.asking !== undefined);
  const yours = question?.options.find(option => option.id === said);
  const right = question?.options.find(option => option.id === question.answerId);
  if (!trace || !question || !yours || !right || isAsking) return null;
  const isRight = yours.id === right.id;
  const { artifacts } = trace;
  return (
    <section className={styles.outcome} aria-label="Your prediction">
      <p>
        <span className={styles.mark} aria-hidden="true">
          {isRight ? '✓' : '≠'}
        </span>
        You said: <SegmentText segments={yours.text} artifacts={artifacts} />.{' '}
        {isRight ? (
          <strong>So it was.</strong>
        ) : (
          <>
            It was:{' '}
            <strong>
              <SegmentText segments={right.text} artifacts={artifacts} />
            </strong>
            .
          </>
        )}{' '}
        Why: <SegmentText segments={question.explanation} artifacts={artifacts} />
      </p>
    </section>
  );
}
