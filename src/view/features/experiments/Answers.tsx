import type { RefObject } from 'react';
import type { ExperimentText } from '../../../content/experiments/text.ts';
import { Prose } from '../../workspace/Prose.tsx';
import styles from './Experiment.module.css';
import type { Guess } from './Question.tsx';
import { SURE_WORDS } from './words.ts';

interface AnswersProps {
  readonly text: ExperimentText;
  readonly guess: Guess;
  /** Ids of the options that hold. */
  readonly right: readonly string[];
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** What was predicted beside what happened; every wrong answer with what is the matter with it. */
export function Answers({ text, guess, right, heading }: AnswersProps) {
  const isRight = right.includes(guess.chosen);
  return (
    <section className={styles.block} aria-labelledby="experiment-outcome">
      <h3 id="experiment-outcome" ref={heading} tabIndex={-1}>
        {isRight ? 'What happened: as you said' : 'What happened: not what you said'}
      </h3>
      <p>
        {verdictWords(isRight, guess)}
        {right.length === 0 && ' This time none of the answers fits: see below what happened.'}
      </p>
      <p className={styles.asked}>
        <Prose text={text.question} />
      </p>
      <ul className={styles.answers}>
        {Object.entries(text.options).map(([id, option]) => {
          const holds = right.includes(id);
          return (
            <li key={id} data-holds={holds} data-yours={id === guess.chosen}>
              <span className={styles.sign} aria-hidden="true">
                {holds ? '✓' : '×'}
              </span>
              <div>
                <p className={styles.answer}>
                  <span className={styles.tag}>
                    {holds ? 'So it was' : 'Not so'}
                    {id === guess.chosen && ', your prediction'}:
                  </span>{' '}
                  <Prose text={option.text} />
                </p>
                {!holds && option.refutes && (
                  <p className={styles.refutes}>
                    <Prose text={option.refutes} />
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function verdictWords(isRight: boolean, { sure }: Guess): string {
  const said = `You said “${SURE_WORDS[sure]}”`;
  if (isRight)
    return sure === 'guess'
      ? `${said}, and guessed right. See below whether for the right reason.`
      : `${said}, and so it was.`;
  if (sure === 'sure')
    return `${said}, and it went otherwise. Such errors stay in mind: come back to this one in a week.`;
  return `${said}, and it went otherwise.`;
}
