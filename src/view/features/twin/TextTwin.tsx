import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Trace } from '../../../engine/index.ts';
import { clientSideOf } from '../../../scene/clientSide.ts';
import { stepAtEvents } from '../../../scene/fold.ts';
import { placeLabel, type TwinRow, textTwin } from '../../../scene/textTwin.ts';
import { artifactLabel, plainText } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { AFTER_ANSWER, hiddenFrom } from '../../session/spoilers.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import styles from './TextTwin.module.css';

/** Places that one is on; one is in all others. */
const ON: ReadonlySet<string> = new Set([
  placeLabel('client'),
  clientSideOf({ principal: 'thief' }).place,
  placeLabel('network'),
]);

/**
 * The whole run as text, one line an event: the stage for screen readers, the handout and the search index.
 * What would answer an open question waits, except when `isWhole`.
 */
export function TextTwin({ session, isWhole }: { readonly session: Session; readonly isWhole?: boolean }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const step = useStore(session, state => (state.trace ? stepAtEvents(state.trace, state.events) : 0));
  const [search, setSearch] = useState('');
  const hidden = useStore(session, state => (isWhole ? Number.POSITIVE_INFINITY : hiddenFrom(state)));
  const all = useMemo(() => (trace ? textTwin(trace) : []), [trace]);
  if (!trace) return null;
  const rows = all.filter(row => row.step < hidden);
  const waiting = all.length - rows.length;
  const wanted = search.trim().toLowerCase();
  const found = (row: TwinRow) =>
    wanted === '' ||
    lineText(row, trace).toLowerCase().includes(wanted) ||
    plainText(guide[row.step - 1]?.title ?? [], trace.artifacts)
      .toLowerCase()
      .includes(wanted);
  const shown = rows.filter(found);
  const steps = [...new Set(shown.map(row => row.step))];
  return (
    <section className={styles.twin} aria-label="The run as text">
      <label className={styles.search}>
        <span>Search the run</span>
        <input type="search" value={search} onChange={event => setSearch(event.target.value)} />
        <output>{wanted === '' ? '' : `${shown.length} of ${rows.length} lines`}</output>
      </label>
      <ol className={styles.steps}>
        {steps.map(number => (
          <li key={number} value={number} aria-current={number === step ? 'step' : undefined}>
            <h3>
              <button type="button" onClick={() => session.actions.goToStep(number)}>
                <span className={styles.number}>{number}</span>
                <span>
                  <SegmentText segments={guide[number - 1]?.title ?? []} artifacts={trace.artifacts} />
                </span>
              </button>
            </h3>
            <p>
              <SegmentText segments={guide[number - 1]?.say ?? []} artifacts={trace.artifacts} />
            </p>
            <ul>
              {shown
                .filter(row => row.step === number)
                .map(row => (
                  <li key={row.event}>{lineText(row, trace)}</li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
      {waiting > 0 && (
        <p className={styles.waiting}>
          {waiting} more {waiting === 1 ? 'row' : 'rows'} {AFTER_ANSWER}
        </p>
      )}
      {shown.length === 0 && (
        <p>
          Nothing in this run{waiting > 0 && ' so far'} has “{search.trim()}”.
        </p>
      )}
    </section>
  );
}

function lineText(row: TwinRow, trace: Trace): string {
  const names = row.artifacts.flatMap(id => {
    const artifact = trace.artifacts[id];
    return artifact ? [artifactLabel(artifact)] : [];
  });
  const way = row.from === undefined ? `${ON.has(row.to) ? 'on' : 'in'} ${row.to}` : `from ${row.from} to ${row.to}`;
  const what = names.length === 0 ? '' : ` ${names.join(', ')}`;
  return `${row.actor} ${row.verb}${what} (${way})${row.reason === '' ? '' : `: ${row.reason}`}`;
}
