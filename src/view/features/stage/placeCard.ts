import type { RoomId, StageLayout } from './layoutStage.ts';
import { bottom, overlap, type Rect, right } from './rect.ts';

/** How tall a card is when it is so wide; `undefined` when that is too slim. */
export type CardHeight = (width: number) => number | undefined;

const MOST_WIDTH = 404;
/** Below the stage a card may be wide, so that it is not tall. */
const MOST_BAND_WIDTH = 580;
const AIR = 7;
/** What a room's label takes at its upper edge. */
const LABEL = 12;

/**
 * Where the card of an event stands: in the free space of its room, else in that of its service, else below the stage.
 * On a phone the band below the stage is far away: there it may cover things of its own service, never of another.
 */
export function placeCard(
  layout: StageLayout,
  place: RoomId,
  height: CardHeight,
  taken: readonly Rect[],
): Rect | undefined {
  const home = homeOf(layout, place);
  if (home === undefined) return undefined;
  const areas = areasOf(layout, place);
  for (const area of areas) {
    const spot = findSpot(area, height, box => (taken.some(other => overlap(grown(box), other)) ? undefined : 0));
    if (spot) return spot;
  }
  const isFar = layout.name !== 'wide' && layout.height - bottom(home) > 160;
  if (isFar) {
    const foreign = taken.filter(other => !overlap(other, home));
    const covered = (box: Rect) => taken.filter(other => overlap(box, other)).length;
    const spot = findSpot(home, height, box => (foreign.some(it => overlap(box, it)) ? undefined : covered(box)));
    if (spot) return spot;
  }
  const w = Math.min(MOST_BAND_WIDTH, layout.width - 4);
  const x = Math.min(Math.max(home.x, 2), layout.width - w - 2);
  return { x, y: layout.height + AIR, w, h: height(w) ?? 0 };
}

/** The spot with the least cost, from below; `undefined` is no spot at all. */
function findSpot(area: Rect, height: CardHeight, cost: (box: Rect) => number | undefined): Rect | undefined {
  let best: { box: Rect; cost: number } | undefined;
  for (const w of new Set([Math.min(MOST_WIDTH, area.w - 2 * AIR), Math.min(320, area.w - 2 * AIR)])) {
    const h = height(w);
    if (h === undefined) continue;
    const lefts = [area.x + (area.w - w) / 2, area.x + AIR, right(area) - AIR - w].map(Math.round);
    for (let y = Math.floor(bottom(area) - AIR - h); y >= area.y + LABEL; y -= 4) {
      for (const x of lefts) {
        const box = { x, y, w, h };
        const price = cost(box);
        if (price !== undefined && (best === undefined || price < best.cost)) best = { box, cost: price };
        if (best?.cost === 0) return best.box;
      }
    }
  }
  return best?.box;
}

function areasOf(layout: StageLayout, place: RoomId): Rect[] {
  const ids: readonly RoomId[] = place === 's3.memory' ? [place, 's3.disk', 's3'] : [place];
  return ids.flatMap(id => layout.rooms[id] ?? []);
}

function homeOf(layout: StageLayout, place: RoomId): Rect | undefined {
  if (place.startsWith('s3.')) return layout.rooms.s3;
  if (place.startsWith('kms.')) return layout.rooms.kms;
  return layout.rooms[place];
}

function grown(box: Rect): Rect {
  return { x: box.x - 6, y: box.y - 6, w: box.w + 12, h: box.h + 12 };
}
