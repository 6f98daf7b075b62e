import { type RefObject, useEffect, useRef } from 'react';

/**
 * On a page that scrolls, brings the room in which something happens into sight when the moment changes.
 * @param moment how many events are folded; `undefined` where everything is in sight anyway.
 */
export function useFollowAction(container: RefObject<HTMLElement | null>, moment: number | undefined): void {
  const last = useRef(moment);
  useEffect(() => {
    if (moment === undefined || moment === last.current) return;
    last.current = moment;
    const active = container.current?.querySelector('[role="group"][data-room][data-active="true"]');
    active?.scrollIntoView({ block: 'nearest' });
  }, [container, moment]);
}
