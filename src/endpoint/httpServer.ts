import http, { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { bodyOf, type Header, type HttpRequest, type HttpResponse, type Incoming } from '../engine/index.ts';
import { describeFailure } from './failure.ts';
import { type OwnProblem, ownAnswer } from './ownAnswers.ts';
import { receiveBody } from './receiveBody.ts';

/** Largest body taken, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024 * 1024;
/** Largest head (request line and headers) taken, in bytes. */
export const MAX_HEAD_BYTES = 64 * 1024;
/** How long an answer to somebody who is still sending waits for them to stop, in milliseconds. */
const LINGER = 1000;

export interface HttpServerOptions {
  /** Called with whole requests only. What it throws becomes a 500. */
  readonly serve: (incoming: Incoming) => Promise<HttpResponse>;
  /** With it the server speaks HTTPS. PEM. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string };
  /** Plain HTTP from this machine counts as secure. */
  readonly trustsLoopback: boolean;
  /** Takes one line for the operator; never a secret. */
  readonly report: (line: string) => void;
  readonly maxBodyBytes?: number;
  /** How long a whole request may take to come, in milliseconds; its head a fifteenth of that. Default 300,000. */
  readonly requestTimeout?: number;
}

export interface HttpServer {
  /** @returns the port. Rejects with the system's error when the address cannot be had. */
  readonly listen: (host: string, port: number) => Promise<number>;
  /** Takes nothing new, lets what is under way finish for that long (ms), then closes. */
  readonly stop: (grace: number) => Promise<void>;
}

/** What is known of a connection besides what the platform keeps. */
interface Line {
  /** Requests whose answers are not sent yet. */
  readonly waiting: Set<IncomingMessage>;
  /** What came after them was no HTTP: close when they are answered. */
  isBroken: boolean;
}

/** Requests from TCP to `serve` and back. Nothing a client sends ends the process. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { tls, report } = options;
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const requestTimeout = options.requestTimeout ?? 300_000;
  const lines = new Map<Duplex, Line>();
  const sockets = new Set<Duplex>();
  let isStopping = false;

  const take = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = headOf(message);
    if (sizeOf(request) > MAX_HEAD_BYTES) {
      return refuseUnread(message, response, request, ownAnswer('headers-too-large', request));
    }
    const body = await receiveBody(message, maxBodyBytes);
    if (body === 'gone') return;
    if (body === 'too-large') {
      const proposed = message.headers['content-length'];
      const sizes = {
        ...(proposed === undefined ? {} : { ProposedSize: proposed }),
        MaxSizeAllowed: String(maxBodyBytes),
      };
      return refuseUnread(message, response, request, ownAnswer('body-too-large', request, sizes));
    }
    const sourceIp = plainAddress(message.socket.remoteAddress ?? '');
    const isSecure = tls !== undefined || (options.trustsLoopback && isLoopback(sourceIp));
    const answer = await serveSafely(options, { request: { ...request, body: bodyOf(body) }, isSecure, sourceIp });
    if (isStopping) response.shouldKeepAlive = false;
    await send(response, request.method, answer);
  };
  const receive = (message: IncomingMessage, response: ServerResponse): void => {
    const { socket } = message;
    const line = lines.get(socket);
    line?.waiting.add(message);
    response.on('error', () => undefined);
    take(message, response)
      .catch(thrown => {
        report(describeFailure(nameOf(message.method ?? '', message.url ?? ''), thrown));
        response.destroy();
      })
      .finally(() => {
        line?.waiting.delete(message);
        if (line?.waiting.size === 0 && (line.isBroken || isStopping)) socket.destroySoon();
      });
  };

  const settings = {
    maxHeaderSize: MAX_HEAD_BYTES,
    headersTimeout: requestTimeout / 15,
    requestTimeout,
    keepAliveTimeout: 60_000,
    connectionsCheckingInterval: Math.min(5_000, requestTimeout / 30),
  };
  const server: Server =
    tls === undefined
      ? http.createServer(settings, receive)
      : https.createServer({ ...settings, cert: tls.certificate, key: tls.privateKey }, receive);
  // The size of the head is limited; dropping headers in silence would change what was signed.
  server.maxHeadersCount = 0;
  server.maxConnections = 1024;
  server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => {
    if (!(Number(message.headers['content-length'] ?? 0) > maxBodyBytes)) response.writeContinue();
    receive(message, response);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Duplex) => {
    lines.set(socket, { waiting: new Set(), isBroken: false });
    socket.on('close', () => lines.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const problem = problemOf(error.code ?? '');
    const line = lines.get(socket);
    if (problem === undefined || !line || line.isBroken || !socket.writable) return void socket.destroy();
    line.isBroken = true;
    // Whole requests before it are answered first: this would be taken for the answer to one of them.
    if ([...line.waiting].some(message => message.complete)) return;
    socket.end(rawAnswer(problem), () => socket.destroy());
  });

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          server.on('error', error => report(`server: ${error.name}`));
          resolve((server.address() as AddressInfo).port);
        });
      }),
    stop: grace =>
      new Promise(resolve => {
        isStopping = true;
        const timer = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, grace);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        for (const [socket, { waiting }] of lines) if (waiting.size === 0) socket.destroy();
      }),
  };
}

type RequestHead = Omit<HttpRequest, 'body'>;

/** Method, path, query and headers exactly as they came, but for chunks: they are taken apart here (RFC 9112, 7.1.3). */
function headOf(message: IncomingMessage): RequestHead {
  // The absolute form names the server too (RFC 9112, 3.2.2).
  const target = (message.url ?? '').replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const headers: Header[] = [];
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i] ?? '';
    if (!/^transfer-encoding$/i.test(name)) headers.push([name, textOfHeader(message.rawHeaders[i + 1] ?? '')]);
  }
  return {
    method: message.method ?? '',
    path: path === '' ? '/' : path,
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
  };
}

/** Bytes of the head on the line; the platform counts names and values alone. */
function sizeOf({ method, path, query, headers }: RequestHead): number {
  const lines = headers.map(([name, value]) => name.length + Buffer.byteLength(value) + ': \r\n'.length);
  return (
    method.length + path.length + query.length + ' ? HTTP/1.1\r\n\r\n'.length + lines.reduce((sum, one) => sum + one, 0)
  );
}

/** The platform reads one character a byte; what is UTF-8 was meant so. */
function textOfHeader(value: string): string {
  if (/^[\t -~]*$/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

async function serveSafely(options: HttpServerOptions, incoming: Incoming): Promise<HttpResponse> {
  try {
    return await options.serve(incoming);
  } catch (thrown) {
    options.report(describeFailure(nameOf(incoming.request.method, incoming.request.path), thrown));
    return ownAnswer('internal', incoming.request);
  }
}

/** Answers somebody who is still sending, and waits a little for them to hear it. */
async function refuseUnread(
  message: IncomingMessage,
  response: ServerResponse,
  request: RequestHead,
  answer: HttpResponse,
): Promise<void> {
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, STATUS_CODES[answer.status] ?? '', headersFor(request.method, answer));
  for (const piece of answer.body.pieces()) response.write(piece);
  message.resume();
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, LINGER);
    message.once('end', resolve).once('close', resolve);
    response.once('close', () => clearTimeout(timer));
  });
  response.end();
  message.socket.destroySoon();
}

/** Sends piece by piece, no faster than it is read. Resolves when it is out or the other side is gone. */
async function send(response: ServerResponse, method: string, answer: HttpResponse): Promise<void> {
  response.writeHead(answer.status, STATUS_CODES[answer.status] ?? 'Unknown', headersFor(method, answer));
  const isEmpty = method === 'HEAD' || hasNoBody(answer.status);
  for (const piece of isEmpty ? [] : answer.body.pieces()) {
    if (response.destroyed) return;
    if (!response.write(piece)) {
      await new Promise<void>(resolve => {
        const go = (): void => {
          response.off('drain', go).off('close', go);
          resolve();
        };
        response.on('drain', go).on('close', go);
      });
    }
  }
  await new Promise<void>(resolve => {
    response.once('close', resolve);
    response.end(() => resolve());
  });
}

/** The answer's headers as a flat list; the length is the body's own, but for HEAD, which tells that of the GET. */
function headersFor(method: string, { status, headers, body }: HttpResponse): string[] {
  const told = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  const flat = headers
    .filter(([name]) => !/^(?:content-length|transfer-encoding|connection|keep-alive)$/i.test(name))
    .flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]);
  if (hasNoBody(status)) return flat;
  return [...flat, 'Content-Length', method === 'HEAD' ? (told ?? String(body.length)) : String(body.length)];
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

/** What to say about broken HTTP; `undefined` when there is nobody to say it to. */
function problemOf(code: string): OwnProblem | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  return code.startsWith('HPE_') ? 'broken-http' : undefined;
}

function rawAnswer(problem: OwnProblem): Uint8Array {
  const { status, headers, body } = ownAnswer(problem);
  const head = [...headers, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n`), ...body.pieces()]);
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

/** Without the query, which may hold a signature. */
function nameOf(method: string, path: string): string {
  return `internal error: ${method} ${JSON.stringify(path.split('?', 1)[0])}`;
}
