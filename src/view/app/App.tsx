import { LazyMotion, MotionConfig } from 'framer-motion';
import { lazy, Suspense, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { sceneAt } from '../../scene/fold.ts';
import { CustodyTable } from '../features/custody/CustodyTable.tsx';
import { Landing } from '../features/intro/Landing.tsx';
import { Player } from '../features/player/Player.tsx';
import { Outcome } from '../features/predict/Outcome.tsx';
import { Question } from '../features/predict/Question.tsx';
import { DownloadResult } from '../features/setup/DownloadResult.tsx';
import { Header } from '../features/setup/Header.tsx';
import { RunStatus } from '../features/setup/RunStatus.tsx';
import { Stage } from '../features/stage/Stage.tsx';
import { Narration } from '../features/steps/Narration.tsx';
import { StepList } from '../features/steps/StepList.tsx';
import type { Session } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import styles from './App.module.css';
import { Dialogs } from './Dialogs.tsx';
import { useFollowAction } from './useFollowAction.ts';
import { useHiddenPause } from './useHiddenPause.ts';
import { useKeyboard } from './useKeyboard.ts';
import { useMedia } from './useMedia.ts';
import { usePrintTwin } from './usePrintTwin.ts';
import { useTheme } from './useTheme.ts';

const Inspector = lazy(() =>
  import('../features/inspector/Inspector.tsx').then(({ Inspector }) => ({ default: Inspector })),
);
const TextTwin = lazy(() => import('../features/twin/TextTwin.tsx').then(({ TextTwin }) => ({ default: TextTwin })));
const loadMotion = () => import('./motionFeatures.ts').then(({ domAnimation }) => domAnimation);
const REDUCED = { system: 'user', on: 'never', off: 'always' } as const;

/** The whole page: header, steps, stage, evidence, player. */
export function App({ session }: { readonly session: Session }) {
  const settings = useStore(session, state => state.settings);
  const announcement = useStore(session, state => state.announcement);
  useKeyboard(session);
  useHiddenPause(session);
  useTheme(settings.theme);
  return (
    <LazyMotion features={loadMotion} strict>
      <MotionConfig reducedMotion={REDUCED[settings.motion]}>
        <div className={styles.page}>
          <Header session={session} />
          <StepList session={session} />
          <Center session={session} />
          <Evidence session={session} />
          <Player session={session} />
        </div>
        <Dialogs session={session} />
        {/* The invisible mark makes the same words news when the same step is reached again. */}
        <LiveRegion message={announcement.text + (announcement.count % 2 === 1 ? '\u200b' : '')} />
      </MotionConfig>
    </LazyMotion>
  );
}

/** Stage or text, and below it the sentence, the question or what came of it. */
function Center({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const events = useStore(session, state => state.events);
  const selected = useStore(session, state => state.selected);
  const view = useStore(session, state => state.view);
  const isAsking = useStore(session, state => state.asking !== undefined);
  const isLanding = useStore(session, state => state.isLanding);
  const motion = useStore(session, state => state.settings.motion);
  const prefersLess = useMedia('(prefers-reduced-motion: reduce)');
  const isNarrow = useMedia('(max-width: 699px)');
  // Where the page scrolls, the sentence stands above the stage and stays in sight.
  const isScrolling = useMedia('(max-width: 1179px)');
  const center = useRef<HTMLDivElement>(null);
  useFollowAction(center, events);
  const PrintTwin = usePrintTwin();
  const scene = useMemo(() => (trace ? sceneAt(trace, events) : undefined), [trace, events]);
  const { actions } = session;
  const words = isAsking ? <Question session={session} /> : <Narration session={session} />;
  return (
    <main className={styles.main}>
      <div ref={center} className={styles.center} inert={isLanding}>
        <RunStatus session={session} />
        {isScrolling && <div className={isAsking ? undefined : styles.words}>{words}</div>}
        <div className={styles.stage}>
          {trace && scene && view === 'stage' && (
            <Stage
              trace={trace}
              scene={scene}
              {...(selected ? { selected: selected.artifact } : {})}
              onSelect={(artifact, place) => {
                actions.select({ artifact, place });
                if (isNarrow) actions.openDialog('inspector');
              }}
              isMotionOff={motion === 'off' || (motion === 'system' && prefersLess)}
            />
          )}
          {view === 'text' && (
            <Suspense fallback={null}>
              <TextTwin session={session} />
            </Suspense>
          )}
        </div>
        {!isScrolling && words}
        <div className={styles.below}>
          <Outcome session={session} />
          <DownloadResult session={session} />
        </div>
      </div>
      {isLanding && <Landing session={session} />}
      {PrintTwin && <PrintTwin session={session} />}
    </main>
  );
}

/** Inspector and custody; on a phone the inspector is a sheet of its own. */
function Evidence({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const events = useStore(session, state => state.events);
  const isNarrow = useMedia('(max-width: 699px)');
  const scene = useMemo(() => (trace ? sceneAt(trace, events) : undefined), [trace, events]);
  return (
    <aside className={styles.aside} aria-label="Evidence">
      {trace && scene && <CustodyTable trace={trace} scene={scene} />}
      {isNarrow ? (
        <p className={styles.sheet}>
          <Button onClick={() => session.actions.openDialog('inspector')}>Inspect bytes, messages and records</Button>
        </p>
      ) : (
        <Suspense fallback={null}>
          <Inspector session={session} />
        </Suspense>
      )}
    </aside>
  );
}
