import { lazy, Suspense, useMemo } from 'react';
import { useStore } from 'zustand';
import { stepAtEvents } from '../../../scene/fold.ts';
import { ariaKeys } from '../../session/bindings.ts';
import { stopsOf } from '../../session/cursor.ts';
import { plainText } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { hiddenFrom } from '../../session/spoilers.ts';
import { NextIcon, PauseIcon, PlayIcon, PreviousIcon } from '../../ui/playIcons.tsx';
import styles from './Player.module.css';
import { ScrubBar } from './ScrubBar.tsx';

// Not needed to step, so it comes after the stage.
const PlayerOptions = lazy(() =>
  import('./PlayerOptions.tsx').then(({ PlayerOptions }) => ({ default: PlayerOptions })),
);

/** The one player for everything: step, play, scrub, stops, speed. */
export function Player({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const guide = useStore(session, state => state.guide);
  const events = useStore(session, state => state.events);
  const isPlaying = useStore(session, state => state.isPlaying);
  const isAsking = useStore(session, state => state.asking !== undefined);
  const hasKeys = useStore(session, state => state.settings.shortcuts);
  const hidden = useStore(session, hiddenFrom);
  const { actions } = session;
  const titles = useMemo(
    () => (trace ? guide.map(step => plainText(step.title, trace.artifacts)) : []),
    [trace, guide],
  );
  const stops = useMemo(() => stopsOf(guide), [guide]);
  const step = trace ? stepAtEvents(trace, events) : 0;
  const count = trace?.steps.length ?? 0;
  const isIdle = !trace;
  return (
    <footer className={styles.player}>
      {/* biome-ignore lint/a11y/useSemanticElements: a labelled group of buttons, not form fields. */}
      <div role="group" aria-label="Player" className={styles.buttons}>
        <button
          type="button"
          className={styles.round}
          aria-label="Previous step"
          aria-keyshortcuts={ariaKeys('previous', hasKeys)}
          aria-disabled={isIdle || step <= 1}
          onClick={actions.previous}
        >
          <PreviousIcon />
        </button>
        <button
          type="button"
          className={`${styles.round} ${styles.main}`}
          aria-label={isPlaying ? 'Pause' : 'Play'}
          aria-keyshortcuts={ariaKeys('toggle', hasKeys)}
          aria-disabled={isIdle || isAsking}
          onClick={actions.toggle}
        >
          {isPlaying ? <PauseIcon /> : <PlayIcon />}
        </button>
        <button
          type="button"
          className={styles.round}
          aria-label="Next step"
          aria-keyshortcuts={ariaKeys('next', hasKeys)}
          aria-disabled={isIdle || isAsking || (trace !== undefined && events >= trace.events.length)}
          onClick={actions.next}
        >
          <NextIcon />
        </button>
        <span className={styles.count}>
          {step} of {count}
        </span>
      </div>
      <ScrubBar titles={titles} hidden={hidden} stops={stops} step={step} actions={actions} />
      <div className={styles.options}>
        <Suspense fallback={null}>
          <PlayerOptions session={session} />
        </Suspense>
      </div>
    </footer>
  );
}
