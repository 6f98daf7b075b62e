import { type RefObject, useEffect, useState } from 'react';
import { EXAMS, TOPICS } from '../../../content/experiments/text.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../workspace/Prose.tsx';
import type { WorkspaceParams } from '../../workspace/workspace.ts';
import { type Experiment, groupsOf } from './catalog.ts';
import styles from './ExperimentList.module.css';
import type { Played, PlayedById } from './played.ts';
import { useFocus } from './useFocus.ts';

interface ExperimentListProps {
  readonly catalog: readonly Experiment[];
  readonly played: PlayedById;
  readonly params: WorkspaceParams;
  readonly setParams: (params: WorkspaceParams, isNew?: boolean) => void;
  /** An id in the address that there is no experiment for. */
  readonly unknown?: string;
  /** The experiment that one comes back from: the focus goes there. */
  readonly lastId: RefObject<string | undefined>;
  readonly onForget: () => void;
}

/** Every experiment, to be searched and chosen from. */
export function ExperimentList({ catalog, played, params, setParams, unknown, lastId, onForget }: ExperimentListProps) {
  const [search, setSearch] = useState('');
  const topic = TOPICS.find(name => name === params.topic);
  const exam = EXAMS.find(name => name === params.exam);
  const groups = groupsOf(catalog, { search, topic, exam });
  const found = groups.reduce((sum, { experiments }) => sum + experiments.length, 0);
  const heading = useFocus<HTMLHeadingElement>(unknown);
  useEffect(() => {
    if (lastId.current !== undefined) document.getElementById(entryId(lastId.current))?.focus();
  }, [lastId]);
  const { id: _unknown, stage: _stage, byte: _byte, ...rest } = params;
  const choose = (name: 'topic' | 'exam', value: string) => {
    const { [name]: _former, ...others } = rest;
    setParams(value === '' ? others : { ...others, [name]: value });
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          Experiments
        </h2>
        <p>Change one thing, say what will happen, run it, and see why it went as it did.</p>
        {unknown !== undefined && (
          <p className={styles.notice} role="status">
            There is no experiment “{unknown.slice(0, 60)}” here. Choose one from the list.
          </p>
        )}
      </header>
      <search className={styles.filters}>
        <label>
          <span>Search</span>
          <input
            type="search"
            value={search}
            placeholder="for example: Decrypt"
            onChange={event => setSearch(event.target.value)}
          />
        </label>
        <Choice
          label="Topic"
          all="All topics"
          options={TOPICS}
          value={topic}
          onChoose={value => choose('topic', value)}
        />
        <Choice label="Exam" all="All exams" options={EXAMS} value={exam} onChoose={value => choose('exam', value)} />
      </search>
      <div className={styles.summary}>
        <p role="status">{countWords(found, catalog.length)}</p>
        <Progress catalog={catalog} played={played} onForget={onForget} />
      </div>
      {groups.map(({ topic: name, experiments }) => (
        <section key={name} className={styles.group} aria-labelledby={`topic-${name}`}>
          <h3 id={`topic-${name}`}>{name.charAt(0).toUpperCase() + name.slice(1)}</h3>
          <ul>
            {experiments.map(({ plan, text }) => (
              <li key={plan.id}>
                <button
                  id={entryId(plan.id)}
                  type="button"
                  className={styles.entry}
                  onClick={() => setParams({ ...rest, id: plan.id }, true)}
                >
                  <span className={styles.title}>{text.title}</span>
                  <span className={styles.mode}>{MODE_TEXTS[plan.mode].label}</span>
                  <span className={styles.line}>
                    <Prose text={text.line} />
                  </span>
                  {Object.hasOwn(played, plan.id) && <Mark played={played[plan.id]} />}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly options: readonly string[];
  readonly value: string | undefined;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, all, options, value, onChoose }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value ?? ''} onChange={event => onChoose(event.target.value)}>
        <option value="">{all}</option>
        {options.map(option => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

/** How the prediction went, told by sign and words. Errors of which one was sure are worth another look. */
function Mark({ played }: { readonly played: Played | undefined }) {
  if (!played) return null;
  const isSureError = !played.isRight && played.sure === 'sure';
  return (
    <span className={styles.played}>
      <span aria-hidden="true">{played.isRight ? '✓' : '≠'}</span>{' '}
      {played.isRight ? 'predicted right' : 'went otherwise'}
      {played.isRight && played.sure === 'guess' && ', by a guess'}
      {isSureError && ', and you were sure: worth another look'}
    </span>
  );
}

interface ProgressProps {
  readonly catalog: readonly Experiment[];
  readonly played: PlayedById;
  readonly onForget: () => void;
}

function Progress({ catalog, played, onForget }: ProgressProps) {
  const [isAsking, setAsking] = useState(false);
  const done = catalog.flatMap(({ plan }) => (Object.hasOwn(played, plan.id) ? [played[plan.id]] : []));
  if (done.length === 0) return null;
  const right = done.filter(entry => entry?.isRight).length;
  return (
    <div className={styles.progress}>
      <span>
        You have played {done.length} and predicted {right} right. Only this browser knows.
      </span>
      {isAsking ? (
        <>
          <Button
            onClick={() => {
              setAsking(false);
              onForget();
            }}
          >
            Yes, forget them
          </Button>
          <Button look="quiet" onClick={() => setAsking(false)}>
            Keep them
          </Button>
        </>
      ) : (
        <Button look="quiet" onClick={() => setAsking(true)}>
          Forget my predictions
        </Button>
      )}
    </div>
  );
}

function entryId(id: string): string {
  return `experiment-${id}`;
}

function countWords(found: number, all: number): string {
  if (all === 0) return 'There are no experiments yet.';
  if (found === 0) return 'No experiment is about that. Try another word or topic.';
  return found === all ? `${all} experiments` : `${found} of ${all} experiments`;
}
