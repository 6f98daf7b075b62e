import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Myth, Verdict } from '../../../content/myths.ts';
import type { ExperimentPlan, FactId } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../workspace/Prose.tsx';
import styles from './Myths.module.css';
import { momentOf, refutationOf } from './refutation.ts';

interface MythCardProps {
  readonly myth: Myth;
  readonly plans: readonly ExperimentPlan[];
  readonly session: Session;
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
  /** The address names this card. */
  readonly isLinked: boolean;
  readonly onJudged: (isRight: boolean) => void;
}

type Judgement = 'right' | Verdict;

const JUDGEMENTS: readonly (readonly [judgement: Judgement, words: string])[] = [
  ['right', 'Yes'],
  ['outdated', 'It was once'],
  ['wrong', 'No'],
];
const VERDICTS: Readonly<Record<Verdict, string>> = { outdated: 'It was right once', wrong: 'Wrong' };

/** One claim: guess first, then the verdict and what to say instead. */
export function MythCard({ myth, plans, session, renderSources, isLinked, onJudged }: MythCardProps) {
  const [said, setSaid] = useState<Judgement>();
  const card = useRef<HTMLElement>(null);
  const verdict = useRef<HTMLParagraphElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isLinked) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView?.({ block: 'center' });
  }, [isLinked]);
  useEffect(() => {
    if (said !== undefined) verdict.current?.focus({ preventScroll: true });
  }, [said]);
  return (
    <article ref={card} className={styles.card} aria-labelledby={id} tabIndex={-1}>
      <h4 id={id}>
        “<Prose text={myth.claim} />”
      </h4>
      {said === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and borders; these are three buttons.
        <div role="group" aria-label="Is that right?" className={styles.judge}>
          <span aria-hidden="true">Is that right?</span>
          {JUDGEMENTS.map(([judgement, words]) => (
            <Button
              key={judgement}
              onClick={() => {
                setSaid(judgement);
                onJudged(judgement === myth.verdict);
              }}
            >
              {words}
            </Button>
          ))}
        </div>
      ) : (
        <div className={styles.answer}>
          <p ref={verdict} tabIndex={-1} className={styles.verdict}>
            <strong>{VERDICTS[myth.verdict]}.</strong>{' '}
            <span>
              <span aria-hidden="true">{said === myth.verdict ? '✓ ' : '≠ '}</span>
              {said === myth.verdict ? 'As you said.' : `You said “${wordsFor(said)}”.`}
            </span>
          </p>
          <p className={styles.right}>
            <Prose text={myth.right} />
          </p>
          <p>
            <Prose text={myth.why} />
          </p>
          {myth.because !== undefined && <p className={styles.because}>No run shows this. {myth.because}</p>}
          <div className={styles.actions}>
            <Watch myth={myth} plans={plans} session={session} />
            {plans.some(plan => plan.id === myth.experiment) && (
              <a href={`#v=1&page=experiments&id=${myth.experiment}`}>Try the experiment</a>
            )}
            {renderSources(myth.facts, myth.claim)}
          </div>
        </div>
      )}
    </article>
  );
}

/** Opens the refuting run in the lab, at the step that refutes. */
function Watch({ myth, plans, session }: Pick<MythCardProps, 'myth' | 'plans' | 'session'>) {
  const [state, setState] = useState<'idle' | 'running' | { readonly problem: string }>('idle');
  const refutation = refutationOf(myth, plans, session.getState().spec.seed ?? 'experiments');
  if (!refutation) return null;
  const watch = async () => {
    setState('running');
    try {
      const { spec, step } = await momentOf(refutation, session.play);
      setState('idle');
      session.showInLab(spec, step);
    } catch (error) {
      setState({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <Button
        aria-disabled={state === 'running'}
        onClick={() => {
          if (state !== 'running') void watch();
        }}
      >
        {state === 'running' ? 'Running …' : 'Watch it'}
      </Button>
      {typeof state === 'object' && <p role="alert">The run could not be made: {state.problem} Try again.</p>}
    </>
  );
}

function wordsFor(judgement: Judgement): string {
  return JUDGEMENTS.find(([one]) => one === judgement)?.[1] ?? judgement;
}
