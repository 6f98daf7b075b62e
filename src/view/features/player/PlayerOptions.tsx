import { useStore } from 'zustand';
import { Switch } from '../../parts/Switch.tsx';
import { ariaKeys } from '../../session/bindings.ts';
import { stopsOf } from '../../session/cursor.ts';
import type { Session } from '../../session/session.ts';
import { SPEEDS } from '../../session/state.ts';
import styles from './PlayerOptions.module.css';
import { RunUntil } from './RunUntil.tsx';

/** How the player plays: asking, until where, how fast; and the help. */
export function PlayerOptions({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const speed = useStore(session, state => state.speed);
  const askFirst = useStore(session, state => state.settings.askFirst);
  const hasKeys = useStore(session, state => state.settings.shortcuts);
  const { actions } = session;
  const runUntil = (stop: number) => {
    const name = trace?.steps[stop - 1]?.name;
    if (name !== undefined) actions.runUntil(name);
  };
  return (
    <>
      <Switch
        label="Ask me first"
        hint="Stop before a decisive step and ask what comes next"
        isOn={askFirst}
        onChange={isOn => actions.change({ askFirst: isOn })}
      />
      <RunUntil stops={stopsOf(guide)} guide={guide} onChoose={runUntil} />
      <select
        className={styles.speed}
        aria-label="Speed"
        value={speed}
        onChange={event => actions.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map(each => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <button
        type="button"
        className={styles.help}
        aria-label="Help and keys"
        aria-keyshortcuts={ariaKeys('help', hasKeys)}
        onClick={() => actions.openDialog('help')}
      >
        ?
      </button>
    </>
  );
}
