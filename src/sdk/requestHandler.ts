/**
 * The engine as a `requestHandler` of the AWS SDK for JavaScript v3: its clients talk to this S3 and KMS without a
 * network. Depends on no package: the SDK's shapes are named here as far as they are used.
 */
import { bodyOf, gather, type Header, type HttpRequest, type Serve, type Served } from '../engine/index.ts';

/** What the SDK hands over: a signed request in parts. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the SDK wants back. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly reason?: string;
  readonly headers: Record<string, string>;
  readonly body: ReadableStream<Uint8Array>;
}

/** What the SDK says about one call. */
export interface SdkHandlerOptions {
  readonly abortSignal?: Pick<AbortSignal, 'aborted'> &
    Partial<Pick<AbortSignal, 'addEventListener' | 'removeEventListener'>>;
}

export interface EngineHandler {
  readonly metadata: { readonly handlerProtocol: string };
  /** Rejects with an `AbortError` when the caller gives up; what was asked may have been done by then. */
  handle(request: SdkRequest, options?: SdkHandlerOptions): Promise<{ response: SdkResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

export interface EngineHandlerOptions {
  readonly serve: Serve;
  /** Whether requests leave traces. */
  readonly isRecorded?: boolean;
  /** Hears of every request that was served. */
  readonly onServed?: (served: Served) => void;
}

/** Makes a handler: `new S3Client({ requestHandler: engineHandler({ serve }), … })`. */
export function engineHandler({ serve, isRecorded = false, onServed }: EngineHandlerOptions): EngineHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(sdkRequest, { abortSignal } = {}) {
      if (abortSignal?.aborted) throw aborted();
      const request = await requestOf(sdkRequest);
      if (abortSignal?.aborted) throw aborted();
      // The SDK would have opened a TLS connection to an https endpoint.
      const isSecure = sdkRequest.protocol === 'https:';
      const serving = serve({ request, isSecure, sourceIp: '127.0.0.1' }, isRecorded).then(served => {
        onServed?.(served);
        return { response: responseOf(served) };
      });
      return abortSignal ? unlessAborted(serving, abortSignal) : serving;
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** As the SDK's own handlers name it. */
function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

async function unlessAborted<T>(
  serving: Promise<T>,
  signal: NonNullable<SdkHandlerOptions['abortSignal']>,
): Promise<T> {
  let giveUp: () => void = () => undefined;
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(aborted());
    signal.addEventListener?.('abort', giveUp);
  });
  try {
    return await Promise.race([serving, givenUp]);
  } finally {
    signal.removeEventListener?.('abort', giveUp);
  }
}

async function requestOf(sdk: SdkRequest): Promise<HttpRequest> {
  const body = await collect(sdk.body);
  const headers: Header[] = Object.entries(sdk.headers);
  const names = headers.map(([name]) => name.toLowerCase());
  const isDefaultPort = sdk.port === undefined;
  if (!names.includes('host')) headers.push(['host', isDefaultPort ? sdk.hostname : `${sdk.hostname}:${sdk.port}`]);
  return { method: sdk.method, path: sdk.path, query: queryText(sdk.query ?? {}), headers, body: bodyOf(body) };
}

/** As the SDK's own handlers write it, and as it is signed. */
function queryText(query: NonNullable<SdkRequest['query']>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => {
      if (value === null) return [encode(name)];
      const values = typeof value === 'string' ? [value] : value;
      return values.map(one => `${encode(name)}=${encode(one)}`);
    })
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Everything a body may be in the SDK, as bytes of our own. */
async function collect(body: unknown): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(body)) {
    pieces.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** @throws TypeError for what no SDK sends as a body */
async function* piecesOf(body: unknown): AsyncIterable<Uint8Array | string> {
  // Not every browser can iterate over a stream.
  if (body instanceof ReadableStream) {
    const reader = (body as ReadableStream<Uint8Array | string>).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } else if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
    yield* body as AsyncIterable<Uint8Array | string>;
  } else {
    throw new TypeError('a body is bytes, a text, a Blob or a stream');
  }
}

function responseOf({ response }: Served): SdkResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    headers[lower] = headers[lower] === undefined ? value : `${headers[lower]}, ${value}`;
  }
  const bytes = gather(response.body);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  return { statusCode: response.status, headers, body };
}
