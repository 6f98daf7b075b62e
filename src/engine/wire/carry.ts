import { type Bytes, zeroize } from '../bytes/bytes.ts';
import { ALGORITHMS } from '../crypto/algorithms.ts';
import { CHECKPOINT_BYTES, type Pace } from '../crypto/pace.ts';
import { invariant } from '../errors.ts';
import type { Header, HttpRequest, HttpResponse } from '../http/message.ts';
import type { Field } from '../trace/artifact.ts';
import { serializeHead } from './head.ts';
import { readMessage } from './messageReader.ts';
import { openRecord, RECORD_OVERHEAD_BYTES, sealRecord, type TrafficKey } from './records.ts';

const { contentBytes, headerBytes } = ALGORITHMS.tlsRecord;
const { tagBytes } = ALGORITHMS.aesGcm;
/** How much of what passes the tap keeps. */
const RECORDED_BYTES = 64 * 1024;
/** Records under way at once. */
const WINDOW = 16;

/** What passed the tap. */
export interface Recorded {
  /** The first bytes, at most 64 KiB, in a buffer of their own. */
  readonly bytes: Bytes;
  /** Bytes in all. */
  readonly byteLength: number;
  readonly fields: readonly Field[];
}

export interface CarryOptions<H> {
  /** With a `content-length` that is true. */
  readonly message: HttpRequest | HttpResponse;
  readonly parseHead: (bytes: Uint8Array) => H | undefined;
  /** Each end's own key of this direction; none over plain HTTP. */
  readonly keys?: { readonly sender: TrafficKey; readonly receiver: TrafficKey } | undefined;
  readonly pace?: Pace | undefined;
  /** An answer to HEAD: a head that announces a body, and none. */
  readonly isBodiless?: boolean;
  /** For the pace: `send` or `receive`, as the customer sees it. */
  readonly phase: string;
}

/**
 * Takes a message from one end to the other, byte by byte: serialised, sealed record by record, opened and parsed on
 * the other side, where the body is in a buffer of its own. Of a large body nothing else is kept but what the tap records.
 * @throws EngineError `decryption-failed`, `cancelled`
 */
export async function carry<H extends { readonly headers: readonly Header[] }>(
  options: CarryOptions<H>,
): Promise<{ readonly head: H; readonly body: Bytes; readonly recorded: Recorded }> {
  const { message, keys, pace, phase } = options;
  const head = serializeHead(message);
  const total = head.length + message.body.length;
  const recordCount = Math.ceil(total / contentBytes);
  const byteLength = keys ? total + recordCount * RECORD_OVERHEAD_BYTES : total;
  const tap = new Uint8Array(Math.min(byteLength, RECORDED_BYTES));
  const reader = readMessage(options.parseHead, total, options.isBodiless);

  let recorded = 0;
  const record = (piece: Uint8Array) => {
    if (recorded < tap.length) tap.set(piece.subarray(0, tap.length - recorded), recorded);
    recorded += piece.length;
  };
  let done = 0;
  // Not at the start: a short answer must not be stopped after its request has been carried out.
  let nextCheckpoint = CHECKPOINT_BYTES;
  for (const batch of batchesOf(contentsOf(head, message))) {
    if (done >= nextCheckpoint) {
      await pace?.checkpoint(phase, done, total);
      nextCheckpoint += CHECKPOINT_BYTES;
    }
    const first = done / contentBytes;
    done += batch.reduce((sum, content) => sum + content.length, 0);
    if (keys === undefined) {
      for (const content of batch) {
        record(content);
        reader.feed(content);
      }
      continue;
    }
    const records = await Promise.all(batch.map((content, i) => sealRecord(keys.sender, first + i, content)));
    records.forEach(record);
    const opened = await Promise.all(records.map((sealed, i) => openRecord(keys.receiver, first + i, sealed)));
    for (const content of opened) {
      reader.feed(content);
      zeroize(content);
    }
  }
  invariant(done === total && recorded === byteLength, 'what was announced has passed the line');
  const fields = keys ? recordFields(Math.min(total, contentBytes)) : plainFields(head.length, total);
  return { ...reader.finish(), recorded: { bytes: tap, byteLength, fields } };
}

/** Head and body cut into pieces of 16,384 bytes; only the last may be shorter. Pieces inside a buffer are not copied. */
function* contentsOf(head: Bytes, message: HttpRequest | HttpResponse): Iterable<Uint8Array> {
  let open = new Uint8Array(contentBytes);
  let filled = 0;
  for (const source of piecesOf(head, message)) {
    let start = 0;
    while (start < source.length) {
      if (filled === 0 && source.length - start >= contentBytes) {
        yield source.subarray(start, start + contentBytes);
        start += contentBytes;
        continue;
      }
      const piece = source.subarray(start, start + contentBytes - filled);
      open.set(piece, filled);
      filled += piece.length;
      start += piece.length;
      if (filled === contentBytes) {
        yield open;
        open = new Uint8Array(contentBytes);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield open.subarray(0, filled);
}

function* piecesOf(head: Bytes, message: HttpRequest | HttpResponse): Iterable<Uint8Array> {
  yield head;
  yield* message.body.pieces();
}

function* batchesOf(contents: Iterable<Uint8Array>): Iterable<Uint8Array[]> {
  let batch: Uint8Array[] = [];
  for (const content of contents) {
    batch.push(content);
    if (batch.length === WINDOW) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Labels of the first record. */
function recordFields(firstContentLength: number): Field[] {
  const tagStart = firstContentLength + RECORD_OVERHEAD_BYTES - tagBytes;
  const factId = 'F-SIM-100';
  return [
    { label: 'record header', start: 0, end: headerBytes, factId },
    { label: 'encrypted record', start: headerBytes, end: tagStart, factId },
    { label: 'tag', start: tagStart, end: tagStart + tagBytes, factId },
  ];
}

function plainFields(headLength: number, total: number): Field[] {
  const head: Field = { label: 'HTTP head', start: 0, end: headLength };
  return headLength === total ? [head] : [head, { label: 'HTTP body', start: headLength, end: total }];
}
