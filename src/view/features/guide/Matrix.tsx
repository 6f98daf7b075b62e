import { Fragment, type ReactNode } from 'react';
import { GUIDE_MODES, type GuideMode, REQUIREMENTS, type Requirement } from '../../../content/guide.ts';
import type { FactId } from '../../../engine/index.ts';
import type { Checks } from './checkCells.ts';
import type { CellId } from './guideParams.ts';
import styles from './Matrix.module.css';
import { SeeIt } from './SeeIt.tsx';
import type { Proofs } from './useProofs.ts';
import { VerdictMark } from './VerdictMark.tsx';
import { labelOf, runWords } from './words.ts';

interface MatrixProps {
  readonly needs: readonly string[];
  readonly best: GuideMode | undefined;
  readonly open: CellId | undefined;
  readonly onOpen: (cell: CellId | undefined) => void;
  readonly checks: Checks;
  readonly proofs: Proofs;
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
}

/** Every requirement against every mode. A cell opens its reason, its sources and the run that proves it. */
export function Matrix(props: MatrixProps) {
  const { needs, best, open, onOpen, checks } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label="Requirements and modes, a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            {GUIDE_MODES.map(mode => (
              <th key={mode} scope="col" data-best={mode === best}>
                {labelOf(mode)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {REQUIREMENTS.map(requirement => {
            const { id, label, cells } = requirement;
            const opened = open?.requirement === id ? open.mode : undefined;
            return (
              <Fragment key={id}>
                <tr data-asked={needs.includes(id)}>
                  <th scope="row">{label}</th>
                  {GUIDE_MODES.map(mode => {
                    const check = checks[`${id}.${mode}`];
                    const isOpen = mode === opened;
                    return (
                      <td key={mode} data-best={mode === best}>
                        <button
                          type="button"
                          className={styles.cell}
                          aria-expanded={isOpen}
                          data-check={check}
                          onClick={() => onOpen(isOpen ? undefined : { requirement: id, mode })}
                        >
                          <VerdictMark meets={cells[mode].meets} />
                          {check && (
                            <span className={styles.check}>{check === 'holds' ? 'checked' : 'run disagrees'}</span>
                          )}
                        </button>
                      </td>
                    );
                  })}
                </tr>
                {opened && (
                  <tr>
                    <td colSpan={GUIDE_MODES.length + 1} className={styles.detailCell}>
                      <Detail {...props} requirement={requirement} mode={opened} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface DetailProps extends Pick<MatrixProps, 'proofs' | 'renderSources'> {
  readonly requirement: Requirement;
  readonly mode: GuideMode;
}

function Detail({ requirement, mode, proofs, renderSources }: DetailProps) {
  const { label, meaning, trial, cells } = requirement;
  const { meets, reason, facts, proof } = cells[mode];
  return (
    <div className={styles.detail}>
      <p className={styles.title}>
        {label} under {labelOf(mode)}: <VerdictMark meets={meets} />
      </p>
      <p>{reason}</p>
      <p className={styles.meaning}>
        {meaning} What decides: {runWords(trial.run)}.
      </p>
      <div className={styles.evidence}>
        <SeeIt requirement={requirement} mode={mode} proofs={proofs} text="See it in the lab" />
        {proof && (
          <button
            type="button"
            className={styles.experiment}
            onClick={() => proofs.openExperiment(proof.run.experiment)}
          >
            Do the experiment
          </button>
        )}
        {renderSources(facts, `${label} under ${labelOf(mode)}`)}
      </div>
    </div>
  );
}
