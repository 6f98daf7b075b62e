import { middle, type Rect } from './rect.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The box that lies next in a direction; straight ahead counts for more than aside. */
export function findNearest<Id>(boxes: ReadonlyMap<Id, Rect>, from: Id, direction: Direction): Id | undefined {
  const start = boxes.get(from);
  if (start === undefined) return undefined;
  const a = middle(start);
  const isSideways = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { id: Id; cost: number } | undefined;
  for (const [id, box] of boxes) {
    const b = middle(box);
    const ahead = sign * (isSideways ? b.x - a.x : b.y - a.y);
    const aside = Math.abs(isSideways ? b.y - a.y : b.x - a.x);
    if (id === from || ahead <= 1) continue;
    const cost = ahead + 2 * aside;
    if (best === undefined || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}
