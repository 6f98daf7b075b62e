import { type RefObject, useEffect, useRef } from 'react';

/**
 * Brings the room in which something happens into sight when the moment changes and not all of the stage is.
 * @param moment how many events are folded.
 */
export function useFollowAction(container: RefObject<HTMLElement | null>, moment: number): void {
  const last = useRef(moment);
  useEffect(() => {
    if (moment === last.current) return;
    last.current = moment;
    const active = container.current?.querySelector('[role="group"][data-room][data-active="true"]');
    active?.scrollIntoView({ block: 'nearest' });
  }, [container, moment]);
}
