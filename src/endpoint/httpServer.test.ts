import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyText, EMPTY_BODY, findHeader, gather, type HttpResponse, textBody } from '../engine/http/message.ts';
import type { Incoming } from '../engine/serve.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from './httpServer.ts';
import { sendRaw, statusesIn } from './testing/rawHttp.ts';

const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop(100);
});

const OK: HttpResponse = { status: 200, headers: [['ETag', '"1"']], body: textBody('fine') };

async function start(
  answer: (incoming: Incoming) => HttpResponse | Promise<HttpResponse> = () => OK,
  more: Partial<HttpServerOptions> = {},
) {
  const seen: Incoming[] = [];
  const lines: string[] = [];
  const server = createHttpServer({
    serve: async incoming => {
      seen.push(incoming);
      return answer(incoming);
    },
    trustsLoopback: false,
    report: line => lines.push(line),
    ...more,
  });
  running.push(server);
  return { port: await server.listen('127.0.0.1', 0), seen, lines, server };
}

const put = (path: string, body: string, more = '') =>
  `PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a request arrives', () => {
  it.each([
    '/',
    '/bucket/a%20b',
    '/bucket/../secret',
    '/bucket/./x',
    '//bucket//x',
    '/bucket/%00',
    '/bucket/%2e%2e/%2E%2E',
    '/b/a+b',
    '/b/%zz',
    '/b/a;b=c',
  ])('with its path as sent: %s', async path => {
    const { port, seen } = await start();
    await sendRaw(port, [`GET ${path}?list-type=2&prefix=%2F&x HTTP/1.1\r\nHost: x\r\n\r\n`]);
    expect(seen[0]?.request).toMatchObject({ method: 'GET', path, query: 'list-type=2&prefix=%2F&x' });
  });

  it.each([
    ['http://127.0.0.1:4571/b/x?y', '/b/x', 'y'],
    ['http://host?y', '/', 'y'],
    ['/b?', '/b', ''],
    ['/b?a?b', '/b', 'a?b'],
  ])('with the target %s', async (target, path, query) => {
    const { port, seen } = await start();
    await sendRaw(port, [`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`]);
    expect(seen[0]?.request).toMatchObject({ path, query });
  });

  it('with its headers in order, as spelt, twice if they came twice, and in UTF-8 if they are', async () => {
    const { port, seen } = await start();
    await sendRaw(port, [
      'GET / HTTP/1.1\r\nHOST: x\r\nx-AMZ-meta-a:  1 \r\nx-amz-meta-a: 2\r\nx-amz-meta-u: \u00c3\u00bc\r\nx-amz-meta-l: \u00fc\r\n\r\n',
    ]);
    expect(seen[0]?.request.headers).toEqual([
      ['HOST', 'x'],
      ['x-AMZ-meta-a', '1'],
      ['x-amz-meta-a', '2'],
      ['x-amz-meta-u', 'ü'],
      ['x-amz-meta-l', 'ü'],
    ]);
  });

  it('with thousands of headers, all of them', async () => {
    const { port, seen } = await start();
    await sendRaw(port, [`GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(5000)}\r\n`]);
    expect(seen[0]?.request.headers).toHaveLength(5001);
  });

  it('with its body whole, in a buffer of its own, however it was cut', async () => {
    const { port, seen } = await start();
    const body = 'x'.repeat(300_000);
    await sendRaw(port, [put('/b/x', body)]);
    await sendRaw(port, [put('/b/x', 'abc').slice(0, -2), 'b', 'c']);
    await sendRaw(port, [
      'PUT /b/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
      '3\r\nabc\r\n',
      '2;ext=1\r\nde\r\n0\r\nTrailer: 1\r\n\r\n',
    ]);
    expect(seen.map(({ request }) => bodyText(request.body))).toEqual([body, 'abc', 'abcde']);
    // What was sent in chunks is in chunks no longer.
    expect(seen[2]?.request.headers).toEqual([['Host', 'x']]);
    for (const { request } of seen) {
      const bytes = gather(request.body);
      expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
    }
  });

  it('over plain HTTP is not secure, unless loopback is trusted', async () => {
    const plain = await start();
    const trusting = await start(undefined, { trustsLoopback: true });
    await sendRaw(plain.port, [GET]);
    await sendRaw(trusting.port, [GET]);
    expect([plain.seen[0], trusting.seen[0]]).toMatchObject([
      { isSecure: false, sourceIp: '127.0.0.1' },
      { isSecure: true, sourceIp: '127.0.0.1' },
    ]);
  });

  it('after the go-ahead when it asks for one', async () => {
    const { port, seen } = await start();
    const { text } = await sendRaw(port, [put('/b/x', '', 'Expect: 100-continue\r\n').replace('h: 0', 'h: 3'), 'abc']);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(seen.map(({ request }) => bodyText(request.body))).toEqual(['abc']);
  });

  it('never when its sender leaves halfway', async () => {
    const { port, seen, lines } = await start();
    await sendRaw(port, [put('/b/x', 'abcdef').slice(0, -3)], { isHangingUp: true });
    await sendRaw(port, ['PUT /b/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'], {
      isHangingUp: true,
    });
    const { text } = await sendRaw(port, [GET]);
    expect(statusesIn(text)).toEqual([200]);
    expect(seen.map(({ request }) => request.method)).toEqual(['GET']);
    expect(lines).toEqual([]);
  });

  it('while another one is still sending its body', async () => {
    const { port, seen } = await start();
    const slow = sendRaw(port, [put('/slow', 'abc').slice(0, -1)], { quiet: 400 });
    await sendRaw(port, [GET]);
    expect(seen.map(({ request }) => request.path)).toEqual(['/']);
    await slow;
  });
});

describe('an answer', () => {
  it('goes out with its headers as spelt, in order, twice if there are two, and with its length', async () => {
    const headers = [
      ['x-amz-ID-2', 'a'],
      ['X-two', '1'],
      ['X-two', '2'],
      ['x-amz-meta-u', 'ü'],
      ['Date', 'Sat, 21 Nov 2026 10:00:00 GMT'],
      ['Content-Length', '999'],
      ['Transfer-Encoding', 'chunked'],
    ] as const;
    const { port } = await start(() => ({ status: 404, headers, body: textBody('grün') }));
    const { text } = await sendRaw(port, [GET]);
    const head = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
    expect(head.slice(0, 7)).toEqual([
      'HTTP/1.1 404 Not Found',
      'x-amz-ID-2: a',
      'X-two: 1',
      'X-two: 2',
      'x-amz-meta-u: \u00c3\u00bc',
      'Date: Sat, 21 Nov 2026 10:00:00 GMT',
      'Content-Length: 5',
    ]);
    expect(text.match(/transfer-encoding|999|date:/gi)).toEqual(['Date:']);
  });

  it('to HEAD has the length and not the body', async () => {
    const { port } = await start(({ request }) =>
      request.method === 'HEAD' ? { ...OK, headers: [['Content-Length', '12345']], body: EMPTY_BODY } : OK,
    );
    const { text } = await sendRaw(port, ['HEAD / HTTP/1.1\r\nHost: x\r\n\r\n', GET]);
    expect(statusesIn(text)).toEqual([200, 200]);
    expect(text).toMatch(/Content-Length: 12345\r\n[\s\S]*\r\n\r\nHTTP\/1\.1 200/);
  });

  it.each([204, 304])('of status %i has neither body nor length', async status => {
    const { port } = await start(() => ({ ...OK, status, headers: [['Content-Length', '4']] }));
    const { text } = await sendRaw(port, [GET, GET]);
    expect(statusesIn(text)).toEqual([status, status]);
    expect(text).not.toMatch(/content-length|transfer-encoding|fine/i);
  });

  it('of many pieces arrives whole at a slow reader', async () => {
    const piece = new Uint8Array(1024 * 1024).fill(7);
    const pieces = Array.from({ length: 24 }, () => piece);
    const { port } = await start(() => ({ ...OK, body: { length: 24 * piece.length, pieces: () => pieces } }));
    const length = await new Promise<number>((resolve, reject) => {
      http
        .get({ port, host: '127.0.0.1' }, async response => {
          let sum = 0;
          for await (const chunk of response) {
            sum += chunk.length;
            if (sum % 16 === 0) await new Promise(go => setImmediate(go));
          }
          resolve(sum);
        })
        .on('error', reject);
    });
    expect(length).toBe(24 * piece.length);
  });

  it('keeps the connection for the next request, and pipelined ones get theirs in order', async () => {
    const { port } = await start(async ({ request }) => {
      if (request.path === '/1') await new Promise(go => setTimeout(go, 30));
      return { ...OK, body: textBody(`[${request.path}]`) };
    });
    const requests = ['/1', '/2', '/3'].map(path => GET.replace('/', path)).join('');
    const { text, isClosed } = await sendRaw(port, [requests]);
    expect(text.match(/\[.*?\]/g)).toEqual(['[/1]', '[/2]', '[/3]']);
    expect(isClosed).toBe(false);
  });
});

describe('a failure inside one request', () => {
  it.each([
    ['S3', '', 'application/xml', '<Code>InternalError</Code>'],
    ['KMS', 'X-Amz-Target: TrentService.Encrypt\r\n', 'application/x-amz-json-1.1', '"__type":"KMSInternalException"'],
    [
      'STS',
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-central-1/sts/aws4_request\r\n',
      'text/xml',
      '<Type>Receiver</Type><Code>InternalError</Code>',
    ],
  ])('is answered in the manner of %s and told without secrets, and the next one is served', async (...row) => {
    const [, header, type, inside] = row;
    const { port, lines } = await start(({ request }) => {
      if (request.method === 'PUT') throw new TypeError('hunter2');
      return OK;
    });
    const { text } = await sendRaw(port, [put('/b/x?X-Amz-Signature=hunter2', 'abc', header), GET]);
    expect(statusesIn(text)).toEqual([500, 200]);
    expect(text).toContain(`Content-Type: ${type}`);
    expect(text).toContain(inside);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^internal error: PUT "\/b\/x": TypeError\n +at /);
    expect(text + lines[0]).not.toContain('hunter2');
  });

  it('such as an answer that no line can carry ends that connection only', async () => {
    const { port, lines } = await start(({ request }) =>
      request.path === '/bad' ? { ...OK, headers: [['x', 'a\r\nb: c']] } : OK,
    );
    const { text } = await sendRaw(port, [GET.replace('/', '/bad')]);
    expect(text).not.toContain('b: c');
    expect(statusesIn((await sendRaw(port, [GET])).text)).toEqual([200]);
    expect(lines[0]).toContain('ERR_INVALID_CHAR');
  });
});

describe('a body that is too large', () => {
  const LIMIT = { maxBodyBytes: 100 };

  it.each([
    ['by what it claims', put('/b/x', 'x'.repeat(101))],
    ['by what it claims and never sends', put('/b/x', '').replace('h: 0', 'h: 9999999999')],
    ['before it is sent', put('/b/x', '', 'Expect: 100-continue\r\n').replace('h: 0', 'h: 101')],
  ])('%s is EntityTooLarge and the connection is closed', async (_, text) => {
    const { port, seen } = await start(undefined, LIMIT);
    const answer = await sendRaw(port, [text], { quiet: 2500 });
    expect(statusesIn(answer.text)).toEqual([400]);
    expect(answer.text).toContain('<Code>EntityTooLarge</Code>');
    expect(answer.text).toContain('<MaxSizeAllowed>100</MaxSizeAllowed>');
    expect(answer.text).toContain('Connection: close');
    expect(answer.isClosed).toBe(true);
    expect(seen).toEqual([]);
  });

  it('in chunks is so as soon as it is', async () => {
    const { port, seen } = await start(undefined, LIMIT);
    const chunk = `32\r\n${'x'.repeat(50)}\r\n`;
    const head = 'PUT /b/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const fits = await sendRaw(port, [head, chunk, chunk, '0\r\n\r\n']);
    expect(statusesIn(fits.text)).toEqual([200]);
    const answer = await sendRaw(port, [head, chunk, chunk, chunk, chunk, '0\r\n\r\n'], { quiet: 1000 });
    expect(answer.text).toContain('<Code>EntityTooLarge</Code>');
    expect(answer.isClosed).toBe(true);
    expect(seen).toHaveLength(1);
  });
});

describe('broken HTTP', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['another version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a path that is not ASCII', 'GET /\u00c3\u00bc HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a blank in the path', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a length that is none', 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n'],
    ['a negative length', 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['a length beyond numbers', 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n'],
    ['two lengths', 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a chunk size that is none', 'PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a header without colon', 'GET / HTTP/1.1\r\nHost: x\r\nbad\r\n\r\n'],
    ['a header with a zero byte', 'GET / HTTP/1.1\r\nHost: x\r\na: b\u0000c\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\na: b\r\n c\r\n\r\n'],
    ['a path of 100 KiB', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a header of 100 KiB', `GET / HTTP/1.1\r\nHost: x\r\na: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['20,000 headers', `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(20_000)}\r\n`],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('(%s) is answered with 400 or a closed connection, never served, and the next one is', async (_, text) => {
    const { port, seen, lines } = await start();
    const broken = await sendRaw(port, [text], { quiet: 1000 });
    expect(statusesIn(broken.text).every(status => status === 400)).toBe(true);
    expect(broken.isClosed).toBe(true);
    expect(seen).toEqual([]);
    expect(statusesIn((await sendRaw(port, [GET])).text)).toEqual([200]);
    expect(lines).toEqual([]);
  });

  it('says what is wrong in S3’s words', async () => {
    const { port } = await start();
    const broken = await sendRaw(port, ['hello\r\n\r\n']);
    expect(broken.text).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*Connection: close\r\n\r\n<\?xml [\s\S]*<Code>BadRequest</,
    );
    const large = await sendRaw(port, [`GET / HTTP/1.1\r\nHost: x\r\na: ${'x'.repeat(70_000)}\r\n\r\n`]);
    expect(large.text).toContain('<Code>RequestHeaderSectionTooLarge</Code>');
  });

  it('behind a good request does not take that one’s answer away', async () => {
    const { port, seen } = await start(async () => {
      await new Promise(go => setTimeout(go, 50));
      return OK;
    });
    const { text, isClosed } = await sendRaw(port, [`${put('/b/x', 'abc')}more than was announced\r\n\r\n`], {
      quiet: 1000,
    });
    expect(statusesIn(text)).toEqual([200]);
    expect(isClosed).toBe(true);
    expect(seen.map(({ request }) => bodyText(request.body))).toEqual(['abc']);
  });

  it('that wants an upgrade is served without it', async () => {
    const { port, seen } = await start();
    const { text } = await sendRaw(port, [
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n',
    ]);
    expect(statusesIn(text)).toEqual([200]);
    expect(seen.map(({ request }) => findHeader(request, 'upgrade'))).toEqual(['h2c']);
  });
});

describe('somebody too slow', () => {
  it.each([
    ['in the head', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['in the body', put('/b/x', 'abc').slice(0, -1)],
  ])('%s is told so and hung up on, and nothing is served', async (_, text) => {
    const { port, seen, lines } = await start(undefined, { requestTimeout: 450 });
    const slow = await sendRaw(port, [text], { quiet: 3000 });
    expect(statusesIn(slow.text)).toEqual([400]);
    expect(slow.text).toContain('<Code>RequestTimeout</Code>');
    expect(slow.isClosed).toBe(true);
    expect([seen, lines]).toEqual([[], []]);
  });

  it('to serve is waited for, however long it takes', async () => {
    const { port } = await start(
      async () => {
        await new Promise(go => setTimeout(go, 700));
        return OK;
      },
      { requestTimeout: 450 },
    );
    expect(statusesIn((await sendRaw(port, [GET], { quiet: 1500 })).text)).toEqual([200]);
  });
});

describe('stopping', () => {
  it('lets what is under way finish and takes nothing new', async () => {
    let release = (): void => undefined;
    const { port, server } = await start(async () => {
      await new Promise<void>(go => {
        release = go;
      });
      return OK;
    });
    const underWay = sendRaw(port, [GET], { quiet: 1000 });
    const idle = sendRaw(port, [''], { quiet: 1000 });
    await new Promise(go => setTimeout(go, 50));
    const stopped = server.stop(2000);
    await new Promise(go => setTimeout(go, 20));
    await expect(sendRaw(port, [GET])).rejects.toThrow('ECONNREFUSED');
    release();
    await stopped;
    expect(await underWay).toMatchObject({ text: expect.stringContaining('fine'), isClosed: true });
    expect(await idle).toEqual({ text: '', isClosed: true });
  });

  it('does not wait for ever', async () => {
    const { port, server } = await start(() => new Promise(() => undefined));
    const stuck = sendRaw(port, [GET], { quiet: 2000 });
    await new Promise(go => setTimeout(go, 50));
    await server.stop(50);
    expect(await stuck).toEqual({ text: '', isClosed: true });
  });
});
