import { type RefObject, useEffect, useRef } from 'react';

/** Leads the focus to what the reference is put on: whenever the name changes to another one, never for `undefined`. */
export function useFocus<T extends HTMLElement>(name: string | undefined): RefObject<T | null> {
  const target = useRef<T>(null);
  useEffect(() => {
    if (name === undefined) return;
    target.current?.focus({ preventScroll: true });
    target.current?.scrollIntoView?.({ block: 'start' });
  }, [name]);
  return target;
}
