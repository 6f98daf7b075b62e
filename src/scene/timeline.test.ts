import { describe, expect, it } from 'vitest';
import type { Trace } from '../engine/index.ts';
import { sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { sceneAt } from './fold.ts';
import { artifactsInPlay, holdingSpans } from './timeline.ts';

function heldBySpans(trace: Trace, events: number): string[] {
  return holdingSpans(trace)
    .filter(span => span.fromEvent <= events && events < span.untilEvent)
    .map(span => `${span.place} ${span.artifact}`)
    .sort();
}

describe('holding spans', () => {
  it.each([
    ['sse-kms', sseKmsUpload()],
    ['sse-c', sseCOverHttp()],
  ])('say the same as the fold at every moment of a %s run', (_, trace) => {
    for (let events = 0; events <= trace.events.length; events++) {
      const { holdings } = sceneAt(trace, events);
      const held = Object.entries(holdings).flatMap(([place, list]) => list.map(id => `${place} ${id}`));
      expect(heldBySpans(trace, events)).toEqual(held.sort());
    }
  });

  it('name the place something travelled from', () => {
    const span = holdingSpans(sseKmsUpload()).find(({ artifact, place }) => artifact === 'dk' && place === 's3.memory');
    expect(span?.source).toBe('kms.hsm');
    expect(span?.madeFrom).toBeUndefined();
  });

  it('name what something was made from', () => {
    const span = holdingSpans(sseKmsUpload()).find(({ artifact }) => artifact === 'ct');
    expect(span?.madeFrom).toEqual(['obj', 'dk']);
    expect(span?.source).toBeUndefined();
  });

  it('begin anew when something comes back', () => {
    const trace = aTrace()
      .artifact('a1', 'message')
      .opening('client', 'a1')
      .step('client.send', [
        { verb: 'discarded', place: 'client', inputs: ['a1'], isZeroized: false },
        { verb: 'received', place: 'client', from: 'network', outputs: ['a1'] },
      ])
      .build();
    expect(holdingSpans(trace)).toEqual([
      { artifact: 'a1', place: 'client', fromEvent: 0, untilEvent: 1 },
      { artifact: 'a1', place: 'client', fromEvent: 2, untilEvent: Number.POSITIVE_INFINITY, source: 'network' },
    ]);
  });
});

describe('artifacts in play', () => {
  it('leave out what only lies there from the start', () => {
    const trace = aTrace()
      .artifact('a1', 'message')
      .artifact('old', 'ciphertext-object')
      .opening('s3.disk', 'old')
      .step('client.prepare', [{ verb: 'hashed', place: 'client', inputs: ['a1'] }])
      .build();
    expect([...artifactsInPlay(trace)]).toEqual(['a1']);
  });
});
