import { useEffect, useRef, useState } from 'react';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../workspace/Prose.tsx';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import { BytePicker } from './BytePicker.tsx';
import type { Experiment } from './catalog.ts';
import styles from './Experiment.module.css';
import { Outcome } from './Outcome.tsx';
import { findFlip } from './pieces.ts';
import { type Circumstances, playActs, seedFor } from './playActs.ts';
import type { Played } from './played.ts';
import { type Guess, Question } from './Question.tsx';
import { useFocus } from './useFocus.ts';
import { type Acts, actsToPlay, verdictOf } from './verdict.ts';
import { factsOfAct } from './words.ts';

interface ExperimentFlowProps {
  readonly experiment: Experiment;
  readonly next: Experiment | undefined;
  readonly page: WorkspaceProps;
  /** How the prediction went the last time. */
  readonly former: Played | undefined;
  readonly onPlayed: (played: Played) => void;
}

type Running =
  | { readonly status: 'asking' | 'running' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'played'; readonly guess: Guess; readonly acts: Acts; readonly shared: Circumstances };

/** One experiment from its question to its rule. Nothing of the outcome is on the page before there is a prediction. */
export function ExperimentFlow({ experiment, next, page, former, onPlayed }: ExperimentFlowProps) {
  const { plan, text } = experiment;
  const { session } = page;
  const [running, setRunning] = useState<Running>({ status: 'asking' });
  const flip = findFlip(plan);
  const { id: _id, stage, byte: linkedByte, ...others } = page.params;
  const [byte, setByte] = useState(() => (flip ? byteOf(linkedByte) : undefined));
  const isHere = useRef(true);
  const heading = useFocus<HTMLHeadingElement>(plan.id);

  const run = async (guess: Guess, isNews: boolean) => {
    setRunning({ status: 'running' });
    const shared = { seed: seedFor(session), byte };
    try {
      const acts = await playActs(session, plan, actsToPlay(plan), shared);
      if (!isHere.current) return;
      const isRight = verdictOf(plan, acts).right.includes(guess.chosen);
      if (isNews) onPlayed({ ...guess, isRight, at: Date.now() });
      setRunning({ status: 'played', guess, acts, shared });
      const chosenByte = byte === undefined ? {} : { byte: String(byte) };
      page.setParams({ ...others, id: plan.id, stage: 'outcome', ...chosenByte });
    } catch (error) {
      if (isHere.current)
        setRunning({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };

  const replay = useRef(() => {
    const isKnown = former !== undefined && Object.hasOwn(text.options, former.chosen);
    if (stage === 'outcome' && isKnown) void run(former, false);
  });
  useEffect(() => {
    isHere.current = true;
    // An address that shows the outcome does so only for whoever has predicted: to others it is a question.
    replay.current();
    return () => {
      isHere.current = false;
    };
  }, []);

  const again = () => {
    setRunning({ status: 'asking' });
    page.setParams({ ...others, id: plan.id });
  };
  const broken = plan.acts.find(({ name }) => name === 'broken');
  const mode = MODE_TEXTS[broken?.mode ?? plan.mode];
  return (
    <article className={styles.page} aria-labelledby="experiment-title">
      <Button look="quiet" className={styles.back} onClick={() => page.setParams(others, true)}>
        <span aria-hidden="true">←</span> All experiments
      </Button>
      <h2 id="experiment-title" ref={heading} tabIndex={-1}>
        {text.title}
      </h2>
      <p className={styles.situation}>
        <Prose text={text.situation} />
      </p>
      <dl className={styles.terms}>
        {[...factsOfAct(broken), ['Mode', mode.label] as const].map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {running.status === 'played' ? (
        <Outcome
          experiment={experiment}
          guess={running.guess}
          acts={running.acts}
          shared={running.shared}
          next={next}
          page={page}
          onAgain={again}
          onNext={id => page.setParams({ ...others, id }, true)}
        />
      ) : (
        <>
          {flip && <BytePicker session={session} plan={plan} flip={flip} chosen={byte} onChoose={setByte} />}
          <Question text={text} isRunning={running.status === 'running'} onRun={guess => void run(guess, true)} />
          {running.status === 'failed' && (
            <p role="alert" className={styles.problem}>
              The runs could not be made: {running.message} Press “Run it” to try again.
            </p>
          )}
        </>
      )}
      <p role="status" className={styles.status}>
        {running.status === 'running' ? 'Running …' : ''}
      </p>
    </article>
  );
}

/** A byte in an address; anything else is no choice. */
function byteOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
