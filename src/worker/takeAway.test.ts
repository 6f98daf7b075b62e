import { describe, expect, it } from 'vitest';
import { toBase64 } from '../engine/bytes/text.ts';
import type { RunSpec } from '../engine/index.ts';
import { formsOf, latin1 } from '../testing/leaks.ts';
import { P256, RSA_2048 } from '../testing/vectors/keyFiles.ts';
import { type Seen, watching } from '../testing/watchSecrets.ts';
import { LabHost } from './labHost.ts';
import type { LabObject, LabReply } from './protocol.ts';
import { transfersOf } from './takeAway.ts';
import type { TakeAwayAnswer, TakeAwayQuestion, WrappingKeyFile } from './takeAwayProtocol.ts';

const UPLOAD: RunSpec = { mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'owner' };
const DOWNLOAD: RunSpec = { ...UPLOAD, operation: 'download' };
const NOTE: LabObject = { id: 1, name: 'note.txt', type: 'text/plain', content: new Blob(['a note']) };
const AES_TEXT = 'pKWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=';

/** A host as behind a worker: what crosses is a copy, or moves. */
function aHost() {
  const replies: LabReply[] = [];
  let hear: (id: number) => void = () => {};
  const host = new LabHost(reply => {
    replies.push(structuredClone(reply, { transfer: transfersOf(reply) }));
    if (reply.type === 'progress') hear(reply.id);
  });
  const onProgress = (listener: (id: number) => void) => {
    hear = listener;
  };
  let lastId = 0;
  const last = (id: number) => {
    const reply = replies.findLast(one => one.id === id);
    if (!reply) throw new Error('a request is answered');
    return reply;
  };
  const run = async (spec: RunSpec, wrappingKey?: WrappingKeyFile, object = NOTE) => {
    const id = ++lastId;
    await host.receive(structuredClone({ type: 'run', id, spec, object, ...(wrappingKey ? { wrappingKey } : {}) }));
    return last(id);
  };
  const ask = async (question: TakeAwayQuestion): Promise<TakeAwayAnswer> => {
    const id = ++lastId;
    await host.receive(structuredClone({ type: 'ask', id, question }));
    const reply = last(id);
    if (reply.type !== 'answer') throw new Error('an answer');
    return reply.answer;
  };
  const key = async (question: TakeAwayQuestion): Promise<WrappingKeyFile> => {
    const answer = await ask(question);
    if (answer.type !== 'key') throw new Error('a key');
    return answer.wrappingKey;
  };
  return { host, replies, run, ask, key, onProgress };
}
const textOf = async (reply: LabReply) => (reply.type === 'done' ? await reply.download?.text() : undefined);
const stored = (spec: RunSpec, fingerprint?: string): TakeAwayQuestion => ({
  type: 'read-stored',
  spec,
  objectId: 1,
  fingerprint,
});

describe('a key', () => {
  it.each(['aes', 'rsa'] as const)('of type %s is made, written and read back', async keyType => {
    const { ask, key } = aHost();
    const made = await key({ type: 'make-key', keyType });
    expect(made).toMatchObject({ type: keyType, bits: keyType === 'aes' ? 256 : 2048 });
    const written = await ask({ type: 'write-key', wrappingKey: made });
    expect(await key({ type: 'read-key', text: written.type === 'text' ? written.text : '' })).toEqual(made);
    expect(await key({ type: 'make-key', keyType })).not.toEqual(made);
  });

  it('that is none is told by its sentence', async () => {
    const { ask } = aHost();
    expect(await ask({ type: 'read-key', text: P256 })).toMatchObject({
      type: 'problem',
      problem: expect.stringContaining('elliptic-curve'),
    });
  });

  it('leaves no copy behind in the lab: its buffer moves', async () => {
    const buffers: ArrayBuffer[] = [];
    const host = new LabHost(reply => {
      if (reply.type === 'answer' && reply.answer.type === 'key') buffers.push(reply.answer.wrappingKey.secret.buffer);
      structuredClone(reply, { transfer: transfersOf(reply) });
    });
    await host.receive({ type: 'ask', id: 1, question: { type: 'make-key', keyType: 'aes' } });
    expect(buffers.map(buffer => buffer.byteLength)).toEqual([0]);
  });

  it('that came with a run is overwritten after it, in the copy that came', async () => {
    const { host, key } = aHost();
    const wrappingKey = await key({ type: 'read-key', text: AES_TEXT });
    await host.receive({ type: 'run', id: 90, spec: UPLOAD, object: NOTE, wrappingKey });
    expect(wrappingKey.secret).toEqual(new Uint8Array(32));
  });
});

describe('a key of one’s own', () => {
  /** Copies of it that lie in any memory of the lab after `act`. */
  async function copiesAfter(act: (host: ReturnType<typeof aHost>, own: WrappingKeyFile) => Promise<void>) {
    const seen: Seen[] = [];
    const host = aHost();
    const own = await host.key({ type: 'read-key', text: AES_TEXT });
    await watching(seen, () => act(host, own));
    const keys = seen.filter(({ room, bytes }) => room.place === 'client' && bytes.length === 32);
    expect(keys.length).toBeGreaterThan(0);
    return keys.filter(({ bytes }) => toBase64(bytes) === AES_TEXT).length;
  }

  it('lies in the lab once, however often it is used', async () => {
    const copies = await copiesAfter(async ({ run }, own) => {
      await run(UPLOAD, structuredClone(own));
      await run(UPLOAD, structuredClone(own));
    });
    expect(copies).toBe(1);
  });

  it('is overwritten when its run is refused', async () => {
    const copies = await copiesAfter(async ({ run }, own) => {
      expect((await run({ ...UPLOAD, principal: 'stranger' }, own)).type).toBe('done');
    });
    expect(copies).toBe(0);
  });

  it.each([UPLOAD, DOWNLOAD])('is overwritten when its $operation is cancelled', async spec => {
    const large: LabObject = { id: 77, name: 'a', type: '', content: new Blob([new Uint8Array(3 * 1024 * 1024)]) };
    const copies = await copiesAfter(async ({ host, replies, onProgress }, own) => {
      onProgress(id => host.receive({ type: 'cancel', id }));
      await host.receive({ type: 'run', id: 900, spec, object: large, wrappingKey: structuredClone(own) });
      expect(replies.at(-1)).toMatchObject({ type: 'cancelled', id: 900 });
    });
    expect(copies).toBe(0);
  });
});

describe('a run with a key of one’s own', () => {
  it.each([
    ['cse-aes', AES_TEXT],
    ['cse-rsa', RSA_2048],
  ] as const)('in mode %s shows that key’s fingerprint, and its download brings the same bytes', async (mode, text) => {
    const { run, key } = aHost();
    const own = await key({ type: 'read-key', text });
    const upload = await run({ ...UPLOAD, mode }, own);
    const prints = upload.type === 'done' ? Object.values(upload.trace.artifacts).map(one => one.fingerprint) : [];
    expect(prints).toContain(own.fingerprint);
    expect(await textOf(await run({ ...DOWNLOAD, mode }, own))).toBe('a note');
  });

  it('is kept apart from runs with other keys', async () => {
    const { run, key } = aHost();
    const own = await key({ type: 'read-key', text: AES_TEXT });
    await run(UPLOAD, own);
    const other = { ...NOTE, content: new Blob(['another']) };
    expect(await textOf(await run(DOWNLOAD, undefined, other))).toBe('another');
    expect(await textOf(await run(DOWNLOAD, own, other))).toBe('a note');
  });

  it('that is forgotten is gone with its worlds, and nothing else is', async () => {
    const { run, ask, key } = aHost();
    const own = await key({ type: 'read-key', text: AES_TEXT });
    await run(UPLOAD, own);
    await run(UPLOAD);
    expect(await ask({ type: 'forget-keys', keyType: 'rsa' })).toEqual({ type: 'forgotten' });
    expect((await ask(stored(UPLOAD, own.fingerprint))).type).toBe('stored');
    await ask({ type: 'forget-keys', keyType: 'aes' });
    expect((await ask(stored(UPLOAD, own.fingerprint))).type).toBe('problem');
    expect((await ask(stored(UPLOAD))).type).toBe('stored');
  });

  it('tells of an RSA key nothing but its fingerprint and its public half, in no reply', async () => {
    const { run, replies, key } = aHost();
    const own = await key({ type: 'read-key', text: RSA_2048 });
    replies.length = 0;
    await run({ ...UPLOAD, mode: 'cse-rsa' }, own);
    await run({ ...DOWNLOAD, mode: 'cse-rsa' }, own);
    const said = JSON.stringify(replies);
    // From 300 on the structure holds secret numbers only.
    for (let at = 320; at + 32 < own.secret.length; at += 97) {
      const needles = formsOf(own.secret.subarray(at, at + 32)).filter(form => form.length >= 32);
      expect(needles.filter(needle => said.includes(needle))).toEqual([]);
    }
    expect(said).toContain(own.fingerprint);
    expect(latin1(own.secret)).not.toBe('');
  });
});

describe('the object as S3 holds it', () => {
  it('is ciphertext with its envelope, of the very run that is shown', async () => {
    const { run, ask, key } = aHost();
    const own = await key({ type: 'read-key', text: AES_TEXT });
    await run(UPLOAD, own);
    const answer = await ask(stored(UPLOAD, own.fingerprint));
    if (answer.type !== 'stored') throw new Error('stored');
    expect(answer.object).toMatchObject({ objectName: 'note.txt', contentType: 'text/plain' });
    expect(answer.object.body.size).toBe(6 + 16);
    expect(answer.object.metadata).toHaveProperty('x-amz-3');
    // And the download goes on as if nobody had asked.
    expect(await textOf(await run(DOWNLOAD, own))).toBe('a note');
  });

  it('is not given out when it was never stored, or is another one by now', async () => {
    const { run, ask } = aHost();
    expect((await ask(stored(UPLOAD))).type).toBe('problem');
    await run(UPLOAD, undefined, { ...NOTE, id: 2 });
    expect(await ask(stored(UPLOAD))).toMatchObject({ type: 'problem', problem: expect.stringContaining('upload it') });
  });
});
