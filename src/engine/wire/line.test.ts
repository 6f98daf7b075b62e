import { beforeEach, describe, expect, it } from 'vitest';
import { checkConserved } from '../../scene/conserved.ts';
import { type Bytes, textOf, utf8 } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { steadyClock } from '../clock.ts';
import { seededRandom } from '../crypto/seededRandom.ts';
import { sha256 } from '../crypto/sha2.ts';
import { EngineError } from '../errors.ts';
import {
  bodyOf,
  type Connection,
  EMPTY_BODY,
  gather,
  type Handler,
  type HttpRequest,
  textBody,
} from '../http/message.ts';
import { discard } from '../trace/discard.ts';
import { Recorder } from '../trace/recorder.ts';
import { Room } from '../trace/room.ts';
import type { Trace, Transport } from '../trace/trace.ts';
import { type Endpoint, exchangeOver, type LineOptions } from './line.ts';

const TRANSPORTS: readonly Transport[] = ['https', 'http'];
/** `PUT …`, `host: example.org`, `content-length: 100000` and the empty line. */
const HEAD_BYTES = 33 + 19 + 24 + 2;

let recorder: Recorder;
let client: Room;
let network: Room;
let memory: Room;

beforeEach(() => {
  recorder = new Recorder(steadyClock(0), sha256);
  client = new Room('client');
  network = new Room('network');
  memory = new Room('s3.memory');
});

const optionsFor = (transport: Transport): LineOptions => ({
  transport,
  recorder,
  random: seededRandom('line'),
  client,
  network,
  sourceIp: '203.0.113.7',
});
const endpointWith = (handle: Handler): Endpoint => ({ actor: 's3', room: memory, handle, name: 'Amazon S3' });
const put = (body: Bytes): HttpRequest => ({
  method: 'PUT',
  path: '/bucket/report.txt',
  query: '',
  headers: [['host', 'example.org']],
  body: bodyOf(body),
});

function begin(transport: Transport): void {
  recorder.begin(
    { mode: 'sse-s3', operation: 'upload', transport, principal: 'owner' },
    { bucketName: 'bucket', objectName: 'report.txt', objectLength: 0 },
    [client, network, memory],
  );
}

async function holdPlaintext(room: Room, bytes: Bytes): Promise<string> {
  const { id } = await recorder.identify({ kind: 'plaintext-object', name: 'report.txt', bytes, isSecret: true });
  room.hold(id, bytes);
  return id;
}

/** An endpoint that takes the object into its memory, as S3 does, and says nothing more than OK. */
const takingIn =
  (seen: { body?: Bytes; connection?: Connection; request?: HttpRequest }): Handler =>
  async (request, connection) => {
    const body = gather(request.body);
    Object.assign(seen, { body, connection, request });
    const { id } = await recorder.identify({ kind: 'plaintext-object', name: 'object', bytes: body, isSecret: true });
    memory.hold(id, body);
    const { arrival } = connection;
    const inputs = arrival ? [arrival.capture, ...(arrival.sessionKey ? [arrival.sessionKey] : [])] : [];
    recorder.emit({ verb: 'received', from: 'network', place: 's3.memory', inputs, outputs: [id], facts: [] });
    return { status: 200, headers: [], body: EMPTY_BODY };
  };

/** What every place holds by the trace, against what its room really holds. */
function placesOf(trace: Trace): Record<string, string[]> {
  const held: Record<string, Set<string>> = { client: new Set(), network: new Set(), 's3.memory': new Set() };
  for (const { artifact, place } of trace.opening) held[place]?.add(artifact);
  for (const event of trace.events) {
    if (event.verb === 'discarded') for (const id of event.inputs) held[event.place]?.delete(id);
    else for (const id of event.outputs) held[event.place]?.add(id);
  }
  return Object.fromEntries(Object.entries(held).map(([place, ids]) => [place, [...ids].sort()]));
}

describe('one exchange over the line', () => {
  it.each(TRANSPORTS)(
    'over %s a request and its body arrive byte for byte, and so does the answer',
    async transport => {
      for (const length of [0, 1, 16_000, 300_000]) {
        const body = new Uint8Array(length).map((_, i) => (i * 7) % 256);
        const seen: { body?: Bytes; request?: HttpRequest } = {};
        const answer = await exchangeOver(
          optionsFor(transport),
          endpointWith(async request => {
            Object.assign(seen, { request, body: gather(request.body) });
            return { status: 200, headers: [['etag', '"x"']], body: bodyOf(body.slice().reverse()) };
          }),
          put(body),
          [],
        );
        expect(Buffer.compare(seen.body ?? new Uint8Array(), body)).toBe(0);
        expect(seen.body?.buffer).not.toBe(body.buffer);
        expect(seen.request).toMatchObject({ method: 'PUT', path: '/bucket/report.txt', query: '' });
        expect(seen.request?.headers).toEqual([
          ['host', 'example.org'],
          ['content-length', String(length)],
        ]);
        expect(answer.status).toBe(200);
        expect(answer.headers[0]).toEqual(['etag', '"x"']);
        expect(Buffer.compare(gather(answer.body), body.slice().reverse())).toBe(0);
      }
    },
  );

  it('over https the tap records nothing of the plaintext', async () => {
    const body = seededRandom('body').bytes(100_000);
    const id = await holdPlaintext(client, body);
    await exchangeOver(optionsFor('https'), endpointWith(takingIn({})), put(body), [id]);
    const recorded = network.ids().filter(held => recorder.get(held).kind === 'capture');
    expect(recorded).toHaveLength(2);
    for (const held of recorded) {
      const bytes = Buffer.from(network.getBytes(held));
      for (let start = 0; start + 16 <= body.length; start += 512) {
        expect(bytes.includes(Buffer.from(body.subarray(start, start + 16)))).toBe(false);
      }
      expect(bytes.includes('report.txt')).toBe(false);
      expect(bytes.subarray(0, 3).toString('hex')).toBe('170303');
    }
    expect(network.has(id)).toBe(false);
    const capture = recorder.get(recorded[0] ?? '');
    expect(capture.lock).toMatchObject({ contents: [id], algorithm: 'AES-256-GCM' });
    expect(capture.byteLength).toBe(100_000 + HEAD_BYTES + 7 * 22);
    expect(network.getBytes(capture.id)).toHaveLength(65_536);
  });

  it('over http the tap reads everything, and keeps a copy of its own', async () => {
    const body = utf8('quarterly numbers');
    const id = await holdPlaintext(client, body);
    await exchangeOver(optionsFor('http'), endpointWith(takingIn({})), put(body), [id]);
    const [first] = network.ids();
    expect(textOf(network.getBytes(first ?? ''))).toContain('PUT /bucket/report.txt HTTP/1.1\r\n');
    expect(textOf(network.getBytes(first ?? ''))).toContain('quarterly numbers');
    expect(recorder.get(first ?? '').lock).toBeUndefined();
    expect(network.getBytes(id)).toEqual(body);
    client.release(id, true);
    expect(textOf(network.getBytes(id))).toBe('quarterly numbers');
  });

  it('leaves both session keys overwritten with zeros and gone', async () => {
    const buffers: Bytes[] = [];
    let id = '';
    await exchangeOver(
      optionsFor('https'),
      endpointWith(async (_, { arrival }) => {
        id = arrival?.sessionKey ?? '';
        buffers.push(client.getBytes(id), memory.getBytes(id));
        expect(buffers[0]).toEqual(buffers[1]);
        expect(buffers[0]?.buffer).not.toBe(buffers[1]?.buffer);
        expect(buffers[0]?.some(byte => byte !== 0)).toBe(true);
        return { status: 204, headers: [], body: EMPTY_BODY };
      }),
      put(utf8('x')),
      [],
    );
    expect(buffers).toHaveLength(2);
    for (const buffer of buffers) expect(buffer).toEqual(new Uint8Array(32));
    expect([client.has(id), memory.has(id), network.has(id)]).toEqual([false, false, false]);
    expect(recorder.get(id)).toMatchObject({ kind: 'session-key', letter: 'T', isSecret: true, byteLength: 32 });
    expect(recorder.get(id).derivedFrom).toBeUndefined();
  });

  it('forgets the session keys and lets the service forget when the service breaks', async () => {
    let forgotten = 0;
    const breaking = endpointWith(() => Promise.reject(new EngineError('cancelled', 'the caller asked to stop')));
    const running = exchangeOver(
      optionsFor('https'),
      { ...breaking, afterSending: () => void forgotten++ },
      put(utf8('x')),
      [],
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(client.ids()).toEqual([]);
    expect(memory.ids()).toEqual([]);
    expect(forgotten).toBe(1);
  });

  it('stops between pieces of a large body when told to, before the service hears of it', async () => {
    let isReached = false;
    const pace = {
      checkpoint() {
        throw new EngineError('cancelled', 'the caller asked to stop');
      },
    };
    const handle: Handler = async () => {
      isReached = true;
      return { status: 200, headers: [], body: EMPTY_BODY };
    };
    const sending = (bytes: number) =>
      exchangeOver({ ...optionsFor('https'), pace }, endpointWith(handle), put(new Uint8Array(bytes)), []);
    await expect(sending(3 * 1024 * 1024)).rejects.toMatchObject({ code: 'cancelled' });
    expect(isReached).toBe(false);
    expect((await sending(1000)).status).toBe(200);
  });
});

describe('the trace of an exchange', () => {
  it.each(TRANSPORTS)('over %s keeps the law "conserved" and shows exactly what the rooms hold', async transport => {
    const id = await holdPlaintext(client, utf8('a plaintext of some length'));
    begin(transport);
    await exchangeOver(optionsFor(transport), endpointWith(takingIn({})), put(client.getBytes(id)), [id]);
    const trace = recorder.finish({ isOk: true });
    expect(checkConserved(trace)).toEqual([]);
    expect(placesOf(trace)).toEqual({
      client: client.ids().sort(),
      network: network.ids().sort(),
      's3.memory': memory.ids().sort(),
    });
    expect(trace.exchanges).toHaveLength(1);
    expect(trace.exchanges[0]).toMatchObject({
      link: 'client-s3',
      isSecure: transport === 'https',
      request: { startLine: 'PUT /bucket/report.txt HTTP/1.1', bodyLength: 26 },
      response: { startLine: 'HTTP/1.1 200 OK', bodyLength: 0 },
    });
  });

  it('tells the story in order', async () => {
    const id = await holdPlaintext(client, utf8('a plaintext of some length'));
    begin('https');
    await exchangeOver(optionsFor('https'), endpointWith(takingIn({})), put(client.getBytes(id)), [id]);
    const trace = recorder.finish({ isOk: true });
    expect(trace.steps.map(step => step.name)).toEqual([
      'wire.handshake',
      'client.send',
      's3.receive',
      'client.receive',
    ]);
    const verbs = trace.steps.map(({ first, end }) =>
      trace.events
        .slice(first, end)
        .map(event => event.verb)
        .join(' '),
    );
    expect(verbs).toEqual([
      'generated sent received generated sent received derived derived discarded discarded discarded discarded',
      'encrypted sent',
      'received responded',
      'received discarded discarded',
    ]);
    const last = trace.events.slice(-2);
    expect(last).toMatchObject([
      { place: 'client', isZeroized: true },
      { place: 's3.memory', isZeroized: true },
    ]);
    expect(trace.events.every(event => event.facts.length > 0 || event.place === 's3.memory')).toBe(true);
  });

  it('lets the service forget when its answer is on the line, not before', async () => {
    const id = await holdPlaintext(memory, utf8('stored before'));
    begin('http');
    const answering = endpointWith(async () => ({
      status: 200,
      headers: [],
      body: bodyOf(memory.getBytes(id)),
      cargo: [id],
    }));
    const endpoint: Endpoint = { ...answering, afterSending: () => discard(recorder, memory, [id]) };
    const answer = await exchangeOver(optionsFor('http'), endpoint, put(utf8('')), []);
    expect(textOf(gather(answer.body))).toBe('stored before');
    expect(answer.cargo).toEqual([id]);
    expect(textOf(client.getBytes(id))).toBe('stored before');
    expect(textOf(network.getBytes(id))).toBe('stored before');
    expect(memory.ids()).toEqual([]);
    const trace = recorder.finish({ isOk: true });
    expect(trace.events.map(event => event.verb)).toEqual(['sent', 'responded', 'discarded', 'received']);
    expect(checkConserved(trace)).toEqual([]);
  });
});

describe('what a client takes out of an answer', () => {
  async function answerWith(bytes: readonly Bytes[], respond: (texts: string[]) => Awaited<ReturnType<Handler>>) {
    const ids: string[] = [];
    for (const one of bytes) {
      const { id } = await recorder.identify({ kind: 'data-key', name: 'data key', bytes: one, isSecret: true });
      memory.hold(id, one);
      ids.push(id);
    }
    return { ids, handle: async () => ({ ...respond(bytes.map(toBase64)), cargo: ids }) };
  }
  const keys = [new Uint8Array(32).fill(1), new Uint8Array(40).fill(2)];

  it('is found in the texts of a JSON body and in header values', async () => {
    const { ids, handle } = await answerWith(keys, ([first = '', second = '']) => ({
      status: 200,
      headers: [
        ['content-type', 'application/x-amz-json-1.1'],
        ['x-amz-meta-x-amz-3', second],
      ],
      body: textBody(JSON.stringify({ Plaintext: first, KeyId: 'arn', Count: 1 })),
    }));
    const answer = await exchangeOver(optionsFor('https'), endpointWith(handle), put(utf8('')), []);
    expect([...(answer.cargo ?? [])].sort()).toEqual(ids);
    expect(client.getBytes(ids[0] ?? '')).toEqual(keys[0]);
    expect(client.getBytes(ids[1] ?? '')).toEqual(keys[1]);
  });

  it('is only what the service says travels in it', async () => {
    const { ids, handle } = await answerWith(keys, texts => ({
      status: 200,
      headers: texts.map((text, i) => [`x-amz-meta-${i}`, text] as const),
      body: EMPTY_BODY,
    }));
    const [first = '', second = ''] = ids;
    const answering = endpointWith(async () => ({ ...(await handle()), cargo: [second] }));
    const answer = await exchangeOver(optionsFor('http'), answering, put(utf8('')), []);
    expect(answer.cargo).toEqual([second]);
    expect(client.has(first)).toBe(false);
  });

  it('is asked for by name when it stands in another form', async () => {
    const { ids, handle } = await answerWith(keys, ([, second = '']) => ({
      status: 200,
      headers: [['x-second', second]],
      body: textBody('{"Plaintext":'),
    }));
    const [first = ''] = ids;
    const claim = (id: string) => (id === first ? new Uint8Array(32).fill(1) : undefined);
    const answer = await exchangeOver({ ...optionsFor('https'), claim }, endpointWith(handle), put(utf8('')), []);
    expect(answer.cargo).toEqual([ids[1], first]);
    expect(client.getBytes(first)).toEqual(keys[0]);
  });
});

describe('what is declared as cargo', () => {
  it.each(TRANSPORTS)(
    'over %s must be in the request, and counts in an answer only if it is there',
    async transport => {
      const absent = await holdPlaintext(client, utf8('it stays at home'));
      const empty = { status: 200, headers: [], body: EMPTY_BODY };
      const out = exchangeOver(
        optionsFor(transport),
        endpointWith(async () => empty),
        put(utf8('else')),
        [absent],
      );
      await expect(out).rejects.toThrow('what is declared as cargo is in the request');
      const answering = endpointWith(async () => ({ ...empty, cargo: [absent] }));
      const answer = await exchangeOver(optionsFor(transport), answering, put(utf8('')), []);
      expect(answer.cargo).toEqual([]);
      expect(network.has(absent)).toBe(false);
      expect(network.ids().flatMap(id => recorder.get(id).lock?.contents ?? [])).toEqual([]);
    },
  );

  it('is copied by the tap from what crossed, not from what the sender holds meanwhile', async () => {
    const crossing = utf8('what really crosses');
    const id = await holdPlaintext(client, crossing.slice());
    client.hold(id, utf8('something else now.'));
    await exchangeOver(optionsFor('http'), endpointWith(takingIn({})), put(crossing), [id]);
    expect(textOf(network.getBytes(id))).toBe('what really crosses');
    memory.release(id, true);
    expect(textOf(network.getBytes(id))).toBe('what really crosses');
  });

  it('over http is kept whole by the tap up to 1 MiB, above that its first 64 KiB', async () => {
    const mebibyte = 1024 * 1024;
    for (const [length, kept] of [
      [mebibyte, mebibyte],
      [mebibyte + 1, 65_536],
    ] as const) {
      const body = new Uint8Array(length).map((_, i) => (i * 7) % 251);
      const id = await holdPlaintext(client, body);
      await exchangeOver(optionsFor('http'), endpointWith(takingIn({})), put(body), [id]);
      expect(Buffer.compare(network.getBytes(id), body.subarray(0, kept))).toBe(0);
      expect(network.getBytes(id).buffer.byteLength).toBe(kept);
    }
  });
});
