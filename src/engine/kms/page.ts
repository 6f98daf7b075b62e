/** Lists in pages: `Limit`, `Marker`, `Truncated`, `NextMarker`. */

import { textOf, utf8 } from '../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../bytes/text.ts';
import type { JsonObject } from '../trace/event.ts';
import { integer, optional, text } from './members.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';

/** Members of every request for a list. */
export const PAGE_MEMBERS = {
  Limit: optional<number>(integer(1, 1000)),
  Marker: optional<string>(text({ min: 1, max: 1024 })),
};

/** A limit of its own, for the lists whose pages are shorter. */
export function pageMembers(maxLimit: number) {
  return { Limit: optional<number>(integer(1, maxLimit)), Marker: PAGE_MEMBERS.Marker };
}

/**
 * One page of a list.
 *
 * @param name member of the answer, for example `Keys`.
 * @param idOf tells one row from all others; the marker names the last row of the page before.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  asked: { readonly Limit: number | undefined; readonly Marker: string | undefined },
  name: string,
  idOf: (row: Row) => string,
  show: (row: Row) => JsonObject | string,
  defaultLimit = 100,
): JsonObject | KmsRefusal {
  const limit = asked.Limit ?? defaultLimit;
  let start = 0;
  if (asked.Marker !== undefined) {
    const bytes = parseBase64(asked.Marker);
    const before = bytes ? textOf(bytes) : undefined;
    const index = rows.findIndex(row => idOf(row) === before);
    if (index < 0) return REFUSALS.invalidMarker();
    start = index + 1;
  }
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  const isTruncated = last !== undefined && start + limit < rows.length;
  return {
    [name]: page.map(show),
    ...(isTruncated ? { NextMarker: toBase64(utf8(idOf(last))) } : {}),
    Truncated: isTruncated,
  };
}
