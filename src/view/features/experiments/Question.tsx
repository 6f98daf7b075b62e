import { useId, useState } from 'react';
import type { ExperimentText } from '../../../content/experiments/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../workspace/Prose.tsx';
import styles from './Experiment.module.css';
import { SURENESS, type Sureness } from './played.ts';
import { SURE_WORDS } from './words.ts';

/** What was predicted, and how sure. */
export interface Guess {
  readonly chosen: string;
  readonly sure: Sureness;
}

interface QuestionProps {
  readonly text: ExperimentText;
  readonly isRunning: boolean;
  readonly onRun: (guess: Guess) => void;
}

/** Asks for a prediction and how sure it is, then runs. Real radio buttons: the arrow keys choose. */
export function Question({ text, isRunning, onRun }: QuestionProps) {
  const [chosen, setChosen] = useState<string>();
  const [sure, setSure] = useState<Sureness>();
  const [problem, setProblem] = useState('');
  const name = useId();
  const submit = () => {
    if (isRunning) return;
    if (chosen === undefined) return setProblem('Choose an answer first: a wrong one teaches more than none.');
    if (sure === undefined) return setProblem('Say how sure you are: one tap.');
    setProblem('');
    onRun({ chosen, sure });
  };
  return (
    <form
      className={styles.question}
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className={styles.options}>
        <legend>
          <Prose text={text.question} />
        </legend>
        {Object.entries(text.options).map(([id, option]) => (
          <label key={id} className={styles.option}>
            <input
              type="radio"
              name={`${name}-option`}
              value={id}
              checked={chosen === id}
              onChange={() => setChosen(id)}
            />
            <span>
              <Prose text={option.text} />
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className={styles.sureness}>
        <legend>How sure are you?</legend>
        {SURENESS.map(one => (
          <label key={one} className={styles.sure}>
            <input
              type="radio"
              name={`${name}-sure`}
              value={one}
              checked={sure === one}
              onChange={() => setSure(one)}
            />
            <span>{SURE_WORDS[one]}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.actions}>
        <Button type="submit" look="strong" aria-disabled={isRunning}>
          {isRunning ? 'Running …' : 'Run it'}
        </Button>
        <p role="status" className={styles.hint}>
          {problem}
        </p>
      </div>
    </form>
  );
}
