import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { Artifact, ArtifactId } from '../../../engine/index.ts';
import type { Prediction } from '../../../quiz/predict.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { CONFIDENCES, type Confidence, type RecallAnswer } from './answer.ts';
import styles from './Recall.module.css';

const CONFIDENCE_TEXTS: Readonly<Record<Confidence, string>> = { sure: 'Sure', think: 'I think so', guess: 'A guess' };

interface RecallQuestionProps {
  readonly question: Prediction;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
  /** What was answered; then the question stands still. */
  readonly answer?: RecallAnswer;
  readonly onAnswer: (answer: RecallAnswer) => void;
}

/** A question with its options. How sure one is, is said with the tap that answers. */
export function RecallQuestion({ question, artifacts, headingRef, answer, onAnswer }: RecallQuestionProps) {
  const [chosen, setChosen] = useState<string>();
  const [isMissing, setMissing] = useState(false);
  const name = useId();
  const optionId = answer?.optionId ?? chosen;
  const isOpen = answer === undefined;
  const pick = (id: string) => {
    setChosen(id);
    setMissing(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const option = question.options[Number(event.key) - 1];
    if (option === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pick(option.id);
  };
  const say = (confidence: Confidence) => {
    if (chosen === undefined) setMissing(true);
    else onAnswer({ optionId: chosen, confidence });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the digits are a short cut to the radio buttons inside.
    <div className={styles.question} onKeyDown={onKeyDown}>
      <h3 ref={headingRef} id={`${name}q`} tabIndex={-1}>
        <SegmentText segments={question.question} artifacts={artifacts} />
      </h3>
      <div role="radiogroup" aria-labelledby={`${name}q`} className={styles.options}>
        {question.options.map((option, index) => (
          <label key={option.id} className={styles.option} data-right={!isOpen && option.id === question.answerId}>
            <input
              type="radio"
              name={name}
              checked={optionId === option.id}
              disabled={!isOpen}
              onChange={() => pick(option.id)}
            />
            <span className={styles.digit} aria-hidden="true">
              {index + 1}
            </span>
            <span>
              <SegmentText segments={option.text} artifacts={artifacts} />
            </span>
          </label>
        ))}
      </div>
      {isOpen && (
        <div className={styles.confidence}>
          <span id={`${name}c`}>How sure are you? Your tap is your answer.</span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and borders. */}
          <div role="group" aria-labelledby={`${name}c`} className={styles.taps}>
            {CONFIDENCES.map(one => (
              <Button key={one} onClick={() => say(one)}>
                {CONFIDENCE_TEXTS[one]}
              </Button>
            ))}
          </div>
          <span role="status" className={styles.missing}>
            {isMissing ? 'Choose an answer first.' : ''}
          </span>
        </div>
      )}
    </div>
  );
}
