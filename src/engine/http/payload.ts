/** What a request carries, out of its `aws-chunked` framing (S3 API reference, "Transferring payload in multiple chunks"). */
import { type Bytes, textOf } from '../bytes/bytes.ts';
import { findHeader, gather, type Header, type HttpRequest } from './message.ts';
import type { HttpRefusal } from './refusal.ts';

/** Where one chunk lies in the decoded bytes, and the signature it came with (`''`: none). The last chunk is empty. */
export interface Chunk {
  readonly start: number;
  /** Bytes. */
  readonly length: number;
  /** As sent: 64 hex characters when it is one. */
  readonly signature: string;
}

export interface Payload {
  /** The body itself when plain: the very buffer. When framed: a new buffer; the framed one stays as it came. */
  readonly bytes: Bytes;
  readonly framing: 'plain' | 'aws-chunked';
  /** Headers after the last chunk, without the trailer's signature; names in lowercase. */
  readonly trailers: readonly Header[];
  /** Empty when plain. */
  readonly chunks: readonly Chunk[];
  /** Value of `x-amz-trailer-signature`. */
  readonly trailerSignature?: string;
  /** The framing promises signatures: `verifyChunks` has to be asked. */
  readonly isSigned: boolean;
  /** Trailing headers are promised, and with signed chunks a signature over them. */
  readonly hasTrailer: boolean;
}

/** The framings that S3 knows, by `x-amz-content-sha256`. */
const FRAMINGS: ReadonlyMap<string, { readonly isSigned: boolean; readonly hasTrailer: boolean }> = new Map([
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { isSigned: true, hasTrailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { isSigned: true, hasTrailer: true }],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { isSigned: false, hasTrailer: true }],
]);

const TRAILER_SIGNATURE = 'x-amz-trailer-signature';
/** Every chunk but the last has at least so many bytes. */
const MIN_CHUNK_BYTES = 8192;
/** A size, `;chunk-signature=` and 64 characters need 90. */
const MAX_LINE_BYTES = 1024;
const MAX_TRAILER_BYTES = 16 * 1024;

const refuse = (status: number, code: string, message: string, extra?: Record<string, string>): HttpRefusal => ({
  status,
  code,
  message,
  ...(extra ? { extra } : {}),
});
const incompleteBody = () =>
  refuse(400, 'IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
const malformedTrailer = () =>
  refuse(
    400,
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );

/** Whether `readPayload` takes the body out of a framing, into a buffer of its own. */
export function isFramed(request: HttpRequest): boolean {
  return FRAMINGS.has(findHeader(request, 'x-amz-content-sha256') ?? '');
}

/**
 * The body of a request, unpacked. Framed bodies need `x-amz-decoded-content-length`.
 * @returns the payload, or what S3 answers when the framing is broken
 */
export function readPayload(request: HttpRequest): Payload | { readonly refusal: HttpRefusal } {
  const raw = gather(request.body);
  const framing = FRAMINGS.get(findHeader(request, 'x-amz-content-sha256') ?? '');
  if (!framing) return { bytes: raw, framing: 'plain', trailers: [], chunks: [], isSigned: false, hasTrailer: false };
  const declared = findHeader(request, 'x-amz-decoded-content-length')?.trim();
  if (declared === undefined)
    return { refusal: refuse(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.') };
  if (!/^\d{1,15}$/.test(declared) || Number(declared) > raw.length) return { refusal: incompleteBody() };

  const read = readChunks(raw, Number(declared));
  if ('refusal' in read) return read;
  const lines = readTrailer(raw.subarray(read.end));
  if (lines === undefined) return { refusal: malformedTrailer() };
  const trailers = lines.filter(([name]) => name !== TRAILER_SIGNATURE);
  const promised = namesOf(framing.hasTrailer ? findHeader(request, 'x-amz-trailer') : undefined);
  const came = trailers.map(([name]) => name);
  const isAsPromised = came.every(name => promised.includes(name)) && promised.every(name => came.includes(name));
  if (!isAsPromised || came.length !== promised.length) return { refusal: malformedTrailer() };
  const trailerSignature = lines.find(([name]) => name === TRAILER_SIGNATURE)?.[1];
  return {
    ...framing,
    bytes: read.bytes,
    framing: 'aws-chunked',
    trailers,
    chunks: read.chunks,
    ...(trailerSignature === undefined ? {} : { trailerSignature }),
  };
}

/** The `Content-Encoding` that S3 stores: the sent one without `aws-chunked`, or `undefined` when nothing is left. */
export function storedContentEncoding(sent: string | undefined): string | undefined {
  const kept = (sent ?? '')
    .split(',')
    .map(encoding => encoding.trim())
    .filter(encoding => encoding !== '' && encoding.toLowerCase() !== 'aws-chunked');
  return kept.length === 0 ? undefined : kept.join(',');
}

function namesOf(list: string | undefined): readonly string[] {
  const names = (list ?? '').split(',').map(name => name.trim().toLowerCase());
  return [...new Set(names)].filter(name => name !== '');
}

/** Chunks up to the empty one. `end` is where the trailer begins. */
function readChunks(
  raw: Bytes,
  decodedLength: number,
): { bytes: Bytes; chunks: readonly Chunk[]; end: number } | { refusal: HttpRefusal } {
  const bytes = new Uint8Array(decodedLength);
  const chunks: Chunk[] = [];
  let filled = 0;
  let at = 0;
  for (;;) {
    const lineEnd = raw.subarray(at, at + MAX_LINE_BYTES).indexOf(0x0a);
    if (lineEnd < 0) return { refusal: incompleteBody() };
    const head = /^([0-9a-fA-F]{1,8})[ \t]*(?:;[ \t]*chunk-signature=([^\s;]*))?[ \t]*\r?$/.exec(
      textOf(raw.subarray(at, at + lineEnd)),
    );
    if (!head) return { refusal: incompleteBody() };
    const length = Number.parseInt(head[1] ?? '', 16);
    at += lineEnd + 1;
    const before = chunks.at(-1);
    if (length > 0 && before && before.length < MIN_CHUNK_BYTES) {
      return {
        refusal: refuse(
          403,
          'InvalidChunkSizeError',
          `Only the last chunk is allowed to have a size less than ${MIN_CHUNK_BYTES} bytes`,
          { Chunk: String(chunks.length), BadChunkSize: String(before.length) },
        ),
      };
    }
    chunks.push({ start: filled, length, signature: head[2] ?? '' });
    if (length === 0) break;
    if (filled + length > decodedLength || at + length + 2 > raw.length) return { refusal: incompleteBody() };
    if (raw[at + length] !== 0x0d || raw[at + length + 1] !== 0x0a) return { refusal: incompleteBody() };
    bytes.set(raw.subarray(at, at + length), filled);
    filled += length;
    at += length + 2;
  }
  return filled === decodedLength ? { bytes, chunks, end: at } : { refusal: incompleteBody() };
}

/** `name:value` lines; blank ones separate nothing here. `undefined` when something else is among them. */
function readTrailer(raw: Uint8Array): readonly Header[] | undefined {
  if (raw.length > MAX_TRAILER_BYTES) return undefined;
  const headers: Header[] = [];
  for (const line of textOf(raw).split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const colon = text.indexOf(':');
    if (colon < 1) return undefined;
    headers.push([text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()]);
  }
  return headers;
}
