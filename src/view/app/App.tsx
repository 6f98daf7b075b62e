import { LazyMotion, MotionConfig } from 'framer-motion';
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { sceneAt } from '../../scene/fold.ts';
import { Player } from '../features/player/Player.tsx';
import { Header } from '../features/setup/Header.tsx';
import { Stage } from '../features/stage/Stage.tsx';
import { Narration } from '../features/steps/Narration.tsx';
import { StepList } from '../features/steps/StepList.tsx';
import { useMedia } from '../parts/useMedia.ts';
import type { Session } from '../session/session.ts';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useHiddenPause } from './useHiddenPause.ts';
import { useKeyboard } from './useKeyboard.ts';
import { useTheme } from './useTheme.ts';

// Whatever is not needed to show and step the stage comes right after it.
const Dialogs = lazy(() => import('./Dialogs.tsx').then(({ Dialogs }) => ({ default: Dialogs })));
const DownloadResult = lazy(() =>
  import('../features/setup/DownloadResult.tsx').then(({ DownloadResult }) => ({ default: DownloadResult })),
);
const Evidence = lazy(() => import('./Evidence.tsx').then(({ Evidence }) => ({ default: Evidence })));
const Landing = lazy(() => import('../features/intro/Landing.tsx').then(({ Landing }) => ({ default: Landing })));
const Lesson = lazy(() => import('./Lesson.tsx').then(({ Lesson }) => ({ default: Lesson })));
const Onward = lazy(() => import('../features/onward/Onward.tsx').then(({ Onward }) => ({ default: Onward })));
const Outcome = lazy(() => import('../features/predict/Outcome.tsx').then(({ Outcome }) => ({ default: Outcome })));
const PrintTwin = lazy(() => import('./PrintTwin.tsx').then(({ PrintTwin }) => ({ default: PrintTwin })));
const Question = lazy(() => import('../features/predict/Question.tsx').then(({ Question }) => ({ default: Question })));
const RunStatus = lazy(() =>
  import('../features/setup/RunStatus.tsx').then(({ RunStatus }) => ({ default: RunStatus })),
);
const StagedStrip = lazy(() =>
  import('../features/stagedStrip/StagedStrip.tsx').then(({ StagedStrip }) => ({ default: StagedStrip })),
);
const Workspace = lazy(() => import('./Workspace.tsx').then(({ Workspace }) => ({ default: Workspace })));
const TextTwin = lazy(() => import('../features/twin/TextTwin.tsx').then(({ TextTwin }) => ({ default: TextTwin })));
const loadMotion = () => import('./motionFeatures.ts').then(({ domMin }) => domMin);
const REDUCED = { system: 'user', on: 'never', off: 'always' } as const;

/** The whole page: header, steps, stage, evidence, player. */
export function App({ session }: { readonly session: Session }) {
  const settings = useStore(session, state => state.settings);
  const announcement = useStore(session, state => state.announcement);
  const workspace = useStore(session, state => state.workspace?.name);
  useKeyboard(session);
  useHiddenPause(session);
  useTheme(settings.theme);
  useWayBack(workspace);
  return (
    <LazyMotion features={loadMotion} strict>
      <MotionConfig reducedMotion={REDUCED[settings.motion]}>
        {workspace ? (
          <ErrorBoundary onLeave={session.leaveWorkspace}>
            <Suspense fallback={null}>
              <Workspace session={session} name={workspace} />
            </Suspense>
          </ErrorBoundary>
        ) : (
          <div className={styles.page}>
            <Header session={session} />
            <StepList session={session} />
            <Center session={session} />
            <aside className={styles.aside} aria-label="Evidence">
              <Suspense fallback={null}>
                <Evidence session={session} />
              </Suspense>
            </aside>
            <Player session={session} />
          </div>
        )}
        <Suspense fallback={null}>
          <Dialogs session={session} />
        </Suspense>
        {/* The invisible mark makes the same words news when the same step is reached again. */}
        <LiveRegion message={announcement.text + (announcement.count % 2 === 1 ? '\u200b' : '')} />
      </MotionConfig>
    </LazyMotion>
  );
}

/** Whoever comes back from a page beside the lab has left the button there: the focus goes to the stage. */
function useWayBack(workspace: string | undefined): void {
  const former = useRef(workspace);
  useEffect(() => {
    if (former.current && !workspace) document.querySelector('main')?.focus({ preventScroll: true });
    former.current = workspace;
  }, [workspace]);
}

/** Stage or text, and below it the sentence, the question or what came of it. */
function Center({ session }: { readonly session: Session }) {
  const isBusy = useStore(session, state => state.status === 'starting' || state.status === 'running');
  const trace = useStore(session, state => state.trace);
  const events = useStore(session, state => state.events);
  const selected = useStore(session, state => state.selected);
  const view = useStore(session, state => state.view);
  const isAsking = useStore(session, state => state.asking !== undefined);
  const isLanding = useStore(session, state => state.isLanding);
  const isLesson = useStore(session, state => state.spec.lesson !== undefined);
  const isStaged = Boolean(trace?.run.experiment ?? trace?.run.fork ?? trace?.run.attack);
  const isOver = trace !== undefined && events >= trace.events.length;
  const motion = useStore(session, state => state.settings.motion);
  const prefersLess = useMedia('(prefers-reduced-motion: reduce)');
  const isNarrow = useMedia('(max-width: 699px)');
  // Where the page scrolls, the sentence stands above the stage and stays in sight.
  const isScrolling = useMedia('(max-width: 1179px)');
  const scene = useMemo(() => (trace ? sceneAt(trace, events) : undefined), [trace, events]);
  const { actions } = session;
  const words = isAsking ? (
    <Suspense fallback={null}>
      <Question session={session} />
    </Suspense>
  ) : (
    <Narration session={session} />
  );
  const outcome = (
    <Suspense fallback={null}>
      <Outcome session={session} />
    </Suspense>
  );
  const onward = isOver && (
    <Suspense fallback={null}>
      <Onward session={session} />
    </Suspense>
  );
  return (
    <main className={styles.main} tabIndex={-1} aria-busy={isBusy}>
      <div className={styles.center} inert={isLanding}>
        <Suspense fallback={null}>
          <RunStatus session={session} />
        </Suspense>
        {isLesson && (
          <Suspense fallback={null}>
            <Lesson session={session} part={isScrolling ? 'strip' : 'strip-and-end'} />
          </Suspense>
        )}
        {isStaged && (
          <Suspense fallback={null}>
            <StagedStrip session={session} />
          </Suspense>
        )}
        {isScrolling && (
          <div className={isAsking ? undefined : styles.words}>
            {words}
            {isLesson && (
              <Suspense fallback={null}>
                <Lesson session={session} part="end" />
              </Suspense>
            )}
          </div>
        )}
        {isScrolling && outcome}
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
        {!isScrolling && onward}
        <div className={styles.below}>
          {!isScrolling && outcome}
          <Suspense fallback={null}>
            <DownloadResult session={session} />
          </Suspense>
        </div>
        {isScrolling && onward}
      </div>
      <Suspense fallback={null}>{isLanding && <Landing session={session} />}</Suspense>
      <Suspense fallback={null}>
        <PrintTwin session={session} />
      </Suspense>
    </main>
  );
}
