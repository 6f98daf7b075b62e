import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place, Trace } from '../engine/index.ts';
import { sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { eventsAtStep, foldEvent, openingScene, sceneAt, stepAtEvents } from './fold.ts';

const ids = ['a1', 'a2', 'a3', 'a4'];
const places: Place[] = ['client', 'network', 's3.memory'];

/** Any run of moves and discards over a few artifacts; lawful or not. */
const anyTrace: fc.Arbitrary<Trace> = fc
  .array(
    fc.record({
      isNewStep: fc.boolean(),
      isDiscard: fc.boolean(),
      place: fc.constantFrom(...places),
      artifacts: fc.array(fc.constantFrom(...ids), { maxLength: 3 }),
    }),
    { maxLength: 30 },
  )
  .map(list => {
    const builder = aTrace().opening('client', 'a1');
    for (const id of ids) builder.artifact(id, 'message');
    for (const { isDiscard, place, artifacts } of list) {
      builder.step('s3.receive', [
        isDiscard
          ? { verb: 'discarded', place, inputs: artifacts, isZeroized: true }
          : { verb: 'hashed', place, outputs: artifacts },
      ]);
    }
    return builder.build();
  });

describe('the fold', () => {
  it('begins with what each place held before the first event', () => {
    const scene = sceneAt(sseKmsUpload(), 0);
    expect(scene.holdings.client).toEqual(['obj']);
    expect(scene.holdings['kms.hsm']).toEqual(['dom']);
    expect(scene).toMatchObject({ events: 0, step: 0, arrived: [], gone: [] });
  });

  it('adds outputs to the place and leaves them where they came from', () => {
    const trace = sseKmsUpload();
    const scene = sceneAt(trace, eventsAtStep(trace, 3));
    expect(scene.holdings['s3.memory']).toContain('obj');
    expect(scene.holdings.client).toContain('obj');
    expect(scene.arrived).toEqual([{ artifact: 'obj', place: 's3.memory' }]);
  });

  it('takes discarded artifacts from their place only', () => {
    const trace = sseKmsUpload();
    const step = trace.steps.findIndex(({ name }) => name === 's3.discardKey') + 1;
    const before = sceneAt(trace, eventsAtStep(trace, step - 1));
    const after = sceneAt(trace, eventsAtStep(trace, step));
    expect(before.holdings['s3.memory']).toContain('dk');
    expect(after.holdings['s3.memory']).not.toContain('dk');
    expect(after.holdings['s3.memory']).toContain('edk');
    expect(after.gone).toEqual([{ artifact: 'dk', place: 's3.memory' }]);
  });

  it('says that what came and went within one step is gone, not arrived', () => {
    const trace = sseKmsUpload();
    const step = trace.steps.findIndex(({ name }) => name === 'kms.wrapDataKey') + 1;
    const scene = sceneAt(trace, eventsAtStep(trace, step));
    expect(scene.arrived).toEqual([{ artifact: 'edk', place: 'kms.hsm' }]);
    expect(scene.gone.map(holding => holding.artifact)).toEqual(['one', 'kek']);
  });

  it('does not call arrived what was there already', () => {
    const trace = aTrace()
      .artifact('a1', 'message')
      .opening('client', 'a1')
      .step('client.prepare', [{ verb: 'hashed', place: 'client', outputs: ['a1'] }])
      .build();
    expect(sceneAt(trace, 1).arrived).toEqual([]);
    expect(sceneAt(trace, 1).holdings.client).toEqual(['a1']);
  });

  it('of a prefix and then of the rest is the fold of all', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(30), (trace, cut) => {
        let scene = sceneAt(trace, cut);
        for (const event of trace.events.slice(scene.events)) scene = foldEvent(scene, event);
        expect(scene).toEqual(sceneAt(trace, trace.events.length));
      }),
    );
  });

  it('never holds an artifact twice at one place and never changes the scene it starts from', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const opening = openingScene(trace);
        const copy = structuredClone(opening);
        let scene = opening;
        for (const event of trace.events) {
          scene = foldEvent(scene, event);
          for (const held of Object.values(scene.holdings)) expect(new Set(held).size).toBe(held.length);
        }
        expect(opening).toEqual(copy);
      }),
    );
  });
});

describe('steps and events', () => {
  it('know each other: the last event of a step belongs to it', () => {
    const trace = sseKmsUpload();
    for (let step = 0; step <= trace.steps.length; step++) {
      expect(stepAtEvents(trace, eventsAtStep(trace, step))).toBe(step);
    }
  });

  it('stay in range whatever number is asked for', () => {
    const trace = sseKmsUpload();
    expect(eventsAtStep(trace, -3)).toBe(0);
    expect(eventsAtStep(trace, 999)).toBe(trace.events.length);
    expect(stepAtEvents(trace, Number.NaN)).toBe(0);
    expect(sceneAt(trace, 1e9).events).toBe(trace.events.length);
  });

  it('agree with the step of the scene', () => {
    const trace = sseKmsUpload();
    for (let events = 0; events <= trace.events.length; events++) {
      expect(sceneAt(trace, events).step).toBe(stepAtEvents(trace, events));
    }
  });
});
