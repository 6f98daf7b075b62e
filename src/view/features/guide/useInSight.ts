import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is on the screen; `what` says when another one may stand in its place. */
export function useInSight(ref: RefObject<HTMLElement | null>, what: unknown): boolean {
  const [isInSight, setInSight] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another content it is another element
  useEffect(() => {
    const { current } = ref;
    if (!current) return;
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? true));
    observer.observe(current);
    return () => observer.disconnect();
  }, [ref, what]);
  return isInSight;
}
