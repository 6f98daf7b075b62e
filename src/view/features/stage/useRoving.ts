import { type KeyboardEvent, useRef, useState } from 'react';
import { type Direction, findNearest } from './nearest.ts';
import type { Rect } from './rect.ts';

/** What a member of the group spreads on its button. */
export interface RovingProps {
  readonly ref: (element: HTMLButtonElement | null) => void;
  readonly tabIndex: 0 | -1;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
  readonly onFocus: () => void;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * One tab stop for all tokens: arrow keys go to the next in that direction, Home and End to the first and last.
 * These keys, Space and Enter do not reach the page, whose player uses them too.
 */
export function useRoving(
  boxes: ReadonlyMap<string, Rect>,
  preferred: string | undefined,
): (id: string) => RovingProps {
  const elements = useRef(new Map<string, HTMLButtonElement>());
  const [last, setLast] = useState<string>();
  const ids = [...boxes.keys()];
  const stop = [last, preferred].find(id => id !== undefined && boxes.has(id)) ?? ids[0];

  const onKeyDown = (id: string) => (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.stopPropagation();
      return;
    }
    const direction = DIRECTIONS[event.key];
    const isEnd = event.key === 'Home' || event.key === 'End';
    if (direction === undefined && !isEnd) return;
    event.preventDefault();
    event.stopPropagation();
    const next = direction ? findNearest(boxes, id, direction) : event.key === 'Home' ? ids[0] : ids.at(-1);
    if (next !== undefined) elements.current.get(next)?.focus();
  };

  return id => ({
    ref: element => {
      if (element) elements.current.set(id, element);
      else elements.current.delete(id);
    },
    tabIndex: id === stop ? 0 : -1,
    onKeyDown: onKeyDown(id),
    onFocus: () => setLast(id),
  });
}
