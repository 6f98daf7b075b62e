import { encodeLine } from './checkedLines.ts';
import { type Entry, KEEP_VERSION } from './entry.ts';
import type { KeptState } from './keptState.ts';

/** Rows, contents or artifacts in one line. */
const LINE_ITEMS = 100;

/**
 * The lines of a snapshot: a head, entries that all bear the number of the last entry in it, and how many lines there are.
 * The state must not change while they are taken.
 *
 * @param count is told each line
 */
export function* snapshotLines(state: KeptState, count: (line: Uint8Array) => void): Generator<Uint8Array> {
  const base: Entry = { seq: state.seq, starts: state.starts, rows: [], stored: [], dropped: [], artifacts: [] };
  const encode = (value: unknown): Uint8Array => {
    const line = encodeLine(value);
    count(line);
    return line;
  };
  let lines = 3;
  yield encode({ format: 'envelope-snapshot', version: KEEP_VERSION });
  yield encode(base);
  const { starts: _, ...later } = base;
  for (const rows of piecesOf(state.rows.values())) {
    lines++;
    yield encode({ ...later, rows });
  }
  for (const artifacts of piecesOf(state.artifacts.values())) {
    lines++;
    yield encode({ ...later, artifacts });
  }
  for (const stored of piecesOf(state.contents.values())) {
    lines++;
    yield encode({ ...later, stored });
  }
  yield encode({ lines });
}

function* piecesOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let piece: Item[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < LINE_ITEMS) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
