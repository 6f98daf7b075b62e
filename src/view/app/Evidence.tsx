import { useMemo } from 'react';
import { useStore } from 'zustand';
import { sceneAt } from '../../scene/fold.ts';
import { CustodyTable } from '../features/custody/CustodyTable.tsx';
import { Inspector } from '../features/inspector/Inspector.tsx';
import { useMedia } from '../parts/useMedia.ts';
import type { Session } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import styles from './App.module.css';

/** Custody and inspector; on a phone the inspector is a sheet of its own. */
export function Evidence({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const events = useStore(session, state => state.events);
  const isLanding = useStore(session, state => state.isLanding);
  const isNarrow = useMedia('(max-width: 699px)');
  const scene = useMemo(() => (trace ? sceneAt(trace, events) : undefined), [trace, events]);
  // Before the first step there is nothing to prove yet.
  if (isLanding) return null;
  return (
    <>
      {trace && scene && <CustodyTable trace={trace} scene={scene} />}
      {isNarrow ? (
        <p className={styles.sheet}>
          <Button onClick={() => session.actions.openDialog('inspector')}>Inspect bytes, messages and records</Button>
        </p>
      ) : (
        <Inspector session={session} />
      )}
    </>
  );
}
