import { type RefObject, useEffect, useRef } from 'react';

/** Brings what a new step is about into view; never on the first sight of the page. */
export function useFollowing(stage: RefObject<HTMLElement | null>, step: number, isOn: boolean): void {
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    if (!isOn) return;
    const target =
      stage.current?.querySelector('[data-card]') ??
      stage.current?.querySelector('[data-mark=main],[data-ghost]') ??
      stage.current?.querySelector('[data-active=true]');
    target?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [stage, step, isOn]);
}
