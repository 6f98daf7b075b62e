import { useEffect, useState } from 'react';
import type { FactId } from '../../../engine/index.ts';
import { isModel } from '../../../scene/grade.ts';
import { Popover } from '../../parts/Popover.tsx';
import styles from './FactChips.module.css';

type Grade = 'documented' | 'derived' | 'secondary' | 'model';

interface Fact {
  readonly text: string;
  readonly grade: Grade;
  readonly source: string;
  readonly url?: string;
}

const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  documented: 'documented by AWS',
  derived: 'follows from AWS documents',
  secondary: 'told by others',
  model: 'our model',
};
const GRADES: readonly Grade[] = ['documented', 'derived', 'secondary', 'model'];

interface FactChipsProps {
  readonly facts: readonly FactId[];
  /** Title of the step, for the accessible names. */
  readonly step: string;
}

/** How sure the step is: one chip a grade; each opens the facts behind it with their sources. */
export function FactChips({ facts, step }: FactChipsProps) {
  const known = useFacts();
  const chips = GRADES.map(grade => ({
    grade,
    facts: facts.flatMap(id => {
      const fact = known?.[id];
      return (fact?.grade ?? (isModel(id) ? 'model' : undefined)) === grade ? [{ id, fact }] : [];
    }),
  })).filter(chip => chip.facts.length > 0);
  return (
    <>
      {chips.map(chip => (
        <Popover
          key={chip.grade}
          className={chip.grade === 'model' ? `${styles.chip} ${styles.model}` : styles.chip}
          label={`${GRADE_WORDS[chip.grade]}: sources of “${step}”`}
          panelLabel={`Sources, ${GRADE_WORDS[chip.grade]}`}
          text={GRADE_WORDS[chip.grade]}
        >
          <ul className={styles.facts}>
            {chip.facts.map(({ id, fact }) => (
              <li key={id}>
                <p>{fact?.text ?? 'An assumption of this lab.'}</p>
                <span className={styles.source}>
                  <code>{id}</code>
                  {fact && ' · '}
                  {fact?.url === undefined ? (
                    fact?.source
                  ) : (
                    <a href={fact.url} target="_blank" rel="noreferrer">
                      {fact.source}
                    </a>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Popover>
      ))}
    </>
  );
}

/** The collection of facts: large, so it comes after the stage. */
function useFacts(): Readonly<Record<FactId, Fact>> | undefined {
  const [facts, setFacts] = useState<Readonly<Record<FactId, Fact>>>();
  useEffect(() => {
    let isWanted = true;
    import('../../../content/facts.ts').then(
      ({ FACTS }) => {
        if (isWanted) setFacts(FACTS);
      },
      // Offline before the facts came: the steps work without their sources.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return facts;
}
