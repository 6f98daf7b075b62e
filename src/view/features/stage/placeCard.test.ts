import { describe, expect, it } from 'vitest';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { ALL_SPECS, nameOfSpec, runOf } from '../../../testing/allRuns.ts';
import { cardHeight, findCardEvent } from './cardSize.ts';
import { layoutStage } from './layoutStage.ts';
import { eventsOfMoment } from './moment.ts';
import { placeCard } from './placeCard.ts';
import { overlap, type Rect, right } from './rect.ts';
import { tokensOf } from './tokensOf.ts';

const WIDTHS = [358, 560, 776, 1180];

interface Card {
  readonly name: string;
  readonly box: Rect;
  readonly place: string;
  readonly things: readonly { readonly place: string; readonly box: Rect }[];
  readonly rooms: Readonly<Partial<Record<string, Rect>>>;
}

/** Made once: each width looks at the same runs. */
const TRACES = Promise.all(ALL_SPECS.map(async spec => ({ spec, trace: (await runOf(spec)).trace })));

async function cardsOf(width: number): Promise<Card[]> {
  const cards: Card[] = [];
  for (const { spec, trace } of await TRACES) {
    const layout = layoutStage({ trace, width });
    for (const step of trace.steps) {
      const scene = sceneAt(trace, eventsAtStep(trace, step.index + 1));
      const event = findCardEvent(eventsOfMoment(trace, scene));
      if (event === undefined) continue;
      const { tokens, ghosts } = tokensOf(trace, scene, layout);
      const drawn = [...tokens, ...ghosts].map(({ stay, box }) => ({ place: stay.place as string, box }));
      const things = [...drawn, { place: 'network', box: layout.tap }];
      const box = placeCard(
        layout,
        event.place,
        w => cardHeight(event, w),
        things.map(it => it.box),
      );
      const name = `${nameOfSpec(spec)} at ${width}: ${step.name}`;
      if (box) cards.push({ name, box, place: event.place, things, rooms: layout.rooms });
    }
  }
  return cards;
}

const serviceOf = (place: string) => place.split('.')[0];

describe('the card of an event', () => {
  it.each(WIDTHS)('never covers a token of another service, in any run on a stage of %i px', async width => {
    const cards = await cardsOf(width);
    const bad = cards.filter(card =>
      card.things.some(it => serviceOf(it.place) !== serviceOf(card.place) && overlap(it.box, card.box)),
    );
    expect(cards.length).toBeGreaterThan(100);
    expect(bad.map(card => card.name)).toEqual([]);
    expect(cards.filter(card => card.box.x < 0 || right(card.box) > width).map(card => card.name)).toEqual([]);
  });

  it.each([776, 1180])(
    'covers no token at all and not the HSM where the rooms stand side by side (%i px)',
    async width => {
      const cards = await cardsOf(width);
      const bad = cards.filter(({ box, things, rooms }) => {
        const hsm = rooms['kms.hsm'];
        return things.some(it => overlap(it.box, box)) || (hsm !== undefined && overlap(hsm, box));
      });
      expect(bad.map(card => card.name)).toEqual([]);
    },
  );
});
