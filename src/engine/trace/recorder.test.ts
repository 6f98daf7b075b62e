import { beforeEach, describe, expect, it } from 'vitest';
import { steadyClock } from '../clock.ts';
import { sha256 } from '../crypto/sha2.ts';
import { discard } from './discard.ts';
import { type Description, Recorder } from './recorder.ts';
import { Room } from './room.ts';
import type { MessageView, RunSpec } from './trace.ts';

const RUN: RunSpec = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' };
const SUBJECT = { bucketName: 'bucket', objectName: 'a', objectLength: 1 };
const VIEW: MessageView = { startLine: '', headers: [], bodyLength: 0 };

let recorder: Recorder;
beforeEach(() => {
  recorder = new Recorder(steadyClock(1000, 1), sha256);
});

const dataKey = (value: number, more: Partial<Description> = {}): Description => ({
  kind: 'data-key',
  name: 'data key',
  bytes: new Uint8Array(32).fill(value),
  isSecret: true,
  ...more,
});
const note = () => recorder.emit({ verb: 'generated', place: 'client', facts: [] });
const finish = () => recorder.finish({ isOk: true });

describe('an artifact', () => {
  it('is the same whenever its bytes are the same, with the name and letter it got first', async () => {
    const first = await recorder.identify(dataKey(1));
    const again = await recorder.identify(dataKey(1, { kind: 'checksum', name: 'something else', isSecret: false }));
    expect(again).toBe(first);
    expect(await recorder.find(new Uint8Array(32).fill(1))).toBe(first);
    expect([first.letter, (await recorder.identify(dataKey(2))).letter]).toEqual(['A', 'B']);
  });

  it('is another when a byte or the length differs', async () => {
    const ids = new Set<string>();
    for (const bytes of [new Uint8Array(0), new Uint8Array(1), new Uint8Array(2), new Uint8Array([0, 1])]) {
      ids.add((await recorder.identify(dataKey(0, { bytes }))).id);
    }
    expect(ids.size).toBe(4);
  });

  it('over 1 MiB is told from another one by samples from all over it', async () => {
    const large = new Uint8Array(3 * 1024 * 1024);
    const first = await recorder.identify(dataKey(0, { bytes: large }));
    expect(await recorder.find(large.slice())).toBe(first);
    for (const position of [0, 1_572_864, large.length - 1]) {
      const other = large.slice();
      other[position] = 1;
      expect(await recorder.find(other)).toBeUndefined();
    }
  });

  it('that is a handle is told from others by its name and has no bytes to show', async () => {
    const handle = (name: string) => dataKey(0, { kind: 'backing-key', bytes: { handle: name, byteLength: 32 } });
    const first = await recorder.identify(handle('one'));
    expect(await recorder.identify(handle('one'))).toBe(first);
    expect((await recorder.identify(handle('two'))).id).not.toBe(first.id);
    expect(first).toMatchObject({ isHandle: true, head: '', tail: '', byteLength: 32, letter: 'K' });
  });

  it('shows its first 1,024 bytes, and its last 32 when they are beyond', async () => {
    const short = await recorder.identify(dataKey(0, { bytes: new Uint8Array(1024).fill(7) }));
    const long = await recorder.identify(dataKey(0, { bytes: new Uint8Array(1025).fill(8) }));
    expect([short.head.length, short.tail.length, long.head.length, long.tail.length]).toEqual([2048, 0, 2048, 64]);
  });

  it('nobody described is not there', async () => {
    expect(await recorder.find(new Uint8Array(5))).toBeUndefined();
    expect(() => recorder.get('a1')).toThrow('every artifact id was given out by the recorder');
  });
});

describe('a recording', () => {
  it('gathers the events of a step, and goes on with a step that is named again', () => {
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('client.sign', 'client');
    note();
    recorder.step('client.sign', 'client');
    note();
    recorder.step('client.send', 'client');
    note();
    recorder.step('client.sign', 'client');
    note();
    const { steps, events } = finish();
    expect(steps.map(({ name, first, end }) => [name, first, end])).toEqual([
      ['client.sign', 0, 2],
      ['client.send', 2, 3],
      ['client.sign', 3, 4],
    ]);
    expect(events.map(({ step, index }) => [step, index])).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('leaves out steps in which nothing happens, and goes on with the step before them', () => {
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('client.prepare', 'client');
    recorder.step('client.sign', 'client');
    note();
    recorder.step('s3.authorize', 's3');
    recorder.step('client.sign', 'client');
    note();
    recorder.step('s3.answer', 's3');
    const { steps, events } = finish();
    expect(steps).toEqual([{ index: 0, name: 'client.sign', actor: 'client', first: 0, end: 2 }]);
    expect(events.map(event => event.step)).toEqual([0, 0]);
  });

  it('tells two actors’ steps of one name apart', () => {
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('wire.handshake', 'client');
    note();
    recorder.step('wire.handshake', 's3');
    note();
    expect(finish().steps.map(step => step.actor)).toEqual(['client', 's3']);
  });

  it('puts events into the innermost exchange under way', () => {
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('client.send', 'client');
    note();
    const outer = recorder.openExchange('client-s3', true, VIEW);
    note();
    const inner = recorder.openExchange('s3-kms', true, VIEW);
    note();
    recorder.closeExchange(inner, { ...VIEW, startLine: 'inner' });
    note();
    recorder.closeExchange(inner, { ...VIEW, startLine: 'inner' });
    note();
    recorder.closeExchange(outer, { ...VIEW, startLine: 'outer' });
    note();
    const { events, exchanges } = finish();
    expect(events.map(event => event.exchange)).toEqual([undefined, outer, inner, outer, outer, undefined]);
    expect(exchanges.map(({ link, response }) => [link, response?.startLine])).toEqual([
      ['client-s3', 'outer'],
      ['s3-kms', 'inner'],
    ]);
  });

  it('notes what each room holds at its beginning, and lists every artifact that can be reached from what happened', async () => {
    const inside = await recorder.identify(dataKey(1));
    const wrapping = await recorder.identify(dataKey(2, { kind: 'wrapping-key' }));
    const lock = { keyId: wrapping.id, contents: [inside.id], algorithm: 'AES-256-GCM' };
    const wrapped = await recorder.identify(dataKey(3, { kind: 'encrypted-data-key', lock }));
    const derived = await recorder.identify(dataKey(4, { kind: 'derived-key', derivedFrom: [inside.id] }));
    const unused = await recorder.identify(dataKey(5));
    const room = new Room('s3.disk');
    room.hold(wrapped.id, new Uint8Array(1));
    recorder.begin(RUN, SUBJECT, [room]);
    const trace = finish();
    expect(trace.opening).toEqual([{ artifact: wrapped.id, place: 's3.disk' }]);
    expect(Object.keys(trace.artifacts)).toEqual([inside.id, wrapping.id, wrapped.id]);
    expect([derived.id, unused.id].some(id => id in trace.artifacts)).toBe(false);
  });

  it('is not touched by what happens outside it, nor by one that was abandoned', () => {
    recorder.step('client.sign', 'client');
    note();
    expect(recorder.openExchange('client-s3', true, VIEW)).toBe(-1);
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('client.sign', 'client');
    note();
    recorder.abandon();
    expect(recorder.isRecording).toBe(false);
    expect(() => finish()).toThrow('only a run that began can finish');
    recorder.begin(RUN, SUBJECT, []);
    recorder.closeExchange(-1, VIEW);
    expect(finish()).toMatchObject({ steps: [], events: [], exchanges: [] });
  });

  it('has no event without a step', () => {
    recorder.begin(RUN, SUBJECT, []);
    expect(() => note()).toThrow('every event belongs to a step');
  });

  it('ends in plain data whose events nobody can change', () => {
    recorder.begin(RUN, SUBJECT, []);
    recorder.step('client.sign', 'client');
    note();
    const trace = finish();
    expect(Object.isFrozen(trace)).toBe(true);
    expect(trace.events.every(event => Object.isFrozen(event))).toBe(true);
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
    expect(structuredClone(trace)).toEqual(trace);
  });

  it('names the connections of each run alike', async () => {
    const letters: (string | undefined)[] = [];
    for (const value of [1, 2]) {
      recorder.begin(RUN, SUBJECT, []);
      letters.push((await recorder.identify(dataKey(value, { kind: 'session-key' }))).letter);
      letters.push((await recorder.identify(dataKey(value + 10))).letter);
      recorder.abandon();
    }
    expect(letters).toEqual(['T', 'A', 'T', 'B']);
  });
});

describe('discarding', () => {
  it('says of each thing whether it was overwritten, and passes over what is not there', async () => {
    const room = new Room('client');
    const secret = await recorder.identify(dataKey(1));
    const open = await recorder.identify(dataKey(2, { isSecret: false, kind: 'checksum' }));
    const bytes = new Uint8Array(32).fill(1);
    const digest = new Uint8Array(32).fill(2);
    room.hold(secret.id, bytes);
    room.hold(open.id, digest);
    recorder.begin(RUN, SUBJECT, [room]);
    recorder.step('client.discardKeys', 'client');
    discard(recorder, room, [secret.id, open.id, secret.id], ['F-CSR-006']);
    const { events } = finish();
    expect(events.map(event => ['isZeroized' in event && event.isZeroized, event.facts])).toEqual([
      [true, ['F-CSR-006', 'F-SIM-016']],
      [false, ['F-CSR-006']],
    ]);
    expect([bytes.every(byte => byte === 0), digest.every(byte => byte === 2)]).toEqual([true, true]);
    expect(room.ids()).toEqual([]);
  });

  it('tells two large artifacts apart that differ in a single byte, wherever it is, aligned or not', async () => {
    const recorder = new Recorder(steadyClock(0), sha256);
    const identify = (bytes: Uint8Array) =>
      recorder.identify({ kind: 'plaintext-object', name: 'large', bytes, isSecret: true });
    const bytes = new Uint8Array(3_000_001).map((_, i) => (i * 7) % 251);
    const first = await identify(bytes);
    expect(first.isSampled).toBe(true);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect((await identify(shifted.subarray(3))).id).toBe(first.id);
    for (const at of [70_000, 1_234_567, 2_900_000, bytes.length - 70_000]) {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect((await identify(other)).id, String(at)).not.toBe(first.id);
    }
  });
});
