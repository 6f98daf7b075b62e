import { useEffect, useMemo, useRef, useState } from 'react';
import { recallOf } from '../../../quiz/recall.ts';
import type { RecallAnswer, RecallTaskProps } from './answer.ts';
import { Feedback } from './Feedback.tsx';
import styles from './Recall.module.css';
import { RecallEnd } from './RecallEnd.tsx';
import { RecallQuestion } from './RecallQuestion.tsx';

/** The questions of one run, one at a time, and what to look at again. */
export function RecallTask(props: RecallTaskProps) {
  const { trace, goesOn } = props;
  const questions = useMemo(() => recallOf(trace), [trace]);
  const [answers, setAnswers] = useState<readonly RecallAnswer[]>([]);
  const [at, setAt] = useState(0);
  const question = questions[at];
  const answer = answers[at];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (at > 0 || goesOn.current) heading.current?.focus();
    goesOn.current = false;
  }, [at, goesOn]);
  if (question === undefined)
    return <RecallEnd {...props} questions={questions} answers={answers} headingRef={heading} />;
  return (
    <section className={styles.card} aria-label={`Question ${at + 1} of ${questions.length}`}>
      <p className={styles.eyebrow}>
        Question {at + 1} of {questions.length}
      </p>
      <RecallQuestion
        key={question.id}
        question={question}
        artifacts={trace.artifacts}
        headingRef={heading}
        {...(answer === undefined ? {} : { answer })}
        onAnswer={given => setAnswers([...answers.slice(0, at), given])}
      />
      {answer !== undefined && (
        <Feedback
          {...props}
          question={question}
          answer={answer}
          isLast={at === questions.length - 1}
          onNext={() => setAt(at + 1)}
        />
      )}
    </section>
  );
}
