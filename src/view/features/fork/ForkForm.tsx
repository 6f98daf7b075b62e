import { useState } from 'react';
import { useStore } from 'zustand';
import type { RunChange, Trace } from '../../../engine/index.ts';
import { stepAtEvents } from '../../../scene/fold.ts';
import { changesAt, type PossibleChange } from '../../../scene/forks.ts';
import { plainText } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { formatSpec } from '../../session/specText.ts';
import { changeWords } from '../../workspace/changeWords.ts';
import styles from './ForkForm.module.css';
import { LATE_WORDS } from './words.ts';

/** Changes one thing after the present step, and shows both futures side by side. */
export function ForkForm({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const step = useStore(session, state => (state.trace ? stepAtEvents(state.trace, state.events) : 0));
  const title = useStore(session, state => state.guide[step - 1]?.title);
  if (!trace) return <p>There is no run yet.</p>;
  const changes = changesAt(trace, step);
  if (changes.length === 0) {
    return (
      <p>Lessons, experiments and changed runs go their own way. Leave this one for an ordinary run to change it.</p>
    );
  }
  const fork = (change: RunChange) => {
    const { fork: _none, ...run } = trace.run;
    const base = { ...run, seed: run.seed ?? newSeed() };
    session.openWorkspace('compare', {
      left: formatSpec(base),
      right: formatSpec({ ...base, fork: { after: step, change } }),
    });
  };
  return (
    <div className={styles.form}>
      <p>
        {step === 0 ? (
          'Before the first step:'
        ) : (
          <>
            After step {step}
            {title && `, “${plainText(title, trace.artifacts)}”`}:
          </>
        )}{' '}
        change one thing, and see both futures side by side. Both are run anew from one seed, so that they share every
        byte up to here.
      </p>
      <ul className={styles.list}>
        {changes.map(one => (
          <li key={JSON.stringify(one.change)}>
            <Choice trace={trace} one={one} onChoose={fork} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ChoiceProps {
  readonly trace: Trace;
  readonly one: PossibleChange;
  readonly onChoose: (change: RunChange) => void;
}

function Choice({ one: { change, isLate }, onChoose }: ChoiceProps) {
  const [byte, setByte] = useState('byte' in change ? String(change.byte) : '');
  const chosen = (): RunChange => {
    if (!('byte' in change)) return change;
    const number = Number(byte);
    return { ...change, byte: /^\d{1,6}$/.test(byte) ? number : change.byte };
  };
  return (
    <div className={styles.choice}>
      <button type="button" className={styles.button} onClick={() => onChoose(chosen())}>
        <span className={styles.words}>{changeWords(change)}</span>
        {isLate && <span className={styles.late}>{LATE_WORDS}</span>}
      </button>
      {'byte' in change && (
        <label className={styles.byte}>
          byte
          <input
            type="text"
            inputMode="numeric"
            size={4}
            value={byte}
            aria-label={`Which byte: ${changeWords(change)}`}
            onChange={event => setByte(event.target.value)}
          />
        </label>
      )}
    </div>
  );
}

/** Both futures need one seed; where the run has none, any will do. */
function newSeed(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `fork-${Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
