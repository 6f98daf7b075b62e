import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amzDate, httpDate, isoSeconds } from '../clock.ts';
import { parseAmzDate, parseHttpDate, parseIsoDate } from './date.ts';

const THEN = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('a date', () => {
  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'sun, 06 nov 1994 08:49:37 gmt',
  ])('of HTTP is read in the form %s (RFC 9110, 5.6.7)', text => {
    expect(parseHttpDate(text)).toBe(THEN);
  });

  it.each([
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    '1994-11-06T08:49:37Z',
    '784111777',
    '',
    'x'.repeat(10_000),
  ])('of HTTP is not "%s"', text => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it.each([
    ['2026-11-21T10:00:00Z', Date.UTC(2026, 10, 21, 10)],
    ['2026-11-21T10:00:00.250Z', Date.UTC(2026, 10, 21, 10) + 250],
    ['2024-02-29T00:00:00.000Z', Date.UTC(2024, 1, 29)],
    ['2026-02-29T00:00:00.000Z', undefined],
    ['2026-11-21T10:00:00+01:00', undefined],
    ['2026-11-21', undefined],
  ])('in ISO 8601, %s, is %s', (text, time) => {
    expect(parseIsoDate(text)).toBe(time);
  });

  it.each(['20261301T000000Z', '20260229T000000Z', '20261121T100000', '00260101T000000Z', ''])(
    'of a signature is not "%s"',
    text => {
      expect(parseAmzDate(text)).toBeUndefined();
    },
  );

  it('that was written is read again, in every form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), seconds => {
        const time = seconds * 1000;
        expect(parseHttpDate(httpDate(time))).toBe(time);
        expect(parseIsoDate(isoSeconds(time))).toBe(time);
        expect(parseAmzDate(amzDate(time))).toBe(time);
      }),
    );
  });

  it('of random text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect([parseHttpDate(text), parseIsoDate(text), parseAmzDate(text)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
      }),
    );
  });
});
