import { amzDate } from '../clock.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';
const DAY_NAME = '(?:mon|tue|wed|thu|fri|sat|sun)';
/** The three forms of RFC 9110, 5.6.7, and where each has its day, month and year. */
const HTTP_FORMS = [
  { pattern: new RegExp(`^${DAY_NAME}, (\\d\\d) ([a-z]{3}) (\\d{4}) ${TIME} (?:gmt|utc)$`), order: [1, 2, 3, 4] },
  {
    pattern: new RegExp(`^(?:mon|tues|wednes|thurs|fri|satur|sun)day, (\\d\\d)-([a-z]{3})-(\\d\\d) ${TIME} gmt$`),
    order: [1, 2, 3, 4],
  },
  { pattern: new RegExp(`^${DAY_NAME} ([a-z]{3}) ([ \\d]\\d) ${TIME} (\\d{4})$`), order: [2, 1, 6, 3] },
] as const;

/** Milliseconds of a calendar time, or `undefined` when there is no such day or hour. */
function timeOf(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const made = new Date(time);
  const isSame =
    made.getUTCFullYear() === year &&
    made.getUTCMonth() === month - 1 &&
    made.getUTCDate() === day &&
    made.getUTCHours() === hour &&
    made.getUTCMinutes() === minute &&
    made.getUTCSeconds() === second;
  return isSame ? time : undefined;
}

/**
 * Milliseconds of an HTTP date in any of its three forms (RFC 9110, 5.6.7), or `undefined`. Two-digit years are of 1970 to 2069.
 */
export function parseHttpDate(text: string): number | undefined {
  if (text.length > 64) return undefined;
  const lower = text.trim().toLowerCase();
  for (const { pattern, order } of HTTP_FORMS) {
    const match = pattern.exec(lower);
    if (!match) continue;
    const at = (index: number) => match[index] ?? '';
    const [day, month, year, hour] = order;
    const sent = Number(at(year));
    const fullYear = at(year).length === 2 ? sent + (sent < 70 ? 2000 : 1900) : sent;
    const monthNumber = MONTHS.indexOf(at(month)) + 1;
    return timeOf(fullYear, monthNumber, Number(at(day)), Number(at(hour)), Number(at(hour + 1)), Number(at(hour + 2)));
  }
  return undefined;
}

/** Milliseconds of ISO 8601 in UTC, `2026-11-21T10:00:00Z` with or without a fraction of a second, or `undefined`. */
export function parseIsoDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const time = timeOf(year, month, day, hour, minute, second);
  return time === undefined ? undefined : time + Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
}

/** Milliseconds of `20261121T100000Z`, as `X-Amz-Date` carries it, or `undefined`. */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match?.slice(1).map(Number) ?? [];
  const time = match ? timeOf(year, month, day, hour, minute, second) : undefined;
  return time !== undefined && amzDate(time) === text ? time : undefined;
}
