/**
 * The parts of a `multipart/form-data` body (RFC 7578). Platforms have a parser, but each is strict about other things (a space after
 * `;`, the boundary's text inside a file), and the same body has to have the same answer everywhere.
 */
import { type Bytes, textOf, utf8 } from '../bytes/bytes.ts';

export interface FormPart {
  readonly name: string;
  /** Empty when the part has none. */
  readonly fileName: string;
  /** Media type; empty when the part names none. */
  readonly type: string;
  /** A window onto the body, not a copy. */
  readonly bytes: Bytes;
}

/** The headers of one part. */
const MAX_HEAD_BYTES = 4096;
const MAX_PARTS = 1000;
const HEAD_END = utf8('\r\n\r\n');

/** The parts in order, or `undefined` when the body is not well-formed. What stands before the first and after the last is skipped. */
export function readParts(body: Bytes, boundary: string): readonly FormPart[] | undefined {
  const delimiter = utf8(`\r\n--${boundary}`);
  const opening = startsWith(body, delimiter.subarray(2), 0) ? -2 : find(body, delimiter, 0);
  if (opening === undefined) return undefined;
  const parts: FormPart[] = [];
  let at = opening + delimiter.length;
  for (;;) {
    if (body[at] === 0x2d && body[at + 1] === 0x2d) return parts;
    if (body[at] !== 0x0d || body[at + 1] !== 0x0a || parts.length === MAX_PARTS) return undefined;
    const headEnd = find(body.subarray(0, at + MAX_HEAD_BYTES), HEAD_END, at);
    const head = headEnd === undefined ? undefined : readHead(textOf(body.subarray(at + 2, headEnd)));
    if (headEnd === undefined || head === undefined) return undefined;
    const start = headEnd + HEAD_END.length;
    const end = findDelimiter(body, delimiter, start);
    if (end === undefined) return undefined;
    parts.push({ ...head, bytes: body.subarray(start, end) });
    at = end + delimiter.length;
  }
}

/** A delimiter is followed by a line end or by `--`; otherwise the content only resembles it. */
function findDelimiter(body: Bytes, delimiter: Bytes, from: number): number | undefined {
  let at = find(body, delimiter, from);
  while (at !== undefined) {
    const [first, second] = body.subarray(at + delimiter.length, at + delimiter.length + 2);
    if ((first === 0x2d && second === 0x2d) || (first === 0x0d && second === 0x0a)) return at;
    at = find(body, delimiter, at + 1);
  }
  return undefined;
}

/** First place of a text that starts with CR. A loop, since a search by the platform for each CR is slow where there are many. */
function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number | undefined {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === 0x0d && startsWith(bytes, wanted, at)) return at;
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function readHead(head: string): Omit<FormPart, 'bytes'> | undefined {
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  if (!/^form-data[ \t]*(?:;|$)/i.test(disposition)) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of disposition.matchAll(
    /;[ \t]*([a-z*]+)=(?:"((?:\\"|[^"])*)"|([^;"\s]*))/gi,
  )) {
    parameters.set(name.toLowerCase(), quoted === undefined ? bare : unquote(quoted));
  }
  const name = parameters.get('name');
  if (name === undefined) return undefined;
  return { name, fileName: parameters.get('filename') ?? '', type: headers.get('content-type') ?? '' };
}

/** Browsers write quotes and line ends of names percent-encoded, other clients write quotes behind a backslash. */
function unquote(text: string): string {
  return text.replaceAll('\\"', '"').replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}
