import { useMemo, useRef, useState } from 'react';
import { Segmented } from '../../parts/Segmented.tsx';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../workspace/Prose.tsx';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import { Answers } from './Answers.tsx';
import type { Experiment } from './catalog.ts';
import styles from './Experiment.module.css';
import { type Circumstances, playActs, specOf } from './playActs.ts';
import type { PlayedAct } from './plot/plotRows.ts';
import { RequestPlot } from './plot/RequestPlot.tsx';
import type { Guess } from './Question.tsx';
import { useFocus } from './useFocus.ts';
import { type Acts, actsInSight, decisiveRow, rowLike, verdictOf } from './verdict.ts';
import { Why } from './Why.tsx';
import { actWords } from './words.ts';

interface OutcomeProps {
  readonly experiment: Experiment;
  readonly guess: Guess;
  readonly acts: Acts;
  readonly shared: Circumstances;
  readonly next: Experiment | undefined;
  readonly page: WorkspaceProps;
  readonly onAgain: () => void;
  readonly onNext: (id: string) => void;
}

type Showing =
  | { readonly status: 'ready' }
  | { readonly status: 'running'; readonly act: string }
  | { readonly status: 'failed'; readonly act: string; readonly message: string };

/** What happened beside what was predicted, both runs side by side, why, and the way out. */
export function Outcome({ experiment, guess, acts, shared, next, page, onAgain, onNext }: OutcomeProps) {
  const { plan, text } = experiment;
  const { session, renderPair } = page;
  const [further, setFurther] = useState<Acts>({});
  const [shown, setShown] = useState('broken');
  const [showing, setShowing] = useState<Showing>({ status: 'ready' });
  const verdict = useMemo(() => verdictOf(plan, acts), [plan, acts]);
  const heading = useFocus<HTMLHeadingElement>('outcome');
  const pairHeading = useFocus<HTMLHeadingElement>(shown === 'broken' ? undefined : shown);
  const why = useRef<HTMLHeadingElement>(null);
  const { healthy } = acts;

  const show = async (act: string) => {
    if (act !== 'broken' && !Object.hasOwn(further, act)) {
      setShowing({ status: 'running', act });
      try {
        const played = await playActs(session, plan, [act], shared);
        setFurther(before => ({ ...before, ...played }));
      } catch (error) {
        return setShowing({ status: 'failed', act, message: error instanceof Error ? error.message : String(error) });
      }
    }
    setShowing({ status: 'ready' });
    setShown(act);
  };

  const right = shown === 'broken' ? acts.broken : further[shown];
  const row = right && (shown === 'broken' ? decisiveRow(acts, verdict) : rowLike(acts, right, verdict));
  const hasFix = plan.acts.some(({ name }) => name === 'fixed');
  const played = useMemo(() => playedActs(plan, { ...acts, ...further }), [plan, acts, further]);
  const inSight = actsInSight(plan).filter(act => act !== 'fixed' || Object.hasOwn(further, act));
  return (
    <>
      <Answers text={text} guess={guess} right={verdict.right} heading={heading} />
      {healthy && right && (
        <section className={styles.pair} aria-labelledby="experiment-pair">
          <div className={styles.pairHead}>
            <h3 id="experiment-pair" ref={pairHeading} tabIndex={-1}>
              Healthy, and {actWords(shown).toLowerCase()}
            </h3>
            {inSight.length > 1 && (
              <Segmented
                label="At the right"
                value={shown}
                options={inSight.map(act => ({ value: act, text: actWords(act) }))}
                onChoose={act => void show(act)}
              />
            )}
            <Button look="quiet" className={styles.down} onClick={() => why.current?.focus()}>
              Why it went so <span aria-hidden="true">↓</span>
            </Button>
          </div>
          {shown === 'fixed' && text.fixed && (
            <p className={styles.fixed}>
              <Prose text={text.fixed} />
            </p>
          )}
          {renderPair({
            left: { trace: healthy, label: 'Healthy', spec: specOf(plan, 'healthy', shared) },
            right: { trace: right, label: actWords(shown), spec: specOf(plan, shown, shared) },
            ...(row === undefined ? {} : { row }),
          })}
          {showing.status === 'failed' && (
            <p role="alert" className={styles.problem}>
              The run could not be made: {showing.message}{' '}
              <Button onClick={() => void show(showing.act)}>Try again</Button>
            </p>
          )}
        </section>
      )}
      <RequestPlot acts={played} renderSources={page.renderSources} />
      <Why heading={why} experiment={experiment} seed={shared.seed} renderSources={page.renderSources} />
      {hasFix && (
        <section className={styles.block} aria-labelledby="experiment-fix">
          <h3 id="experiment-fix">The way out</h3>
          {text.fix && (
            <p>
              <Prose text={text.fix} />
            </p>
          )}
          <Button
            look="strong"
            aria-disabled={showing.status === 'running'}
            onClick={() => {
              if (showing.status !== 'running') void show('fixed');
            }}
          >
            {showing.status === 'running' ? 'Running …' : 'Try the fix'}
          </Button>
        </section>
      )}
      <nav className={styles.next} aria-label="Go on">
        {next && (
          <Button look={hasFix ? 'plain' : 'strong'} onClick={() => onNext(next.plan.id)}>
            Next: {next.text.title}
          </Button>
        )}
        <Button
          onClick={() => session.showInLab(specOf(plan, verdict.moment?.act ?? 'broken', shared), verdict.moment?.step)}
        >
          Open this run in the lab
        </Button>
        <Button look="quiet" onClick={onAgain}>
          Predict again
        </Button>
      </nav>
    </>
  );
}

/** What has been played of an experiment so far, in the order of its plan. */
function playedActs({ acts }: Experiment['plan'], traces: Acts): readonly PlayedAct[] {
  return acts.flatMap(({ name }) => {
    const trace = traces[name];
    return trace ? [{ label: actWords(name), trace }] : [];
  });
}
