import { type RefObject, useEffect, useRef } from 'react';

/**
 * Brings what a moment is about into view, as far as it is out of sight: also once when a link leads into the middle of a
 * run, and never at the beginning of one that was not watched yet.
 * @param moment how many events are folded.
 * @param isOn whether the stage is laid out and follows.
 */
export function useFollowing(stage: RefObject<HTMLElement | null>, moment: number, isOn: boolean): void {
  const shown = useRef(0);
  useEffect(() => {
    if (!isOn || shown.current === moment) return;
    shown.current = moment;
    // After the first picture: what stands above the stage has its height by then.
    const frame = requestAnimationFrame(() => show(stage.current));
    return () => cancelAnimationFrame(frame);
  }, [stage, moment, isOn]);
}

function show(stage: HTMLElement | null): void {
  const room = stage?.querySelector('[role=group][data-active=true]:has([data-mark=main],[data-ghost])');
  const active = room ?? stage?.querySelector('[role=group][data-active=true]');
  active?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const target = stage?.querySelector('[data-mark=main]') ?? stage?.querySelector('[data-ghost]');
  for (const part of [target, stage?.querySelector('[data-card]')]) {
    part?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
