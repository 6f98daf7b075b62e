/** The engine's only source of time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The wall clock of the machine. */
export const wallClock: Clock = { now: () => Date.now() };

/** A clock that starts at `start` (ms) and moves on by `tick` (ms) each time it is read: the same run, the same times. */
export function steadyClock(start: number, tick = 7): Clock {
  let time = start;
  return {
    now: () => {
      time += tick;
      return time;
    },
  };
}

/** ISO 8601 with seconds, `2026-11-21T10:00:00Z`, as CloudTrail writes it. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Basic format `20261121T100000Z`, as `X-Amz-Date` carries it. */
export function amzDate(milliseconds: number): string {
  return isoSeconds(milliseconds).replace(/[-:]/g, '');
}

/** `Sat, 21 Nov 2026 10:00:00 GMT`, as HTTP's `Date` and `Last-Modified` carry it (RFC 9110, 5.6.7). */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}
