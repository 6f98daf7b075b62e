import { useRef } from 'react';
import { GUIDE_MODE_TEXTS, GUIDE_MODES, REQUIREMENTS } from '../../../content/guide.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { advise } from '../../../scene/advise.ts';
import { Button } from '../../ui/Button.tsx';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import { CELL_COUNT } from './checkCells.ts';
import styles from './Guide.module.css';
import { type GuideParams, readParams, writeParams } from './guideParams.ts';
import { Matrix } from './Matrix.tsx';
import { Needs } from './Needs.tsx';
import { Others } from './Others.tsx';
import { Recommendation } from './Recommendation.tsx';
import { useChecks } from './useChecks.ts';
import { useInSight } from './useInSight.ts';
import { useProofs } from './useProofs.ts';

const TABLE = { modes: GUIDE_MODES, requirements: REQUIREMENTS };

/** Which mode to use: requirements in, advice out, and a run behind each reason. */
export function Guide({ session, params, setParams, renderSources }: WorkspaceProps) {
  const proofs = useProofs(session);
  const checks = useChecks(session);
  const { needs, cell } = readParams(params);
  const advice = advise(needs, TABLE);
  const { best } = advice;
  const head = useRef<HTMLHeadingElement>(null);
  const isInSight = useInSight(head, best);
  const goToAdvice = () => {
    head.current?.scrollIntoView({ block: 'start' });
    head.current?.focus({ preventScroll: true });
  };
  const change = (part: Partial<GuideParams>) => setParams(writeParams({ needs, ...(cell ? { cell } : {}), ...part }));
  return (
    <div className={styles.guide}>
      <header className={styles.intro}>
        <h2>Which mode should I use?</h2>
        <p>Say what is asked for. The advice follows at once, and each reason opens a run of the lab that shows it.</p>
      </header>
      <div className={styles.columns}>
        <Needs needs={needs} onChange={next => change({ needs: next })}>
          {!isInSight && (
            <button type="button" className={styles.toAdvice} onClick={goToAdvice}>
              <span>{best ? `Use ${MODE_TEXTS[best].label}` : 'No mode does all of this'}</span>
              <span>Why</span>
            </button>
          )}
        </Needs>
        <div className={styles.answer}>
          <Recommendation advice={advice} headRef={head} proofs={proofs} renderSources={renderSources} />
          {proofs.problem !== undefined && (
            <p role="alert" className={styles.problem}>
              {proofs.problem}
            </p>
          )}
          <Others advice={advice} proofs={proofs} />
        </div>
      </div>
      <section className={styles.all} aria-labelledby="guide-all">
        <div className={styles.head}>
          <h3 id="guide-all">All requirements, all modes</h3>
          <div className={styles.checking}>
            <span className={styles.progress}>{checks.message}</span>
            <Button onClick={checks.isRunning ? checks.stop : checks.start}>
              {checks.isRunning ? 'Stop' : 'Check every cell by running it'}
            </Button>
          </div>
        </div>
        <p className={styles.note}>
          Nothing in this table has to be believed: each of its {CELL_COUNT} cells is a claim about a run, and the run
          decides. Choose a cell to read why.
        </p>
        <Matrix
          needs={needs}
          best={needs.length > 0 ? best : undefined}
          open={cell}
          onOpen={next => setParams(writeParams({ needs, ...(next ? { cell: next } : {}) }))}
          checks={checks.checks}
          proofs={proofs}
          renderSources={renderSources}
        />
      </section>
      <LiveRegion message={best ? `Advice: ${GUIDE_MODE_TEXTS[best].name}.` : 'No mode does all of this.'} />
      <LiveRegion message={checks.announcement} />
    </div>
  );
}
