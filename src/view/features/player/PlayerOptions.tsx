import { useStore } from 'zustand';
import { Popover } from '../../parts/Popover.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { useMedia } from '../../parts/useMedia.ts';
import { ariaKeys } from '../../session/bindings.ts';
import { stopsOf } from '../../session/cursor.ts';
import type { Session } from '../../session/session.ts';
import { hiddenFrom } from '../../session/spoilers.ts';
import { SPEEDS } from '../../session/state.ts';
import styles from './PlayerOptions.module.css';
import { RunUntil, StopMenu } from './RunUntil.tsx';

/** How the player plays: asking, until where, how fast; and the help. */
export function PlayerOptions({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const speed = useStore(session, state => state.speed);
  const askFirst = useStore(session, state => state.settings.askFirst);
  const hasKeys = useStore(session, state => state.settings.shortcuts);
  const hidden = useStore(session, hiddenFrom);
  const isShort = useMedia('(max-width: 1179px) and (max-height: 600px)');
  const { actions } = session;
  const runUntil = (stop: number) => {
    const name = trace?.steps[stop - 1]?.name;
    if (name !== undefined) actions.runUntil(name);
  };
  const stops = stopsOf(guide);
  const asking = (
    <Switch
      label="Ask me first"
      hint="Stop before a decisive step and ask what comes next"
      isOn={askFirst}
      onChange={isOn => actions.change({ askFirst: isOn })}
    />
  );
  const pace = (
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
  );
  const help = (
    <button
      type="button"
      className={styles.help}
      aria-label="Help and keys"
      aria-keyshortcuts={ariaKeys('help', hasKeys)}
      onClick={() => actions.openDialog('help')}
    >
      ?
    </button>
  );
  const change = (
    <button
      type="button"
      className={styles.change}
      title="Change one thing from this step on, and see both futures"
      aria-keyshortcuts={ariaKeys('fork', hasKeys)}
      onClick={() => actions.openDialog('fork')}
    >
      What if…
    </button>
  );
  if (isShort) {
    return (
      <Popover text="⋯" label="More controls" panelLabel="More controls" className={styles.help} align="end">
        {close => (
          <>
            <div className={styles.row}>
              {asking}
              {change}
              {pace}
              {help}
            </div>
            <p className={styles.title}>Run until</p>
            <StopMenu
              stops={stops}
              guide={guide}
              hidden={hidden}
              onChoose={stop => {
                close();
                runUntil(stop);
              }}
            />
          </>
        )}
      </Popover>
    );
  }
  return (
    <>
      {asking}
      <RunUntil stops={stops} guide={guide} hidden={hidden} onChoose={runUntil} />
      {change}
      {pace}
      {help}
    </>
  );
}
