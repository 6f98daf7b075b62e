import { type Bytes, equalBytes, textOf, utf8 } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import { findHeader, type Header, type HttpRequest, type HttpResponse, startLineOf } from '../http/message.ts';

/** What stands before a request's body. */
export type RequestHead = Omit<HttpRequest, 'body'>;
/** What stands before a response's body. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly Header[];
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Line ends and other control characters would let a value pass for a new header. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get in
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
const REQUEST_LINE =
  /^([A-Z][A-Z-]{0,15}) (\/[\x21-\x22\x24-\x3e\x40-\x7e]*)(?:\?([\x21-\x22\x24-\x7e]*))? HTTP\/1\.1$/;
/** A head longer than this (bytes) is not read. */
export const HEAD_LIMIT = 64 * 1024;
const STATUS_LINE = /^HTTP\/1\.1 ([1-5][0-9]{2}) [\x20-\x7e]*$/;

/**
 * The head of a message as it stands on the wire, with the empty line that ends it (RFC 9112, 2).
 * @throws EngineError `invariant` for a head that a strict reader would not take.
 */
export function serializeHead(message: HttpRequest | HttpResponse): Bytes {
  invariant(isStart(message), 'a start line has only what HTTP allows in it');
  invariant(message.headers.every(isHeader), 'a header has only what HTTP allows in it');
  const lines = message.headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return utf8(`${startLineOf(message)}\r\n${lines.join('')}\r\n`);
}

/** Whether a request can cross a line: a strict reader at the other end would take it for what it is. */
export function canCross(request: HttpRequest): boolean {
  if (!isStart(request) || request.path.includes('?') || !request.headers.every(isHeader)) return false;
  const isSilent = findHeader(request, 'content-length') === undefined;
  const announced = isSilent ? withContentLength(request) : request;
  return findContentLength(announced) === request.body.length && serializeHead(announced).length <= HEAD_LIMIT;
}

function isStart(message: HttpRequest | HttpResponse): boolean {
  return ('status' in message ? STATUS_LINE : REQUEST_LINE).test(startLineOf(message));
}

function isHeader([name, value]: Header): boolean {
  return HEADER_NAME.test(name) && !CONTROL.test(value);
}

/** The head of a request without its closing empty line, or `undefined` when anything in it is out of order. */
export function parseRequestHead(bytes: Uint8Array): RequestHead | undefined {
  const parsed = parseLines(bytes);
  const [, method, path, query] = (parsed && REQUEST_LINE.exec(parsed.startLine)) ?? [];
  if (parsed === undefined || method === undefined || path === undefined) return undefined;
  return { method, path, query: query ?? '', headers: parsed.headers };
}

/** The head of a response without its closing empty line, or `undefined` when anything in it is out of order. */
export function parseResponseHead(bytes: Uint8Array): ResponseHead | undefined {
  const parsed = parseLines(bytes);
  const [, status] = (parsed && STATUS_LINE.exec(parsed.startLine)) ?? [];
  if (parsed === undefined || status === undefined) return undefined;
  return { status: Number(status), headers: parsed.headers };
}

/**
 * Length of the body that a head announces, in bytes: 0 when it says nothing. `undefined` when it contradicts itself
 * or names a transfer coding, which this line does not speak (RFC 9112, 6.3).
 */
export function findContentLength(head: { readonly headers: readonly Header[] }): number | undefined {
  if (findHeader(head, 'transfer-encoding') !== undefined) return undefined;
  const values = head.headers.filter(([name]) => name.toLowerCase() === 'content-length').map(([, value]) => value);
  const [value] = values;
  if (value === undefined) return 0;
  return values.length === 1 && /^[0-9]{1,15}$/.test(value) ? Number(value) : undefined;
}

/**
 * The message with a `content-length` that is true.
 * @throws EngineError `invariant` when it has another one.
 */
export function withContentLength<M extends HttpRequest | HttpResponse>(message: M): M {
  if (findHeader(message, 'content-length') === undefined) {
    return { ...message, headers: [...message.headers, ['content-length', String(message.body.length)]] };
  }
  invariant(findContentLength(message) === message.body.length, 'content-length is the length of the body');
  return message;
}

function parseLines(bytes: Uint8Array): { startLine: string; headers: Header[] } | undefined {
  const text = textOf(bytes);
  if (!equalBytes(utf8(text), bytes)) return undefined;
  const [startLine, ...lines] = text.split('\r\n');
  const headers: Header[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    const value = trimBlanks(line.slice(colon + 1));
    if (!HEADER_NAME.test(name) || CONTROL.test(value)) return undefined;
    headers.push([name, value]);
  }
  return startLine === undefined ? undefined : { startLine, headers };
}

/** Without spaces and tabs at either end; other white space belongs to the value. */
function trimBlanks(text: string): string {
  const isBlank = (index: number) => text[index] === ' ' || text[index] === '\t';
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}
