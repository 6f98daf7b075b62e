import type { StageLayout } from './layoutStage.ts';
import { bottom, middle, overlap, type Rect } from './rect.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A way with one corner, for a token that flies neither straight nor around. */
export type Turn = 'down-first' | 'across-first';

/** Edge of the small key that travels along a route, in CSS pixels. */
export const COURIER_SIZE = 14;
/** Between the middle of the small key and what it passes. */
const CLEAR = COURIER_SIZE / 2 + 1;

/**
 * The way from KMS around S3's disks for what must never lie there, as corners from slot to slot; `undefined` for what
 * comes from elsewhere.
 */
export function routeAround(from: Rect, to: Rect, layout: StageLayout): readonly Point[] | undefined {
  const { s3, kms, 'kms.hsm': hsm } = layout.rooms;
  if (!s3 || !kms || !hsm || from.y < kms.y) return undefined;
  // The strip left of S3: between it and the network, or the page's margin.
  const gutter = s3.x - CLEAR;
  const start = { x: from.x, y: middle(from).y };
  const end = { x: to.x, y: middle(to).y };
  const isHostAbove = hsm.x - kms.x < 30;
  const band = bottom(s3) + CLEAR;
  const aside = from.x - CLEAR;
  const out: readonly Point[] = isHostAbove
    ? [{ x: gutter, y: start.y }]
    : [
        { x: aside, y: start.y },
        { x: aside, y: band },
        { x: gutter, y: band },
      ];
  return [start, ...out, { x: gutter, y: end.y }, end];
}

/** Whether a box that moves straight from one place to the other touches `other` on its way. */
export function crosses(from: Rect, to: Rect, other: Rect): boolean {
  return straightBoxes(from, to).some(box => overlap(box, other));
}

/** Where a box is on its straight way, in 41 samples. */
export function straightBoxes(from: Rect, to: Rect): Rect[] {
  return Array.from({ length: 41 }, (_, step) => ({
    ...to,
    x: from.x + ((to.x - from.x) * step) / 40,
    y: from.y + ((to.y - from.y) * step) / 40,
  }));
}

/** When each corner is passed at an even pace, from 0 to 1. */
export function pacesOf(points: readonly Point[]): number[] {
  let length = 0;
  const passed = points.map((point, index) => {
    const last = points[index - 1];
    if (last) length += Math.hypot(point.x - last.x, point.y - last.y);
    return length;
  });
  return passed.map(at => (length === 0 ? 1 : at / length));
}
