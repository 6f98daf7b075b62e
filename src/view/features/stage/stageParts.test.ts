import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { sseCOverHttp, sseKmsUpload } from '../../../testing/stageFixture.ts';
import { alignValues, countDifferences } from './alignValues.ts';
import { connectorsOf } from './connectors.ts';
import { layoutStage } from './layoutStage.ts';
import { activePlaces, eventsOfMoment } from './moment.ts';
import { findNearest } from './nearest.ts';
import { tokensOf } from './tokensOf.ts';
import { bytesLine, readableText } from './words.ts';

const trace = sseKmsUpload();
const layout = layoutStage({ trace, width: 780 });
const stepOf = (name: string) => trace.steps.findIndex(step => step.name === name) + 1;
const sceneOf = (name: string) => sceneAt(trace, eventsAtStep(trace, stepOf(name)));

describe('values side by side', () => {
  it('give back both values when their lines are joined', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 40 }), (left, right, perLine) => {
        const lines = alignValues(left, right, perLine);
        expect(lines.flatMap(line => line.left.map(run => run.text)).join('')).toBe(left);
        expect(lines.flatMap(line => line.right.map(run => run.text)).join('')).toBe(right);
      }),
    );
  });

  it('mark exactly the characters that differ', () => {
    const [line] = alignValues('abcd', 'abXd', 10);
    expect(line?.left).toEqual([
      { text: 'ab', isSame: true },
      { text: 'c', isSame: false },
      { text: 'd', isSame: true },
    ]);
    expect(countDifferences('abcd', 'abXd')).toBe(1);
    expect(countDifferences('abc', 'abcde')).toBe(2);
  });
});

describe('moving the focus', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, w: 10, h: 10 }],
    ['b', { x: 20, y: 0, w: 10, h: 10 }],
    ['c', { x: 0, y: 20, w: 10, h: 10 }],
  ]);
  it('goes to the token straight ahead', () => {
    expect(findNearest(boxes, 'a', 'right')).toBe('b');
    expect(findNearest(boxes, 'a', 'down')).toBe('c');
    expect(findNearest(boxes, 'b', 'left')).toBe('a');
  });
  it('stays where it is when nothing lies ahead', () => {
    expect(findNearest(boxes, 'a', 'up')).toBeUndefined();
  });
});

describe('what is seen of a moment', () => {
  it('lets a token fly in from the slot it had in the other room', () => {
    const { tokens } = tokensOf(trace, sceneOf('kms.answer'), layout);
    const locked = tokens.find(
      token => token.stay.place === 's3.memory' && token.artifact.kind === 'encrypted-data-key',
    );
    const source = layout.stays.find(stay => stay.place === 'kms.hsm' && stay.artifact === locked?.artifact.id);
    const from = source && layout.slots.get(source.id);
    expect(locked?.entry).toEqual({
      x: Math.round((from?.x ?? 0) - (locked?.box.x ?? 0)),
      y: Math.round((from?.y ?? 0) - (locked?.box.y ?? 0)),
    });
  });

  it('marks what the step is about and nothing that was there before', () => {
    const { tokens } = tokensOf(trace, sceneOf('s3.encrypt'), layout);
    expect(tokens.filter(token => token.mark !== 'none').map(token => [token.artifact.kind, token.mark])).toEqual([
      ['ciphertext-object', 'main'],
    ]);
  });

  it('shows a discarded key as a ghost in its own step only', () => {
    const now = tokensOf(trace, sceneOf('s3.discardKey'), layout).ghosts;
    const next = tokensOf(trace, sceneOf('s3.store'), layout).ghosts;
    expect(now.map(ghost => [ghost.artifact.letter, ghost.isZeroized])).toEqual([['A', true]]);
    expect(next.some(ghost => ghost.artifact.letter === 'A')).toBe(false);
  });

  it('draws an arrow from the object and one from the key, the latter as the key’s branch', () => {
    const connectors = connectorsOf(trace, sceneOf('s3.encrypt'), layout);
    expect(connectors).toHaveLength(2);
    expect(connectors.flatMap(it => it.keyId ?? []).map(id => trace.artifacts[id]?.letter)).toEqual(['A']);
  });

  it('draws nothing and frames nothing before the first step', () => {
    const scene = sceneAt(trace, 0);
    expect(connectorsOf(trace, scene, layout)).toEqual([]);
    expect(activePlaces(eventsOfMoment(trace, scene)).size).toBe(0);
  });

  it('frames both ends of a move', () => {
    expect([...activePlaces(eventsOfMoment(trace, sceneOf('s3.receive')))].sort()).toEqual(['network', 's3.memory']);
  });

  it('shows the request as text when it went over plain HTTP, and hex otherwise', () => {
    const capture = (it: typeof trace) =>
      Object.values(it.artifacts).find(artifact => artifact.kind === 'capture')?.head ?? '';
    expect(readableText(capture(sseCOverHttp()))).toMatch(/^PUT \/ledger-room/);
    expect(readableText(capture(trace))).toBeUndefined();
  });

  it('shows no bytes of a handle', () => {
    const handle = Object.values(trace.artifacts).find(artifact => artifact.kind === 'domain-key');
    expect(handle && bytesLine(handle, 'kms.hsm')).toBe('never leaves the HSM');
  });
});
