import { describe, expect, it } from 'vitest';
import { gather, type HttpRequest, type Serve, textBody } from '../engine/index.ts';
import { engineHandler, type SdkRequest } from './requestHandler.ts';

const asked: SdkRequest = {
  method: 'PUT',
  protocol: 'https:',
  hostname: 'localhost',
  path: '/bucket/a',
  headers: { 'X-Amz-Date': 'now' },
};

/** A server that keeps what it was asked and answers with something. */
function setUp(answer: Partial<Awaited<ReturnType<Serve>>['response']> = {}) {
  const seen: (HttpRequest & { text: string; isSecure: boolean })[] = [];
  const serve: Serve = async ({ request, isSecure }) => {
    seen.push({ ...request, text: new TextDecoder().decode(gather(request.body)), isSecure });
    return { response: { status: 200, headers: [], body: textBody('answer'), ...answer } };
  };
  return { seen, handler: engineHandler({ serve }) };
}

const bytes = new TextEncoder().encode('hello');
function inTwo(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, 2));
      controller.enqueue(bytes.subarray(2));
      controller.close();
    },
  });
}
async function* parts() {
  yield 'hel';
  yield bytes.subarray(3);
}

describe('the request handler', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a text', 'hello', 'hello'],
    ['bytes', bytes, 'hello'],
    ['a window onto bytes', new Uint8Array([0, ...bytes, 0]).subarray(1, 6), 'hello'],
    ['a buffer', bytes.slice().buffer, 'hello'],
    ['a view', new DataView(bytes.slice().buffer, 1, 3), 'ell'],
    ['a Blob', new Blob(['hel', 'lo']), 'hello'],
    ['a stream of the web', inTwo(), 'hello'],
    ['anything that gives pieces', parts(), 'hello'],
  ])('takes %s as a body', async (_what, body, text) => {
    const { seen, handler } = setUp();
    await handler.handle({ ...asked, body });
    expect(seen[0]?.text).toBe(text);
  });

  it('leaves the caller its bytes: the engine overwrites what it is handed', async () => {
    const own = bytes.slice();
    const serve: Serve = async ({ request }) => {
      gather(request.body).fill(0);
      return { response: { status: 200, headers: [], body: textBody('') } };
    };
    const handler = engineHandler({ serve });
    for (const body of [own, own.buffer, parts()]) await handler.handle({ ...asked, body });
    expect(own).toEqual(bytes);
  });

  it('rejects what is no body', async () => {
    await expect(setUp().handler.handle({ ...asked, body: 7 })).rejects.toThrow(TypeError);
  });

  it('writes the query as it is signed, and names the host', async () => {
    const { seen, handler } = setUp();
    const query = { uploads: null, prefix: "a b(')*!/", list: ['1', '2'], empty: '' };
    await handler.handle({ ...asked, query, port: 8080, protocol: 'http:' });
    expect(seen[0]).toMatchObject({
      query: 'uploads&prefix=a%20b%28%27%29%2A%21%2F&list=1&list=2&empty=',
      isSecure: false,
      headers: [
        ['X-Amz-Date', 'now'],
        ['host', 'localhost:8080'],
      ],
    });
    await handler.handle({ ...asked, headers: { Host: 'mine' } });
    expect(seen[1]).toMatchObject({ headers: [['Host', 'mine']], isSecure: true });
  });

  it('gives headers in lower case, doubled ones in one, and the body as a stream', async () => {
    const headers = [
      ['ETag', '"x"'],
      ['Vary', 'a'],
      ['vary', 'b'],
    ] as const;
    const { response } = await setUp({ headers }).handler.handle(asked);
    expect(response).toMatchObject({ statusCode: 200, headers: { etag: '"x"', vary: 'a, b' } });
    expect(await new Response(response.body).text()).toBe('answer');
    const empty = await setUp({ status: 204, body: textBody('') }).handler.handle(asked);
    expect([empty.response.statusCode, await new Response(empty.response.body).text()]).toEqual([204, '']);
  });

  it('stops waiting when the caller gives up, before and after it was asked', async () => {
    const { seen, handler } = setUp();
    await expect(handler.handle(asked, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(seen).toEqual([]);
    const slow = engineHandler({ serve: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const waiting = slow.handle(asked, { abortSignal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const { response } = await handler.handle(asked, { abortSignal: new AbortController().signal });
    expect(response.statusCode).toBe(200);
  });
});
