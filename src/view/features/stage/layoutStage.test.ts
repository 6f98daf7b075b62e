import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place, Trace } from '../../../engine/index.ts';
import { StageScript, sseCOverHttp, sseKmsUpload } from '../../../testing/stageFixture.ts';
import { layoutStage, type StageLayout } from './layoutStage.ts';
import { isInside, overlap, type Rect } from './rect.ts';
import type { Stay } from './stays.ts';

const WIDTHS = [358, 560, 780, 1180];

/** A run in which keys come and go at random in random places. */
const traces: fc.Arbitrary<Trace> = fc
  .array(
    fc.record({
      place: fc.constantFrom<Place>('client', 's3.memory', 's3.disk', 's3.keys', 'kms.host', 'kms.hsm', 'network'),
      isEnd: fc.boolean(),
      isKey: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map(moves => {
    const script = new StageScript();
    const held: { id: string; place: Place }[] = [];
    for (const { place, isEnd, isKey } of moves) {
      const out = isEnd ? held.shift() : undefined;
      if (out) {
        script.step('s3.discardKey', 's3', { verb: 'discarded', place: out.place, inputs: [out.id], isZeroized: true });
        continue;
      }
      const id = script.artifact({
        kind: isKey ? 'data-key' : 'ciphertext-object',
        name: 'thing',
        ...(isKey ? { letter: 'A' } : {}),
      });
      script.step('s3.makeDataKey', 's3', { verb: 'generated', place, inputs: held.map(it => it.id), outputs: [id] });
      held.push({ id, place });
    }
    return script.trace();
  });

function isAtOnce(a: Stay, b: Stay): boolean {
  return a.fromEvent < b.freeAt && b.fromEvent < a.freeAt;
}

function collisions(layout: StageLayout): string[] {
  const placed = layout.stays.flatMap(stay => {
    const box = layout.slots.get(stay.id);
    return box ? [{ stay, box }] : [];
  });
  return placed.flatMap((a, i) =>
    placed
      .slice(i + 1)
      .flatMap(b => (isAtOnce(a.stay, b.stay) && overlap(a.box, b.box) ? [`${a.stay.id} and ${b.stay.id}`] : [])),
  );
}

function homeless(layout: StageLayout): string[] {
  return layout.stays.flatMap(stay => {
    const box = layout.slots.get(stay.id);
    const room: Rect | undefined = layout.rooms[stay.place];
    return box && room && isInside(box, room) ? [] : [stay.id];
  });
}

describe('layout of the stage', () => {
  it('never lets two tokens overlap that are there at the same time, at any width', () => {
    fc.assert(
      fc.property(traces, fc.constantFrom(...WIDTHS), (trace, width) => {
        expect(collisions(layoutStage({ trace, width }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('puts every token inside its room', () => {
    fc.assert(
      fc.property(traces, fc.constantFrom(...WIDTHS), (trace, width) => {
        expect(homeless(layoutStage({ trace, width }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(WIDTHS)('keeps all rooms within a stage of %i px', width => {
    const layout = layoutStage({ trace: sseKmsUpload(), width });
    const stage = { x: 0, y: 0, w: width, h: layout.height };
    const outside = Object.values(layout.rooms).filter(room => !isInside(room, stage));
    expect(outside).toEqual([]);
  });

  it('keeps the tap’s record clear of the tokens that lie on the network', () => {
    for (const width of WIDTHS) {
      const layout = layoutStage({ trace: sseCOverHttp(), width });
      const tokens = layout.stays
        .filter(stay => stay.place === 'network')
        .flatMap(stay => layout.slots.get(stay.id) ?? []);
      expect(tokens).toHaveLength(3);
      expect(tokens.filter(box => overlap(box, layout.tap))).toEqual([]);
    }
  });

  it('fits an SSE-KMS upload into 780 by 600 px', () => {
    expect(layoutStage({ trace: sseKmsUpload(), width: 780 }).height).toBeLessThanOrEqual(600);
  });

  it('leaves out the rooms in which nothing plays', () => {
    const { rooms } = layoutStage({ trace: sseCOverHttp(), width: 780 });
    expect(rooms.kms).toBeUndefined();
    expect(rooms['kms.hsm']).toBeUndefined();
    expect(rooms.audit).toBeUndefined();
    expect(rooms['s3.keys']).toBeDefined();
  });

  it('has no room for S3’s own keys when none is in play', () => {
    expect(layoutStage({ trace: sseKmsUpload(), width: 780 }).rooms['s3.keys']).toBeUndefined();
  });

  it('puts keys to the left of what they lock in S3’s memory', () => {
    const trace = sseKmsUpload();
    const layout = layoutStage({ trace, width: 780 });
    const x = (kind: string) => {
      const stay = layout.stays.find(it => it.place === 's3.memory' && trace.artifacts[it.artifact]?.kind === kind);
      return (stay && layout.slots.get(stay.id)?.x) ?? Number.NaN;
    };
    expect(x('data-key')).toBeLessThan(x('ciphertext-object'));
    expect(x('data-key')).toBeLessThan(x('encrypted-data-key'));
  });

  it('has room for touch: on a phone every token is as wide as its room and at least 36 px tall', () => {
    const layout = layoutStage({ trace: sseKmsUpload(), width: 358 });
    const boxes = [...layout.slots.values()];
    expect(Math.min(...boxes.map(box => box.w))).toBeGreaterThan(280);
    expect(Math.min(...boxes.map(box => box.h))).toBeGreaterThanOrEqual(36);
  });
});
