import { useStore } from 'zustand';
import { stepFacts } from '../../../scene/grade.ts';
import type { Session } from '../../session/session.ts';
import styles from './Onward.module.css';
import { waysOn } from './onward.ts';

/** At the end of an ordinary run, one quiet line: ways to go on from it. */
export function Onward({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const isOver = useStore(
    session,
    ({ status, trace, events, asking }) =>
      status === 'ready' && trace !== undefined && events >= trace.events.length && asking === undefined,
  );
  if (!trace || !isOver) return null;
  const ways = waysOn(trace);
  if (ways.length === 0) return null;
  return (
    <nav
      className={styles.onward}
      aria-label="Go on from this run"
      data-in-place={stepFacts(trace, trace.steps.length - 1).length === 0}
    >
      <span className={styles.lead}>Go on:</span>
      <ul>
        {ways.map(({ name, params, words }) => (
          <li key={name}>
            <button type="button" onClick={() => session.openWorkspace(name, params)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
