import { type ComponentType, lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { ArtifactId, FactId, Place } from '../../engine/index.ts';
import { Stage } from '../features/stage/Stage.tsx';
import { FactChips } from '../features/steps/FactChips.tsx';
import { useMedia } from '../parts/useMedia.ts';
import type { Session } from '../session/session.ts';
import { WORKSPACES, type WorkspaceName } from '../session/workspaceNames.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { SettingsIcon } from '../ui/SettingsIcon.tsx';
import type { PairProps, StageSlotProps, WorkspaceProps } from '../workspace/workspace.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import styles from './Workspace.module.css';
import { WORKSPACE_WORDS } from './workspaceWords.ts';

const SideBySide = lazy(() =>
  import('../features/compare/SideBySide.tsx').then(({ SideBySide }) => ({ default: SideBySide })),
);
const PAGES: Readonly<Record<WorkspaceName, ComponentType<WorkspaceProps>>> = {
  experiments: lazy(() =>
    import('../features/experiments/Experiments.tsx').then(({ Experiments }) => ({ default: Experiments })),
  ),
  myths: lazy(() => import('../features/myths/Myths.tsx').then(({ Myths }) => ({ default: Myths }))),
  compare: lazy(() => import('../features/compare/Compare.tsx').then(({ Compare }) => ({ default: Compare }))),
  guide: lazy(() => import('../features/guide/Guide.tsx').then(({ Guide }) => ({ default: Guide }))),
  attacker: lazy(() => import('../features/attacker/Attacker.tsx').then(({ Attacker }) => ({ default: Attacker }))),
  perform: lazy(() => import('../features/perform/Perform.tsx').then(({ Perform }) => ({ default: Perform }))),
  recall: lazy(() => import('../features/recall/Recall.tsx').then(({ Recall }) => ({ default: Recall }))),
};
const nobody = (_artifact: ArtifactId, _place: Place) => undefined;

/** A page beside the lab: the way back, the other pages, and its own content. */
export function Workspace({ session, name }: { readonly session: Session; readonly name: WorkspaceName }) {
  const params = useStore(session, state => state.workspace?.params ?? NOTHING);
  const motion = useStore(session, state => state.settings.motion);
  const prefersLess = useMedia('(prefers-reduced-motion: reduce)');
  const isMotionOff = motion === 'off' || (motion === 'system' && prefersLess);
  const main = useRef<HTMLElement>(null);
  const tabs = useRef<HTMLElement>(null);
  const renderStage = useCallback(
    ({ onSelect, ...props }: StageSlotProps) => (
      <Stage {...props} onSelect={onSelect ?? nobody} isMotionOff={isMotionOff} isFollowing={false} />
    ),
    [isMotionOff],
  );
  const renderPair = useCallback(
    (props: PairProps) => (
      <Suspense fallback={null}>
        <SideBySide {...props} session={session} renderStage={renderStage} />
      </Suspense>
    ),
    [session, renderStage],
  );
  const renderSources = useCallback(
    (facts: readonly FactId[], about: string) => <FactChips key={about} facts={facts} step={about} />,
    [],
  );
  const setParams = useMemo(() => session.setWorkspaceParams, [session]);
  const Page = PAGES[name];
  // Another page begins at its top, also for a screen reader.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name is what makes it another page
  useEffect(() => {
    document.documentElement.scrollTop = 0;
    main.current?.focus({ preventScroll: true });
    // Where the tabs do not all fit, the present one is among those in sight.
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [name]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.brand}>Envelope</h1>
        <button type="button" className={styles.back} onClick={session.leaveWorkspace}>
          <span aria-hidden="true">←</span> The lab
        </button>
        <nav className={styles.tabs} aria-label="Pages" ref={tabs}>
          {WORKSPACES.map(each => (
            <button
              key={each}
              type="button"
              className={styles.tab}
              aria-current={each === name ? 'page' : undefined}
              onClick={() => session.openWorkspace(each)}
            >
              {WORKSPACE_WORDS[each].title}
            </button>
          ))}
        </nav>
        <IconButton look="quiet" label="Settings" onClick={() => session.actions.openDialog('setup')}>
          <SettingsIcon />
        </IconButton>
      </header>
      <main className={styles.main} ref={main} tabIndex={-1} aria-label={WORKSPACE_WORDS[name].title}>
        <ErrorBoundary key={name} onLeave={session.leaveWorkspace}>
          <Suspense fallback={<p className={styles.wait}>One moment …</p>}>
            <Page
              key={name}
              session={session}
              params={params}
              setParams={setParams}
              renderStage={renderStage}
              renderSources={renderSources}
              renderPair={renderPair}
            />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

const NOTHING = {};
