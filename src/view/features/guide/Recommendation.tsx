import type { ReactNode, RefObject } from 'react';
import { GUIDE_MODE_TEXTS, type GuideMode } from '../../../content/guide.ts';
import type { FactId } from '../../../engine/index.ts';
import type { Advice } from '../../../scene/advise.ts';
import styles from './Recommendation.module.css';
import { SeeIt } from './SeeIt.tsx';
import type { Proofs } from './useProofs.ts';
import { VerdictMark } from './VerdictMark.tsx';
import { findRequirement, labelOf, listed } from './words.ts';

interface RecommendationProps {
  readonly advice: Advice<GuideMode>;
  readonly proofs: Proofs;
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
  /** Its heading, to go to and to know whether it is in sight. */
  readonly headRef: RefObject<HTMLHeadingElement | null>;
}

/** The mode that is advised, why, what to send for it and what it costs; or why there is none. */
export function Recommendation({ advice, proofs, renderSources, headRef }: RecommendationProps) {
  const { best, needs } = advice;
  return (
    <section className={styles.recommendation} aria-labelledby="guide-advice">
      {best ? (
        <>
          <p className={styles.lead}>{needs.length === 0 ? 'Nothing asked yet. S3 by itself uses' : 'Use'}</p>
          <h3 id="guide-advice" ref={headRef} tabIndex={-1} className={styles.name}>
            {GUIDE_MODE_TEXTS[best].name}
          </h3>
          <Reasons mode={best} needs={needs} proofs={proofs} renderSources={renderSources} />
          <Terms mode={best} renderSources={renderSources} />
        </>
      ) : (
        <NoMode advice={advice} headRef={headRef} />
      )}
    </section>
  );
}

interface ReasonsProps extends Omit<RecommendationProps, 'advice' | 'headRef'> {
  readonly mode: GuideMode;
  readonly needs: readonly string[];
}

function Reasons({ mode, needs, proofs, renderSources }: ReasonsProps) {
  // With nothing asked: why it is the default.
  const shown = (needs.length > 0 ? needs : ['least-effort']).flatMap(id => findRequirement(id) ?? []);
  return (
    <ul className={styles.reasons} aria-label="Why">
      {shown.map(requirement => {
        const { meets, reason, facts } = requirement.cells[mode];
        return (
          <li key={requirement.id}>
            <p className={styles.about}>
              <VerdictMark meets={meets} isBare={meets === 'yes'} />
              <span>{requirement.label}</span>
            </p>
            <p className={styles.reason}>{reason}</p>
            <div className={styles.evidence}>
              <SeeIt requirement={requirement} mode={mode} proofs={proofs} />
              {renderSources(facts, `${requirement.label} under ${labelOf(mode)}`)}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Terms({ mode, renderSources }: Pick<ReasonsProps, 'mode' | 'renderSources'>) {
  const { send, headers, costs, caution, facts } = GUIDE_MODE_TEXTS[mode];
  return (
    <dl className={styles.terms}>
      <div>
        <dt>What to send</dt>
        <dd>
          {send}
          <ul className={styles.headers}>
            {headers.map(header => (
              <li key={header}>
                <code>{header}</code>
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div>
        <dt>What it costs</dt>
        <dd>{costs}</dd>
      </div>
      <div>
        <dt>What to know</dt>
        <dd>
          {caution}
          <div className={styles.evidence}>
            {renderSources(facts, `What to send, cost and caution of ${labelOf(mode)}`)}
          </div>
        </dd>
      </div>
    </dl>
  );
}

function NoMode({ advice: { conflicts, ranking }, headRef }: Pick<RecommendationProps, 'advice' | 'headRef'>) {
  const fewest = ranking[0]?.failed.length ?? 0;
  const nearest = ranking.filter(({ failed }) => failed.length === fewest);
  const label = (id: string) => findRequirement(id)?.label ?? id;
  return (
    <>
      <p className={styles.lead}>There is</p>
      <h3 id="guide-advice" ref={headRef} tabIndex={-1} className={styles.name}>
        No mode that does all of this
      </h3>
      <p className={styles.reason}>Not to be had together, under any mode:</p>
      <ul className={styles.conflicts} aria-label="Conflicts">
        {conflicts.map(set => (
          <li key={set.join('.')}>{listed(set.map(id => `“${label(id)}”`))}</li>
        ))}
      </ul>
      <p className={styles.reason}>Nearest come:</p>
      <ul className={styles.conflicts} aria-label="Nearest modes">
        {nearest.map(({ mode, failed }) => (
          <li key={mode}>
            <strong>{GUIDE_MODE_TEXTS[mode].name}</strong>, without {listed(failed.map(id => `“${label(id)}”`))}
          </li>
        ))}
      </ul>
    </>
  );
}
