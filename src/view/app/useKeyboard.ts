import { useEffect } from 'react';
import { findBinding, repeatGate } from '../session/bindings.ts';
import type { Session } from '../session/session.ts';

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const PRESSING = 'button, a[href], summary, [role="button"], [role="switch"], [role="tab"]';

/** Gives the keys of the table to the player, except where they belong to something else. */
export function useKeyboard(session: Session): void {
  useEffect(() => {
    const lets = repeatGate();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const { dialog, settings, workspace } = session.getState();
      // Pages beside the lab have players of their own.
      if (dialog !== undefined || workspace !== undefined) return;
      const target = event.target instanceof Element ? event.target : undefined;
      if (target?.closest(TYPING)) return;
      if (event.key === ' ' && target?.closest(PRESSING)) return;
      const binding = findBinding(event.key, settings.shortcuts);
      if (!binding) return;
      if (!lets(event.repeat, event.timeStamp)) return event.preventDefault();
      if (binding.run({ session, toggleFullScreen }, event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session]);
}

function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.();
  // Refused (an embed, a phone): the page stays as it is.
  change?.catch(() => undefined);
}
