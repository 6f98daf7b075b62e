import { useState } from 'react';
import { MYTHS, type Myth } from '../../../content/myths.ts';
import { EXPERIMENT_PLANS, type ExperimentPlan } from '../../../engine/index.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import { MythCard } from './MythCard.tsx';
import styles from './Myths.module.css';

interface MythsProps extends WorkspaceProps {
  readonly myths?: readonly Myth[];
  readonly plans?: readonly ExperimentPlan[];
}

/** Claims that learners copy from each other: judge each, then watch the run that refutes it. */
export function Myths({ myths = MYTHS, plans = EXPERIMENT_PLANS, session, params, renderSources }: MythsProps) {
  const [search, setSearch] = useState('');
  const [judged, setJudged] = useState<Readonly<Record<string, boolean>>>({});
  const found = myths.filter(myth => matches(myth, search));
  const groups = [
    { name: 'From learners’ notes', myths: found.filter(({ notes }) => notes.length > 0) },
    { name: 'What people bet', myths: found.filter(({ notes }) => notes.length === 0) },
  ];
  const done = Object.values(judged);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h2>Myths</h2>
        <p>
          Sentences that learners copy from each other. Some never were right, some have grown old. Judge each one; then
          watch the run that refutes it.
        </p>
        <label className={styles.search}>
          <span>Search</span>
          <input type="search" value={search} onChange={event => setSearch(event.target.value)} />
        </label>
        <p role="status" className={styles.count}>
          {found.length === 0 ? 'No claim is about that.' : `${found.length} claims`}
          {done.length > 0 && `; you judged ${done.length}, ${done.filter(Boolean).length} of them right`}
        </p>
      </header>
      {groups.map(
        group =>
          group.myths.length > 0 && (
            <section key={group.name} className={styles.group} aria-label={group.name}>
              <h3>{group.name}</h3>
              <ul>
                {group.myths.map(myth => (
                  <li key={myth.id}>
                    <MythCard
                      myth={myth}
                      plans={plans}
                      session={session}
                      renderSources={renderSources}
                      isLinked={params.id === myth.id}
                      onJudged={isRight => setJudged(before => ({ ...before, [myth.id]: isRight }))}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

function matches({ claim, right, id }: Myth, search: string): boolean {
  // The right sentence gives the verdict away, but not what it says before one has looked.
  const hay = `${claim} ${right} ${id}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => hay.includes(word));
}
