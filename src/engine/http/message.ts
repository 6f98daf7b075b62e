import { type Bytes, textOf, utf8 } from '../bytes/bytes.ts';
import type { ArtifactId } from '../trace/artifact.ts';

export type Header = readonly [name: string, value: string];

/**
 * A body of known length that comes in pieces, so that nothing above it needs the whole in one buffer.
 */
export interface Body {
  readonly length: number;
  pieces(): Iterable<Bytes>;
}

/** An HTTP-shaped request. `path` and `query` are percent-encoded, as on the wire; `query` has no `?`. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Body;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Body;
  /** What travels in it, for the trace. Never on the wire. */
  readonly cargo?: readonly ArtifactId[];
}

/** What the receiving end knows about the line a message came over. */
export interface Connection {
  readonly isSecure: boolean;
  /** For example `203.0.113.7`. */
  readonly sourceIp: string;
  /** For the trace: in which recorded traffic the message came, and what opened it. */
  readonly arrival?: { readonly capture: ArtifactId; readonly sessionKey?: ArtifactId; readonly exchange: number };
}

/** A service behind an address: requests in, responses out. */
export type Handler = (request: HttpRequest, connection: Connection) => Promise<HttpResponse>;

export const EMPTY_BODY: Body = { length: 0, pieces: () => [] };

/** A body over one buffer, which it does not copy. */
export function bodyOf(bytes: Bytes): Body {
  return { length: bytes.length, pieces: () => (bytes.length === 0 ? [] : [bytes]) };
}

/** A UTF-8 text body. */
export function textBody(text: string): Body {
  return bodyOf(utf8(text));
}

/** The body in one buffer: the very buffer when there is only one piece, a new one otherwise. */
export function gather(body: Body): Bytes {
  const pieces = [...body.pieces()];
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const whole = new Uint8Array(body.length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

export function bodyText(body: Body): string {
  return textOf(gather(body));
}

/** Value of a header; names are case-insensitive (RFC 9110, 5.1). */
export function findHeader(message: { headers: readonly Header[] }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return message.headers.find(([header]) => header.toLowerCase() === wanted)?.[1];
}

/** Values of every header of that name, in the order they came. */
export function findHeaders(message: { headers: readonly Header[] }, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return message.headers.filter(([header]) => header.toLowerCase() === wanted).map(([, value]) => value);
}

/** Reason phrases of the statuses in use. */
const REASONS: Readonly<Record<number, string>> = {
  100: 'Continue',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Slow Down',
};

export function startLineOf(message: HttpRequest | HttpResponse): string {
  if ('status' in message) return `HTTP/1.1 ${message.status} ${REASONS[message.status] ?? 'Unknown'}`;
  return `${message.method} ${message.path}${message.query === '' ? '' : `?${message.query}`} HTTP/1.1`;
}
