import { describe, expect, it } from 'vitest';
import { aSession, fakeLab, settled, traceFor } from '../../testing/sessionHarness.ts';
import type { LabReply, LabRequest } from '../../worker/protocol.ts';
import type { TakeAwayAnswer, TakeAwayQuestion, WrappingKeyFile } from '../../worker/takeAwayProtocol.ts';
import { createLabClient, type LabPort } from './labClient.ts';
import { textObject } from './object.ts';
import { keyTypeOf } from './takeAway.ts';
import { DEFAULT_SPEC } from './urlState.ts';

const SECRET_TEXT = 'c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=';
const keyOf = (type: 'aes' | 'rsa', fingerprint = '0123456789abcdef'): WrappingKeyFile => ({
  type,
  secret: new Uint8Array(32).fill(7),
  bits: type === 'aes' ? 256 : 2048,
  fingerprint,
});

/** A session over a lab that answers questions as told; what it was asked and what ran is kept. */
function aTakeAway(answer: (question: TakeAwayQuestion) => TakeAwayAnswer, hash = '#v=1&mode=cse-aes&op=upload') {
  const questions: TakeAwayQuestion[] = [];
  const taken: (WrappingKeyFile | undefined)[] = [];
  const lab = fakeLab(spec => ({ type: 'done', trace: traceFor(spec) }));
  const { run } = lab;
  const asking = Object.assign(lab, {
    run: (...parts: [...Parameters<typeof run>, WrappingKeyFile?]) => {
      taken.push(parts[3]);
      return run(parts[0], parts[1], parts[2]);
    },
    ask: (question: TakeAwayQuestion) => {
      questions.push(question);
      return Promise.resolve(answer(question));
    },
  });
  return { ...aSession({ hash, lab: asking }), questions, taken };
}
const answering =
  (key: () => WrappingKeyFile) =>
  (question: TakeAwayQuestion): TakeAwayAnswer => {
    if (question.type === 'write-key') return { type: 'text', text: SECRET_TEXT };
    if (question.type === 'forget-keys') return { type: 'forgotten' };
    return { type: 'key', wrappingKey: key() };
  };

describe('a key of one’s own', () => {
  it('goes along with each run of its mode from the moment it is there, and with no other', async () => {
    const held = keyOf('aes');
    const { session, taken } = aTakeAway(answering(() => held));
    await settled();
    expect(await session.takeAway.makeKey('aes')).toEqual({
      ok: { type: 'aes', bits: 256, fingerprint: held.fingerprint },
    });
    session.actions.choose({ mode: 'cse-rsa' });
    session.actions.choose({ mode: 'cse-aes', operation: 'download' });
    expect(taken).toEqual([undefined, held, undefined, held]);
  });

  it('is in the state by size and fingerprint only, and nowhere in storage or address', async () => {
    const { session, storage } = aTakeAway(answering(() => keyOf('aes')));
    await settled();
    await session.takeAway.bringKey('aes', SECRET_TEXT);
    await session.takeAway.showKey('aes');
    await settled();
    const { ownKeys } = session.getState();
    expect(ownKeys).toEqual({ aes: { type: 'aes', bits: 256, fingerprint: '0123456789abcdef' } });
    const seen = JSON.stringify([session.getState(), storage.content]);
    expect([seen.includes(SECRET_TEXT), seen.includes('7,7,7'), seen.includes('"0":7')]).toEqual([false, false, false]);
  });

  it('stays in use when what is brought is none, and the sentence says why', async () => {
    let isBad = false;
    const held = keyOf('aes');
    const { session, taken } = aTakeAway(question =>
      question.type === 'read-key' && isBad ? { type: 'problem', problem: 'No key.' } : answering(() => held)(question),
    );
    await session.takeAway.bringKey('aes', SECRET_TEXT);
    isBad = true;
    expect(await session.takeAway.bringKey('aes', 'junk')).toEqual({ problem: 'No key.' });
    session.actions.upload();
    expect(taken.at(-1)).toBe(held);
    expect(held.secret[0]).toBe(7);
  });

  it('of the other type is refused with the way out, and overwritten', async () => {
    const other = keyOf('rsa');
    const { session } = aTakeAway(answering(() => other));
    const told = await session.takeAway.bringKey('aes', 'a PEM');
    expect(told).toMatchObject({ problem: expect.stringContaining('wraps with AES') });
    expect([session.getState().ownKeys, other.secret[0]]).toEqual([{}, 0]);
  });

  it('is overwritten when another takes its place and when it is given back; runs are fresh again', async () => {
    const made = [keyOf('aes', 'a'), keyOf('aes', 'b')];
    let count = 0;
    const { session, questions, taken } = aTakeAway(answering(() => made[count++] ?? keyOf('aes')));
    await session.takeAway.makeKey('aes');
    await session.takeAway.makeKey('aes');
    expect(made.map(({ secret }) => secret[0])).toEqual([0, 7]);
    await session.takeAway.forgetKey('aes');
    expect(made.map(({ secret }) => secret[0])).toEqual([0, 0]);
    expect(session.getState().ownKeys).toEqual({});
    expect(questions.at(-1)).toEqual({ type: 'forget-keys', keyType: 'aes' });
    expect(taken.at(-1)).toBeUndefined();
  });

  it('has no use in a lesson or in other modes', () => {
    expect(keyTypeOf({ mode: 'cse-aes', lesson: { id: 'lost-key', act: 0 } })).toBeUndefined();
    expect([keyTypeOf({ mode: 'cse-kms' }), keyTypeOf({ mode: 'cse-rsa' })]).toEqual([undefined, 'rsa']);
  });

  it('cannot be had from a lab that only runs, which is said', async () => {
    const { session } = aSession();
    expect(await session.takeAway.makeKey('aes')).toHaveProperty('problem');
    expect(await session.takeAway.showKey('aes')).toHaveProperty('problem');
  });
});

describe('the stored object', () => {
  const stored: TakeAwayAnswer = {
    type: 'stored',
    object: { objectName: 'a', body: new Blob(['b']), contentType: '', metadata: {} },
  };

  it('is asked for by the run that is shown, its object and its key', async () => {
    const { session, questions } = aTakeAway(question =>
      question.type === 'read-stored' ? stored : answering(() => keyOf('aes'))(question),
    );
    await session.takeAway.makeKey('aes');
    await settled();
    expect(await session.takeAway.readStored()).toHaveProperty('ok.object');
    expect(questions.at(-1)).toMatchObject({
      type: 'read-stored',
      spec: session.getState().trace?.run,
      objectId: session.getState().object.id,
      fingerprint: '0123456789abcdef',
    });
  });

  it('of somebody else’s upload is not kept, which is said', async () => {
    const { session } = aTakeAway(() => stored, '#v=1&mode=cse-aes&op=upload&as=s3-admin');
    await settled();
    expect(await session.takeAway.readStored()).toMatchObject({ problem: expect.stringContaining('owner') });
  });

  it('is not asked for while a run is under way', async () => {
    const { session } = aTakeAway(() => stored);
    expect(await session.takeAway.readStored()).toHaveProperty('problem');
  });
});

describe('a question over the worker', () => {
  function aPort() {
    const asked: LabRequest[] = [];
    const port: LabPort = {
      postMessage: request => asked.push(request),
      terminate: () => {},
      onmessage: null,
      onerror: null,
    };
    const client = createLabClient(() => port);
    const ask = (question: TakeAwayQuestion) => client.ask?.(question);
    const say = (data: LabReply) => port.onmessage?.(new MessageEvent('message', { data }));
    return { client, port, asked, ask, say };
  }

  it('is answered by its own number, whatever else is under way', async () => {
    const { client, ask, say, asked } = aPort();
    const wrappingKey = keyOf('aes');
    client.run(DEFAULT_SPEC, textObject('a', 'a'), () => {}, wrappingKey);
    const [first, second] = [ask({ type: 'make-key', keyType: 'aes' }), ask({ type: 'read-key', text: '' })];
    expect(asked.map(({ type, id }) => [type, id])).toEqual([
      ['run', 1],
      ['ask', 2],
      ['ask', 3],
    ]);
    expect(asked[0]).toMatchObject({ wrappingKey });
    say({ type: 'answer', id: 3, answer: { type: 'problem', problem: 'none' } });
    say({ type: 'answer', id: 2, answer: { type: 'forgotten' } });
    expect([await first, await second]).toEqual([{ type: 'forgotten' }, { type: 'problem', problem: 'none' }]);
  });

  it('is answered with a sentence when the worker crashes or cannot be started', async () => {
    const { ask, port } = aPort();
    const waiting = ask({ type: 'make-key', keyType: 'rsa' });
    port.onerror?.(Object.assign(new Event('error'), { message: 'out of memory' }) as ErrorEvent);
    expect(await waiting).toMatchObject({ type: 'problem', problem: expect.stringContaining('out of memory') });
    const blocked = createLabClient(() => {
      throw new Error('blocked');
    });
    expect(await blocked.ask?.({ type: 'make-key', keyType: 'rsa' })).toMatchObject({
      type: 'problem',
      problem: expect.stringContaining('blocked'),
    });
  });
});
