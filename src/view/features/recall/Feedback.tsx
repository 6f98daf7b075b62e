import { useEffect, useRef, useState } from 'react';
import type { Prediction } from '../../../quiz/predict.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import type { StepGuide } from '../../session/guide.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import type { RecallAnswer, RecallTaskProps } from './answer.ts';
import styles from './Recall.module.css';

interface FeedbackProps extends RecallTaskProps {
  readonly question: Prediction;
  readonly answer: RecallAnswer;
  readonly isLast: boolean;
  readonly onNext: () => void;
}

/** Right or not, why, and the picture of the step that shows it. */
export function Feedback({ session, renderStage, spec, trace, question, answer, isLast, onNext }: FeedbackProps) {
  const verdict = useRef<HTMLParagraphElement>(null);
  const [guide, setGuide] = useState<readonly StepGuide[]>();
  useEffect(() => {
    let isCurrent = true;
    // Without the words the step goes by its number.
    session.wordsFor(trace).then(
      words => isCurrent && setGuide(words),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [session, trace]);
  useEffect(() => verdict.current?.focus({ preventScroll: true }), []);
  const said = question.options.find(({ id }) => id === answer.optionId);
  const right = question.options.find(({ id }) => id === question.answerId);
  const isRight = answer.optionId === question.answerId;
  const { artifacts } = trace;
  const title = guide?.[question.step - 1]?.title;
  return (
    <div className={styles.feedback}>
      <p ref={verdict} tabIndex={-1} className={styles.verdict}>
        <strong>{VERDICTS[isRight ? 'right' : answer.confidence === 'sure' ? 'sureAndWrong' : 'wrong']}</strong>{' '}
        {!isRight && said && right && (
          <>
            You said: <SegmentText segments={said.text} artifacts={artifacts} />. It is:{' '}
            <strong>
              <SegmentText segments={right.text} artifacts={artifacts} />
            </strong>
            .{' '}
          </>
        )}
        <SegmentText segments={question.explanation} artifacts={artifacts} />
      </p>
      <p className={styles.caption}>
        Step {question.step} of {trace.steps.length} shows it
        {title && (
          <>
            : <SegmentText segments={title} artifacts={artifacts} />
          </>
        )}
      </p>
      <div className={styles.stage}>
        {renderStage({
          trace,
          scene: sceneAt(trace, eventsAtStep(trace, question.step)),
          label: `Stage at step ${question.step}: who holds what`,
        })}
      </div>
      <div className={styles.taps}>
        <Button look="strong" onClick={onNext}>
          {isLast ? 'To the end' : 'Next question'}
        </Button>
        <Button onClick={() => session.showInLab(spec, question.step)}>See step {question.step} in the lab</Button>
      </div>
    </div>
  );
}

const VERDICTS = {
  right: 'Right.',
  wrong: 'Not so.',
  sureAndWrong: 'Not so, and you were sure: worth a second look in a few days.',
} as const;
