import type { ReactNode, RefObject } from 'react';
import type { FactId } from '../../../engine/index.ts';
import { Prose } from '../../workspace/Prose.tsx';
import type { Experiment } from './catalog.ts';
import styles from './Experiment.module.css';

interface WhyProps {
  readonly experiment: Experiment;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly seed: string;
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
}

/** Why it went as it did, and the rule to keep. */
export function Why({ experiment: { text }, heading, seed, renderSources }: WhyProps) {
  return (
    <section className={styles.block} aria-labelledby="experiment-why">
      <h3 id="experiment-why" ref={heading} tabIndex={-1}>
        Why
      </h3>
      <p className={styles.why}>
        <Prose text={text.why} />
      </p>
      <p className={styles.rule}>
        <span>To keep:</span> <Prose text={text.rule} />
      </p>
      <div className={styles.sources}>{renderSources(text.facts, text.title)}</div>
      <details className={styles.setup}>
        <summary>How it was set up</summary>
        {text.setup && (
          <p>
            <Prose text={text.setup} />
          </p>
        )}
        <p>
          All acts take place in one world, one after another. Chance is seeded with “{seed}”, so that they share their
          keys.
        </p>
        {text.exams.length > 0 && <p>Asked in: {text.exams.join(', ')}.</p>}
      </details>
    </section>
  );
}
