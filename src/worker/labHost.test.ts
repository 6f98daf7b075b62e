import { describe, expect, it } from 'vitest';
import {
  EngineError,
  type LessonId,
  MAX_OBJECT_BYTES,
  type RunResult,
  type RunSpec,
  runLesson,
  runUpload,
  type Trace,
  type World,
} from '../engine/index.ts';
import { LabHost, type PlayLesson } from './labHost.ts';
import type { LabObject, LabReply } from './protocol.ts';
import * as protocol from './protocol.ts';

const UPLOAD: RunSpec = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' };
const DOWNLOAD: RunSpec = { ...UPLOAD, operation: 'download' };
const LARGE = 5 * 1024 * 1024;

let lastObject = 0;
function objectOf(text: string, name = 'report.txt'): LabObject {
  return { id: ++lastObject, name, type: 'text/plain', content: new Blob([text]) };
}
/** The same object as far as its number goes, so that what comes back tells whether it was kept. */
const withOtherContent = (object: LabObject): LabObject => ({ ...object, content: new Blob(['from the desk']) });
const largeObject: LabObject = {
  id: 1000,
  name: 'large.bin',
  type: '',
  content: new Blob([new Uint8Array(LARGE).fill(7)]),
};

/** A host whose replies are kept; `onReply` hears each as it comes. */
function startHost(
  keptBytes?: number,
  onReply: (reply: LabReply, host: LabHost) => void = () => {},
  playLesson?: PlayLesson,
) {
  const replies: LabReply[] = [];
  const host: LabHost = new LabHost(
    reply => {
      replies.push(reply);
      onReply(reply, host);
    },
    keptBytes,
    playLesson,
  );
  let lastId = 0;
  const run = async (spec: RunSpec, object: LabObject): Promise<LabReply> => {
    const id = ++lastId;
    await host.receive({ type: 'run', id, spec, object });
    const reply = replies.findLast(one => one.id === id);
    if (!reply) throw new Error('a request is answered');
    return reply;
  };
  return { host, replies, run };
}

const traceOf = (reply: LabReply): Trace => {
  if (reply.type !== 'done') throw new Error(`done, not ${JSON.stringify(reply)}`);
  return reply.trace;
};
const contentOf = async (reply: LabReply) => (reply.type === 'done' ? await reply.download?.text() : undefined);
/** Cancels the first large run that shows progress. */
const cancelling = (phase?: string) => {
  let isDone = false;
  return (reply: LabReply, host: LabHost) => {
    if (isDone || reply.type !== 'progress' || (phase !== undefined && reply.phase !== phase)) return;
    isDone = true;
    void host.receive({ type: 'cancel', id: reply.id });
  };
};

describe('a download', () => {
  it('brings the bytes that were uploaded before, without storing them again', async () => {
    const { run, replies } = startHost();
    const object = objectOf('the first text');
    await run(UPLOAD, object);
    const reply = await run(DOWNLOAD, object);
    expect(await contentOf(reply)).toBe('the first text');
    expect(traceOf(reply)).toMatchObject({ objectName: 'report.txt', objectLength: 14 });
    expect(replies.some(one => one.type === 'progress' && one.isPreparing)).toBe(false);
  });

  it('of another object than the one kept has the owner store that one first', async () => {
    const { run } = startHost();
    await run(UPLOAD, objectOf('the first text'));
    const reply = await run(DOWNLOAD, objectOf('another text', 'other.txt'));
    expect(await contentOf(reply)).toBe('another text');
    expect(traceOf(reply)).toMatchObject({ objectName: 'other.txt', objectLength: 12 });
  });

  it('brings the object asked for also after a cancelled download of another one', async () => {
    const { run } = startHost(undefined, cancelling('decrypt'));
    expect(await run(DOWNLOAD, largeObject)).toMatchObject({ type: 'cancelled' });
    expect(await contentOf(await run(DOWNLOAD, objectOf('new', 'new.txt')))).toBe('new');
  });

  it('without an upload sets up by itself, and the second one finds what the first one set up', async () => {
    const { run } = startHost();
    const object = objectOf('text');
    const first = await run(DOWNLOAD, object);
    expect(await contentOf(first)).toBe('text');
    expect(traceOf(first).steps.some(step => step.name === 's3.store')).toBe(false);
    expect(await contentOf(await run(DOWNLOAD, object))).toBe('text');
  });

  it('is of its own mode’s and seed’s upload', async () => {
    const { run } = startHost();
    const [plain, seeded, client] = [objectOf('without seed'), objectOf('with seed'), objectOf('client side')];
    await run(UPLOAD, plain);
    await run({ ...UPLOAD, seed: 'class' }, seeded);
    await run({ ...UPLOAD, mode: 'cse-aes' }, client);
    expect(await contentOf(await run(DOWNLOAD, plain))).toBe('without seed');
    expect(await contentOf(await run({ ...DOWNLOAD, seed: 'class' }, seeded))).toBe('with seed');
    expect(await contentOf(await run({ ...DOWNLOAD, mode: 'cse-aes' }, client))).toBe('client side');
  });

  it('is of its own format’s and envelope’s upload', async () => {
    const { run } = startHost();
    const object = objectOf('in the newest format');
    const inMode = { ...UPLOAD, mode: 'cse-aes' } as const;
    await run(inMode, object);
    const other = withOtherContent(object);
    const ask = async (spec: Partial<RunSpec>) =>
      contentOf(await run({ ...inMode, operation: 'download', ...spec }, other));
    expect(await ask({})).toBe('in the newest format');
    expect(await ask({ format: 'v2' })).toBe('from the desk');
    expect(await ask({ envelope: 'instruction-file' })).toBe('from the desk');
  });

  it('does not show what somebody else tried to upload', async () => {
    const { run } = startHost();
    const owners = objectOf('the owner’s');
    await run(UPLOAD, owners);
    expect(traceOf(await run({ ...UPLOAD, principal: 's3-admin' }, objectOf('another’s'))).outcome.isOk).toBe(true);
    expect(traceOf(await run({ ...UPLOAD, principal: 'stranger' }, objectOf('another’s'))).outcome.isOk).toBe(false);
    expect(await contentOf(await run(DOWNLOAD, owners))).toBe('the owner’s');
  });

  it('that is refused brings nothing and takes nothing away', async () => {
    const { run } = startHost();
    const object = objectOf('text');
    await run(UPLOAD, object);
    const refused = await run({ ...DOWNLOAD, principal: 'stranger' }, object);
    expect([traceOf(refused).outcome.code, await contentOf(refused)]).toEqual(['AccessDenied', undefined]);
    expect(await contentOf(await run(DOWNLOAD, object))).toBe('text');
  });

  it('has the media type of the object', async () => {
    const { run } = startHost();
    const reply = await run(DOWNLOAD, objectOf('text'));
    expect(reply.type === 'done' && reply.download?.type).toBe('text/plain');
  });

  it('of an object without a name finds it again', async () => {
    const { run } = startHost();
    const object = objectOf('text', '');
    await run(UPLOAD, object);
    const reply = await run(DOWNLOAD, object);
    expect([traceOf(reply).objectName, await contentOf(reply)]).toEqual(['object', 'text']);
  });
});

describe('requests', () => {
  it('that come at once are answered in order, each by its own id', async () => {
    const { host, replies } = startHost();
    await Promise.all([
      host.receive({ type: 'run', id: 11, spec: UPLOAD, object: largeObject }),
      host.receive({ type: 'run', id: 12, spec: DOWNLOAD, object: objectOf('x') }),
      host.receive({ type: 'run', id: 13, spec: { ...UPLOAD, mode: 'sse-c' }, object: objectOf('y') }),
    ]);
    const ids = replies.map(reply => reply.id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(replies.filter(reply => reply.type !== 'progress').map(({ id, type }) => [id, type])).toEqual([
      [11, 'done'],
      [12, 'done'],
      [13, 'done'],
    ]);
  });

  it('report progress for large objects only, and never more than there is', async () => {
    const { run, replies } = startHost();
    await run(UPLOAD, objectOf('small'));
    expect(replies.map(reply => reply.type)).toEqual(['done']);
    await run(UPLOAD, largeObject);
    const progress = replies.filter(reply => reply.type === 'progress');
    expect(progress.length).toBeGreaterThan(1);
    for (const { id, done, total } of progress) {
      expect(id).toBe(2);
      expect(done).toBeLessThanOrEqual(total);
    }
  });

  it('are cloneable answers', async () => {
    const { run, replies } = startHost();
    await run(UPLOAD, objectOf('text'));
    expect(structuredClone(replies)).toEqual(replies);
  });

  it('for too large an object fail with words, before anything is read, and the next one works', async () => {
    const { run } = startHost();
    const content = new Blob([new Uint8Array(MAX_OBJECT_BYTES + 1)]);
    for (const spec of [UPLOAD, DOWNLOAD]) {
      const reply = await run(spec, { id: 1, name: 'huge.bin', type: '', content });
      expect(reply).toMatchObject({ type: 'failed', code: 'too-large' });
      expect(reply.type === 'failed' && reply.message).toContain('64 MiB');
    }
    expect(traceOf(await run(UPLOAD, objectOf('text'))).outcome.isOk).toBe(true);
    expect(protocol.MAX_OBJECT_BYTES).toBe(MAX_OBJECT_BYTES);
  });

  it('for too long a name fail with words', async () => {
    const { run } = startHost();
    expect(await run(UPLOAD, objectOf('text', 'ü'.repeat(513)))).toMatchObject({ type: 'failed', code: 'too-large' });
    expect((await run(UPLOAD, objectOf('text', 'ü'.repeat(512)))).type).toBe('done');
  });

  it('that meet an error nobody expected fail without telling of the data', async () => {
    const { run } = startHost();
    class Unreadable extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(new Error('the secret path of a file'));
      }
    }
    const reply = await run(UPLOAD, { id: 1, name: 'a', type: '', content: new Unreadable(['text']) });
    expect(reply).toMatchObject({
      type: 'failed',
      code: 'invariant',
      message: 'The run stopped at an unexpected place.',
    });
  });
});

describe('cancelling', () => {
  it('an upload leaves what was uploaded before', async () => {
    const { run } = startHost(undefined, cancelling());
    const former = objectOf('the former text');
    await run(UPLOAD, former);
    expect((await run(UPLOAD, largeObject)).type).toBe('cancelled');
    const reply = await run(DOWNLOAD, withOtherContent(former));
    expect(await contentOf(reply)).toBe('the former text');
  });

  it.each(['hash', 'encrypt', 'send'])('an upload works while it is busy with "%s"', async phase => {
    const { run, replies } = startHost(undefined, cancelling(phase));
    expect((await run(UPLOAD, largeObject)).type).toBe('cancelled');
    expect(replies.some(reply => reply.type === 'progress' && reply.phase === phase)).toBe(true);
    expect(replies.filter(reply => reply.type !== 'progress')).toHaveLength(1);
  });

  it('a download leaves the object where it is, to be downloaded again', async () => {
    const { run, replies } = startHost(undefined, (reply, host) => {
      if (reply.type === 'progress' && reply.id === 2) void host.receive({ type: 'cancel', id: 2 });
    });
    const full = traceOf(await run(UPLOAD, largeObject));
    expect((await run(DOWNLOAD, largeObject)).type).toBe('cancelled');
    const again = await run(DOWNLOAD, largeObject);
    const trace = traceOf(again);
    expect(trace.outcome).toEqual({ isOk: true, status: 200 });
    expect(again.type === 'done' && again.download?.size).toBe(LARGE);
    expect(replies.filter(reply => reply.id === 2 && reply.type !== 'progress')).toEqual([
      { type: 'cancelled', id: 2 },
    ]);
    // Nothing of the run that was stopped is left in anybody's memory.
    const opening = trace.opening.map(({ artifact, place }) => `${place} ${trace.artifacts[artifact]?.kind}`);
    expect(opening.filter(one => /^(s3\.memory|network) |session-key|plaintext|data-key$/.test(one))).toEqual([
      's3.disk encrypted-data-key',
    ]);
    expect(full.events.length).toBeGreaterThan(0);
  });

  it('is heard at the very last piece of work', async () => {
    const { run, replies } = startHost();
    await run(UPLOAD, largeObject);
    const last = replies.filter(reply => reply.type === 'progress').length;
    let count = 0;
    const { run: runAgain } = startHost(undefined, (reply, host) => {
      if (reply.type === 'progress' && ++count === last) void host.receive({ type: 'cancel', id: reply.id });
    });
    expect((await runAgain(UPLOAD, largeObject)).type).toBe('cancelled');
    expect(count).toBe(last);
  });

  it('a request that waits keeps it from starting', async () => {
    const { host, replies } = startHost();
    const first = host.receive({ type: 'run', id: 1, spec: UPLOAD, object: objectOf('one') });
    const second = host.receive({ type: 'run', id: 2, spec: UPLOAD, object: objectOf('two') });
    await host.receive({ type: 'cancel', id: 2 });
    await Promise.all([first, second]);
    expect(replies.map(({ id, type }) => [id, type])).toEqual([
      [1, 'done'],
      [2, 'cancelled'],
    ]);
  });

  it('what is done already changes nothing', async () => {
    const { host, run } = startHost();
    const object = objectOf('text');
    await run(UPLOAD, object);
    await host.receive({ type: 'cancel', id: 1 });
    expect(await contentOf(await run(DOWNLOAD, withOtherContent(object)))).toBe('text');
  });
});

describe('what is kept', () => {
  const inMode = (mode: RunSpec['mode']) => ({ ...UPLOAD, mode });

  it('is bounded: the oldest upload goes first, and its download sets up anew', async () => {
    const { run } = startHost(10);
    const [first, second, third] = [objectOf('first'), objectOf('second'), objectOf('3rd')];
    await run(inMode('sse-s3'), first);
    await run(inMode('none'), second);
    await run(inMode('cse-aes'), third);
    const fetch = async (mode: RunSpec['mode'], object: LabObject) =>
      contentOf(await run({ ...DOWNLOAD, mode }, withOtherContent(object)));
    expect(await fetch('cse-aes', third)).toBe('3rd');
    expect(await fetch('none', second)).toBe('second');
    expect(await fetch('sse-s3', first)).toBe('from the desk');
  });

  it('counts an upload that replaces another one once, and as the newest', async () => {
    const { run } = startHost(10);
    const [other, again] = [objectOf('other'), objectOf('again')];
    await run(inMode('sse-s3'), objectOf('first'));
    await run(inMode('none'), other);
    await run(inMode('sse-s3'), again);
    await run(inMode('cse-aes'), objectOf('third'));
    expect(await contentOf(await run(DOWNLOAD, withOtherContent(again)))).toBe('again');
    const gone = await run({ ...DOWNLOAD, mode: 'none' }, withOtherContent(other));
    expect(await contentOf(gone)).toBe('from the desk');
  });

  it('has always the newest, however large', async () => {
    const { run } = startHost(3);
    const object = objectOf('larger than three');
    await run(UPLOAD, object);
    expect(await contentOf(await run(DOWNLOAD, withOtherContent(object)))).toBe('larger than three');
  });
});

describe('a lesson', () => {
  /** Two acts: something goes up, something comes down. Counts how often it is played. */
  function aLesson() {
    const played: { readonly id: LessonId; readonly seed: string | undefined; readonly text: string }[] = [];
    const play: PlayLesson = async ({ id, seed }, input, pace) => {
      const text = new TextDecoder().decode(input.bytes);
      played.push({ id, seed, text });
      await pace?.checkpoint('encrypt', 0, input.bytes.length);
      const downloaded = new TextEncoder().encode(`${text}, opened`);
      const results: RunResult[] = [];
      for (const act of [0, 1]) {
        const name = { ...input, isHandedOver: false };
        const result = await runUpload({ ...UPLOAD, mode: 'cse-aes', lesson: { id, act } }, name);
        results.push(act === 1 ? { ...result, downloaded } : result);
      }
      return results;
    };
    return { played, play };
  }
  const act = (id: LessonId, number: number, seed?: string): RunSpec => ({
    ...UPLOAD,
    mode: 'cse-aes',
    lesson: { id, act: number },
    ...(seed === undefined ? {} : { seed }),
  });

  it('is played once for all its acts, which show the same bytes again and again', async () => {
    const { played, play } = aLesson();
    const { run } = startHost(undefined, undefined, play);
    const object = objectOf('mine');
    const second = await run(act('lost-key', 1), object);
    const first = await run(act('lost-key', 0), object);
    expect(traceOf(first).run.lesson).toEqual({ id: 'lost-key', act: 0 });
    expect([await contentOf(first), await contentOf(second)]).toEqual([undefined, 'mine, opened']);
    expect(traceOf(await run(act('lost-key', 1), object))).toEqual(traceOf(second));
    expect(played).toHaveLength(1);
  });

  it('is played anew for another lesson, another seed and another object', async () => {
    const { played, play } = aLesson();
    const { run } = startHost(undefined, undefined, play);
    const object = objectOf('mine');
    await run(act('lost-key', 0), object);
    await run(act('two-layers', 0), object);
    await run(act('lost-key', 0, 'class'), object);
    await run(act('lost-key', 0), objectOf('another'));
    await run(act('lost-key', 1), object);
    expect(played.map(({ id, seed, text }) => [id, seed, text])).toEqual([
      ['lost-key', undefined, 'mine'],
      ['two-layers', undefined, 'mine'],
      ['lost-key', 'class', 'mine'],
      ['lost-key', undefined, 'another'],
    ]);
  });

  it('that brings its own object is the same whatever the learner has', async () => {
    const { played, play } = aLesson();
    const { run } = startHost(undefined, undefined, play);
    const picture = { ...objectOf('mine', 'me.png'), type: 'image/png' };
    const reply = await run(act('swap-v2', 1), picture);
    await run(act('swap-v2', 0), objectOf('another'));
    expect(played).toHaveLength(1);
    expect(reply.type === 'done' && reply.download?.type).toBe('text/plain');
  });

  it('leaves the oldest when there are too many', async () => {
    const { played, play } = aLesson();
    const { run } = startHost(1, undefined, play);
    const object = objectOf('mine');
    await run(act('lost-key', 0), object);
    await run(act('lost-key', 1), object);
    await run(act('two-layers', 0), object);
    await run(act('lost-key', 0), object);
    expect(played.map(({ id }) => id)).toEqual(['lost-key', 'two-layers', 'lost-key']);
  });

  it('that was cancelled is not kept', async () => {
    const { played, play } = aLesson();
    const { run } = startHost(undefined, cancelling(), play);
    expect((await run(act('lost-key', 0), largeObject)).type).toBe('cancelled');
    expect((await run(act('lost-key', 0), largeObject)).type).toBe('done');
    expect(played).toHaveLength(2);
  });

  it('without such an act fails with words', async () => {
    const { run } = startHost(undefined, undefined, aLesson().play);
    expect(await run(act('lost-key', 7), objectOf('mine'))).toMatchObject({ type: 'failed', code: 'invariant' });
  });

  it('that the engine cannot play fails like every other run', async () => {
    const { run } = startHost(undefined, undefined, () => Promise.reject(new EngineError('unsupported', 'No.')));
    expect(await run(act('lost-key', 0), objectOf('mine'))).toMatchObject({ type: 'failed', code: 'unsupported' });
  });

  it('leaves no key on anybody’s desk when it has been played', async () => {
    const worlds: World[] = [];
    const play: PlayLesson = async (wish, input, pace) => {
      const results = await runLesson(wish, input, pace);
      worlds.push(...results.map(({ world }) => world));
      return results;
    };
    const { run } = startHost(undefined, undefined, play);
    expect(await contentOf(await run(act('material-description', 1), objectOf('mine')))).toBe('mine');
    expect(worlds.flatMap(({ customers }) => customers.owner.room.ids())).toEqual([]);
  });

  it('shows in its acts what the engine played: one object that opens to two texts', async () => {
    const { run } = startHost();
    const object = objectOf('mine');
    const replies = [];
    for (const number of [0, 1, 2, 3]) replies.push(await run(act('swap-v2', number), object));
    expect(replies.map(reply => traceOf(reply).run.lesson?.act)).toEqual([0, 1, 2, 3]);
    const [planted, before, swapped, after] = await Promise.all(replies.map(contentOf));
    expect([planted, swapped]).toEqual([undefined, undefined]);
    expect(before).toBeTruthy();
    expect(after).toBeTruthy();
    expect(after).not.toBe(before);
  });
});

describe('runs in worlds of their own', () => {
  const EXPERIMENT: RunSpec = {
    mode: 'sse-kms-cmk',
    operation: 'download',
    transport: 'https',
    principal: 'reader',
    experiment: { id: 'two-gates', act: 1 },
  };
  const object = objectOf('the learner’s own text');

  it('are acts of an experiment: all of one playing', async () => {
    const { run } = startHost();
    const broken = traceOf(await run(EXPERIMENT, object));
    const healthy = traceOf(await run({ ...EXPERIMENT, experiment: { id: 'two-gates', act: 0 } }, object));
    expect(broken.outcome).toMatchObject({ status: 403 });
    expect(healthy.outcome).toMatchObject({ status: 200 });
    const diskOf = (trace: Trace) =>
      trace.opening
        .filter(({ place }) => place === 's3.disk')
        .map(({ artifact }) => trace.artifacts[artifact]?.fingerprint);
    expect(diskOf(broken)).toEqual(diskOf(healthy));
  });

  it('are refused in words when there is no such experiment or act', async () => {
    const { run } = startHost();
    for (const experiment of [
      { id: 'nothing', act: 0 },
      { id: 'two-gates', act: 99 },
    ]) {
      expect(await run({ ...EXPERIMENT, experiment }, object)).toMatchObject({ type: 'failed' });
    }
  });

  it('are changed runs, which leave what is stored alone', async () => {
    const { run } = startHost();
    await run(UPLOAD, object);
    const fork = { after: 0, change: { kind: 'forbid', action: 's3:GetObject' } } as const;
    const forked = await run({ ...DOWNLOAD, seed: 'x', fork }, object);
    expect(traceOf(forked).outcome).toMatchObject({ status: 403 });
    expect(await contentOf(await run(DOWNLOAD, withOtherContent(object)))).toBe('the learner’s own text');
  });

  it.each<[string, RunSpec]>([
    ['an experiment', EXPERIMENT],
    ['a changed run', { ...DOWNLOAD, fork: { after: 2, change: { kind: 'forbid', action: 's3:GetObject' } } }],
    ['an attack', { ...DOWNLOAD, principal: 'thief', attack: { leaks: ['disk', 'access-key'] } }],
  ])('are stopped half way, and played anew when they are asked for again: %s', async (_name, spec) => {
    const { host, replies, run } = startHost();
    const stopped = host.receive({ type: 'run', id: 100, spec, object });
    await new Promise(resolve => setImmediate(resolve));
    await host.receive({ type: 'cancel', id: 100 });
    await stopped;
    expect(replies).toEqual([{ type: 'cancelled', id: 100 }]);
    expect((await run(spec, object)).type).toBe('done');
  });

  it('are attacks', async () => {
    const { run } = startHost();
    const attack = { leaks: ['disk'] } as const;
    const shut = traceOf(await run({ ...UPLOAD, principal: 'thief', attack }, object));
    expect(shut.outcome.isOk).toBe(false);
    const open = traceOf(await run({ ...UPLOAD, mode: 'none', principal: 'thief', attack }, object));
    expect(open.outcome.isOk).toBe(true);
  });
});
