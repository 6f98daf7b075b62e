import { useMemo } from 'react';
import type { Mode, Operation, RunSpec, Trace } from '../../../engine/index.ts';
import { MODE_QUESTIONS, type ModeFact, modeFacts } from '../../../scene/modeFacts.ts';
import { Switch } from '../../parts/Switch.tsx';
import type { Session } from '../../session/session.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { factText, QUESTION_WORDS } from './factWords.ts';
import styles from './ModeTable.module.css';
import { MODE_GROUPS, MODE_NAMES } from './specs.ts';
import { type RunState, useRuns } from './useRuns.ts';

interface ModeTableProps {
  readonly session: Session;
  /** The modes that are compared; the same one twice is one column. */
  readonly modes: readonly Mode[];
  readonly seed: string;
  /** The runs above come first. */
  readonly isWaiting: boolean;
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
}

const NONE: readonly RunSpec[] = [];
/** Every mode that protects the object. */
const PROTECTING: readonly Mode[] = MODE_GROUPS.flatMap(group => group.modes).filter(mode => mode !== 'none');

/** Who makes, wraps, stores, reads, logs: each answer read from a run of its own, and each opens the step that shows it. */
export function ModeTable({ session, modes, seed, isWaiting, isAll, onAll }: ModeTableProps) {
  const shown = [...new Set(isAll ? [...PROTECTING, ...modes] : modes)];
  const specs = shown.flatMap(mode => [specOf(mode, 'upload', seed), specOf(mode, 'download', seed)]);
  const runs = useRuns(session, isWaiting ? NONE : specs);
  const open = (mode: Mode, { run, step }: ModeFact) => session.showInLab(specOf(mode, run, seed), step + 1);
  return (
    <section className={styles.facts} aria-labelledby="mode-table-title">
      <div className={styles.head}>
        <h3 id="mode-table-title" className={styles.title}>
          What the runs show
        </h3>
        <Switch label="All modes" isOn={isAll} onChange={onAll} />
      </div>
      <p className={styles.note}>
        Read from an upload and a download by the application owner over HTTPS. Press an answer to open the step that
        shows it.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label="Table of modes">
        <table className={styles.table} data-many={shown.length > 3}>
          <thead>
            <tr>
              <td />
              {shown.map(mode => (
                <th key={mode} scope="col">
                  {MODE_NAMES[mode]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MODE_QUESTIONS.map(question => (
              <tr key={question}>
                <th scope="row">{QUESTION_WORDS[question]}</th>
                {shown.map((mode, column) => (
                  <Cell
                    key={mode}
                    upload={runs[column * 2]}
                    download={runs[column * 2 + 1]}
                    question={question}
                    onOpen={fact => open(mode, fact)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function specOf(mode: Mode, operation: Operation, seed: string): RunSpec {
  return { mode, operation, transport: 'https', principal: 'owner', seed };
}

interface CellProps {
  readonly upload: RunState | undefined;
  readonly download: RunState | undefined;
  readonly question: ModeFact['question'];
  readonly onOpen: (fact: ModeFact) => void;
}

function Cell({ upload, download, question, onOpen }: CellProps) {
  const facts = useFacts(traceOf(upload), traceOf(download));
  const failed = [upload, download].find(state => state?.status === 'failed');
  if (failed?.status === 'failed') return <td className={styles.waiting}>{failed.message}</td>;
  if (!facts) return <td className={styles.waiting}>runs …</td>;
  return (
    <td>
      <ul className={styles.answers}>
        {facts
          .filter(fact => fact.question === question)
          .map((fact, index) => {
            const { text, code } = factText(fact);
            return (
              // The answers of a run never change in part.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index}>
                <button type="button" className={styles.answer} onClick={() => onOpen(fact)}>
                  {fact.layer !== undefined && <span className={styles.layer}>layer {fact.layer}: </span>}
                  {text}
                  {code !== undefined && <code>{code}</code>}
                  <VisuallyHidden>
                    . Open step {fact.step + 1} of the {fact.run} in the lab
                  </VisuallyHidden>
                </button>
              </li>
            );
          })}
      </ul>
    </td>
  );
}

const factsByUpload = new WeakMap<Trace, { readonly download: Trace; readonly facts: readonly ModeFact[] }>();

/** The same runs are asked once for all questions. */
function useFacts(upload: Trace | undefined, download: Trace | undefined): readonly ModeFact[] | undefined {
  return useMemo(() => {
    if (!upload || !download) return undefined;
    const known = factsByUpload.get(upload);
    if (known?.download === download) return known.facts;
    const facts = modeFacts({ upload, download });
    factsByUpload.set(upload, { download, facts });
    return facts;
  }, [upload, download]);
}

function traceOf(state: RunState | undefined): Trace | undefined {
  return state?.status === 'ready' ? state.trace : undefined;
}
