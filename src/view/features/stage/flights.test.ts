import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { ALL_SPECS, nameOfSpec, runOf } from '../../../testing/allRuns.ts';
import { layoutStage, type StageLayout } from './layoutStage.ts';
import { overlap, type Rect } from './rect.ts';
import { COURIER_SIZE, type Point, straightBoxes } from './route.ts';
import { type PlacedToken, tokensOf } from './tokensOf.ts';

const WIDTHS = [358, 560, 776, 1180];

function boxesOnTheWay({ box, entry, route }: PlacedToken): Rect[] {
  if (route) return alongRoute(route);
  if (entry === undefined || entry === 'made') return [];
  const start = { ...box, x: box.x + entry.x, y: box.y + entry.y };
  const corner = entry.turn === 'down-first' ? { ...start, y: box.y } : { ...start, x: box.x };
  if (entry.turn === undefined) return straightBoxes(start, box);
  return [...straightBoxes(start, corner), ...straightBoxes(corner, box)];
}

function alongRoute(route: readonly Point[]): Rect[] {
  const half = COURIER_SIZE / 2;
  return route.slice(1).flatMap((to, index) => {
    const from = route[index] ?? to;
    return straightBoxes(
      { x: from.x - half, y: from.y - half, w: COURIER_SIZE, h: COURIER_SIZE },
      { x: to.x - half, y: to.y - half, w: COURIER_SIZE, h: COURIER_SIZE },
    );
  });
}

/** Every secret token that comes into a room, with the plan it comes into. */
function arrivals(trace: Trace, width: number): { token: PlacedToken; tokens: readonly PlacedToken[] }[] {
  const layout: StageLayout = layoutStage({ trace, width });
  return trace.steps.flatMap((_, step) => {
    const { tokens } = tokensOf(trace, sceneAt(trace, eventsAtStep(trace, step + 1)), layout);
    return tokens.filter(token => token.artifact.isSecret && token.entry).map(token => ({ token, tokens }));
  });
}

describe('the flight of a secret', () => {
  it('never crosses S3’s disks unless it lies there, in any run at any width', async () => {
    const bad: string[] = [];
    let routes = 0;
    for (const spec of ALL_SPECS) {
      const { trace } = await runOf(spec);
      for (const width of WIDTHS) {
        const disks = layoutStage({ trace, width }).rooms['s3.disk'];
        for (const { token } of arrivals(trace, width)) {
          // An object in plaintext may lie on the disks in the world before 2023 only, and come and go there.
          if (token.stay.place === 's3.disk' || token.stay.source === 's3.disk') continue;
          if (token.route) routes++;
          if (disks && boxesOnTheWay(token).some(box => overlap(box, disks))) {
            bad.push(`${nameOfSpec(spec)} at ${width}: ${token.stay.id}`);
          }
        }
      }
    }
    expect(bad).toEqual([]);
    expect(routes).toBeGreaterThan(0);
  });

  it('takes a route clear of the network and of all tokens when it leaves KMS for S3’s left column', async () => {
    const { trace } = await runOf({ mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' });
    for (const width of WIDTHS) {
      const { network } = layoutStage({ trace, width }).rooms;
      const routed = arrivals(trace, width).filter(it => it.token.route);
      expect(routed.map(it => it.token.artifact.letter)).toEqual(['A']);
      for (const { token, tokens } of routed) {
        const way = boxesOnTheWay(token);
        const others = tokens.filter(other => other !== token).map(other => other.box);
        expect(network && way.some(box => overlap(box, network))).toBe(false);
        expect(
          others.filter(other => way.some(box => overlap(box, other))),
          `${width}`,
        ).toEqual([]);
      }
    }
  });
});
