import { useEffect } from 'react';
import type { Session } from '../session/session.ts';

/** Pauses the player while nobody can see it. */
export function useHiddenPause(session: Session): void {
  useEffect(() => {
    const onChange = () => {
      if (document.hidden) session.actions.pause();
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [session]);
}
