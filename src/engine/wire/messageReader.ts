import { type Bytes, concat } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import type { Header } from '../http/message.ts';
import { findContentLength, HEAD_LIMIT } from './head.ts';

/** Takes a message as it comes in, piece by piece, and keeps its body in one buffer of its own. */
export interface MessageReader<H> {
  /** The next bytes, in order; they may be overwritten afterwards. */
  feed(piece: Uint8Array): void;
  /** Head and body. @throws EngineError `invariant` when the message is not complete. */
  finish(): { readonly head: H; readonly body: Bytes };
}

/**
 * A reader for one message.
 * @param parseHead gives `undefined` for a malformed head
 * @param arriving bytes on the line in all: an announced length beyond them is refused before memory is set aside
 * @param isBodiless an answer to HEAD: its head says how long a body would be (RFC 9110, 9.3.2)
 */
export function readMessage<H extends { readonly headers: readonly Header[] }>(
  parseHead: (bytes: Uint8Array) => H | undefined,
  arriving: number,
  isBodiless = false,
): MessageReader<H> {
  let pending: Bytes = new Uint8Array(0);
  let message: { readonly head: H; readonly body: Bytes } | undefined;
  let filled = 0;

  const append = (body: Bytes, piece: Uint8Array) => {
    invariant(filled + piece.length <= body.length, 'nothing follows a received message');
    body.set(piece, filled);
    filled += piece.length;
  };

  return {
    feed(piece) {
      if (message) {
        append(message.body, piece);
        return;
      }
      pending = concat(pending, piece);
      const headEnd = findHeadEnd(pending);
      invariant(headEnd !== undefined || pending.length <= HEAD_LIMIT, 'a received head is not longer than 64 KiB');
      if (headEnd === undefined) return;
      const head = parseHead(pending.subarray(0, headEnd));
      const length = isBodiless ? 0 : head && findContentLength(head);
      invariant(head && length !== undefined, 'a received head is well formed');
      const bodyStart = headEnd + 4;
      invariant(bodyStart + length <= arriving, 'a received message announces no more than arrives');
      message = { head, body: new Uint8Array(length) };
      append(message.body, pending.subarray(bodyStart));
      pending.fill(0);
      pending = new Uint8Array(0);
    },
    finish() {
      invariant(message && filled === message.body.length, 'a received message is complete');
      return message;
    },
  };
}

/** Where the empty line begins that ends a head. */
function findHeadEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(13); at !== -1; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at;
  }
  return undefined;
}
