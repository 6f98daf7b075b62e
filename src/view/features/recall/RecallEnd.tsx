import type { RefObject } from 'react';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { MODES } from '../../../engine/index.ts';
import type { Prediction } from '../../../quiz/predict.ts';
import { changedSpec } from '../../session/spec.ts';
import { formatSpec } from '../../session/specText.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import type { RecallAnswer, RecallTaskProps } from './answer.ts';
import styles from './Recall.module.css';

interface RecallEndProps extends RecallTaskProps {
  readonly questions: readonly Prediction[];
  readonly answers: readonly RecallAnswer[];
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
}

/** What to look at again, and where to go on. */
export function RecallEnd({ session, spec, trace, questions, answers, headingRef, onAgain, onOther }: RecallEndProps) {
  const again = questions.filter((question, index) => {
    const answer = answers[index];
    return answer?.optionId !== question.answerId || answer.confidence === 'guess';
  });
  const isUpload = spec.operation === 'upload';
  return (
    <section className={styles.card} aria-label="What to look at again">
      <h3 ref={headingRef} tabIndex={-1} className={styles.end}>
        {questions.length === 0
          ? 'This run is too short to ask about'
          : again.length === 0
            ? 'You had all of it'
            : 'Look at these again'}
      </h3>
      {again.length > 0 && (
        <ul className={styles.again}>
          {again.map(question => (
            <li key={question.id}>
              <SegmentText segments={question.question} artifacts={trace.artifacts} />{' '}
              <button type="button" className={styles.link} onClick={() => session.showInLab(spec, question.step)}>
                See step {question.step} in the lab
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.taps}>
        <label className={styles.mode}>
          <span>Once more with</span>
          <select
            value=""
            onChange={event => {
              const mode = MODES.find(one => one === event.target.value);
              if (mode) onOther(changedSpec(spec, { mode }));
            }}
          >
            <option value="">another mode …</option>
            {MODES.filter(mode => mode !== spec.mode).map(mode => (
              <option key={mode} value={mode}>
                {MODE_TEXTS[mode].label}
              </option>
            ))}
          </select>
        </label>
        <Button onClick={() => onOther(changedSpec(spec, { operation: isUpload ? 'download' : 'upload' }))}>
          The {isUpload ? 'download' : 'upload'} of this mode
        </Button>
        <Button onClick={onAgain}>The same questions</Button>
        <Button onClick={() => session.openWorkspace('perform', { spec: formatSpec(spec), level: '2' })}>
          Perform this run
        </Button>
      </div>
    </section>
  );
}
