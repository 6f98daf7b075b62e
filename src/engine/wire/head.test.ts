import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf, utf8 } from '../bytes/bytes.ts';
import { EMPTY_BODY, type Header, type HttpRequest, textBody } from '../http/message.ts';
import {
  canCross,
  findContentLength,
  HEAD_LIMIT,
  parseRequestHead,
  parseResponseHead,
  serializeHead,
  withContentLength,
} from './head.ts';

const request = (headers: readonly Header[] = []): HttpRequest => ({
  method: 'PUT',
  path: '/bucket/report.txt',
  query: '',
  headers,
  body: EMPTY_BODY,
});

/** Without halves of surrogate pairs, which have no UTF-8. */
const isWellFormed = (text: string) => textOf(utf8(text)) === text;

const anyName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/);
const anyValue = fc
  .string({ unit: 'grapheme' })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: values that HTTP allows have none
  .filter(text => !/[\x00-\x1f\x7f]/.test(text) && !/^ | $/.test(text) && isWellFormed(text));
const anyHeaders = fc.array(fc.tuple(anyName, anyValue), { maxLength: 8 });

/** A head as it is parsed: without the empty line that ends it. */
const withoutEnd = (bytes: Uint8Array) => bytes.subarray(0, -4);

describe('heads of messages', () => {
  it('stand on the wire as HTTP/1.1 writes them', () => {
    const head = textOf(serializeHead({ ...request([['host', 'example.org']]), query: 'encryption' }));
    expect(head).toBe('PUT /bucket/report.txt?encryption HTTP/1.1\r\nhost: example.org\r\n\r\n');
    expect(textOf(serializeHead({ status: 404, headers: [], body: EMPTY_BODY }))).toBe(
      'HTTP/1.1 404 Not Found\r\n\r\n',
    );
  });

  it('of requests come back as they were', () => {
    const anyPath = fc.array(fc.string({ unit: 'grapheme' }).filter(isWellFormed), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'PUT', 'POST'),
        anyPath,
        fc.webQueryParameters(),
        anyHeaders,
        (method, parts, query, headers) => {
          const path = `/${parts.map(encodeURIComponent).join('/')}`;
          const encodedQuery = encodeURI(query).replaceAll('#', '%23');
          const message: HttpRequest = { method, path, query: encodedQuery, headers, body: EMPTY_BODY };
          expect(parseRequestHead(withoutEnd(serializeHead(message)))).toEqual({
            method,
            path,
            query: encodedQuery,
            headers,
          });
        },
      ),
    );
  });

  it('of responses come back as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), anyHeaders, (status, headers) => {
        const bytes = serializeHead({ status, headers, body: EMPTY_BODY });
        expect(parseResponseHead(withoutEnd(bytes))).toEqual({ status, headers });
      }),
    );
  });

  it.each([
    'PUT /a HTTP/1.0',
    'PUT  /a HTTP/1.1',
    'put /a HTTP/1.1',
    'PUT a HTTP/1.1',
    'PUT /a#b HTTP/1.1',
    'PUT /a?b?c#d HTTP/1.1',
    'PUT /ä HTTP/1.1',
    ' PUT /a HTTP/1.1',
    'PUT /a HTTP/1.1\r\nno colon',
    'PUT /a HTTP/1.1\r\nname : value',
    'PUT /a HTTP/1.1\r\n: value',
    'PUT /a HTTP/1.1\r\na: 1\r\n folded',
    'PUT /a HTTP/1.1\r\na: 1\nb: 2',
    'PUT /a HTTP/1.1\r\na: 1\rb',
    'PUT /a HTTP/1.1\r\na: \0',
    '',
  ])('are refused when malformed: %j', text => {
    expect(parseRequestHead(utf8(text))).toBeUndefined();
  });

  it('are refused when they are not UTF-8, or no status line', () => {
    expect(parseRequestHead(new Uint8Array([...utf8('PUT /a HTTP/1.1\r\na: '), 0xff]))).toBeUndefined();
    for (const text of ['HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'HTTP/2 200 OK', 'HTTP/1.1 600 No']) {
      expect(parseResponseHead(utf8(text))).toBeUndefined();
    }
  });

  it('cannot smuggle a second header in a value or a name', () => {
    for (const header of [
      ['a', '1\r\nb: 2'],
      ['a', 'x\n'],
      ['a\r\nb', '1'],
      ['', '1'],
      ['a b', '1'],
    ] as const) {
      expect(() => serializeHead(request([header]))).toThrow('only what HTTP allows');
    }
    expect(() => serializeHead({ ...request(), path: '/a b' })).toThrow('only what HTTP allows');
  });
});

describe('content-length', () => {
  it('is added when missing and refused when untrue', () => {
    expect(withContentLength({ ...request(), body: textBody('four') }).headers).toEqual([['content-length', '4']]);
    const true_ = { ...request([['Content-Length', '4']]), body: textBody('four') };
    expect(withContentLength(true_)).toBe(true_);
    expect(() => withContentLength(request([['content-length', '4']]))).toThrow('content-length');
  });

  it('is not believed when doubled, no number, or beside a transfer coding', () => {
    const lengthOf = (...headers: Header[]) => findContentLength({ headers });
    expect(lengthOf(['Content-Length', '12'])).toBe(12);
    expect(lengthOf()).toBe(0);
    expect(lengthOf(['content-length', '1'], ['Content-Length', '1'])).toBeUndefined();
    for (const value of ['-1', '1e3', '0x10', '1.0', '', '1, 1', '9'.repeat(16)]) {
      expect(lengthOf(['content-length', value])).toBeUndefined();
    }
    expect(lengthOf(['content-length', '1'], ['transfer-encoding', 'chunked'])).toBeUndefined();
  });
});

describe('a request that can cross the line', () => {
  it('is any that a strict reader takes for the very same', () => {
    expect(canCross(request())).toBe(true);
    expect(canCross({ ...request([['content-length', '3']]), body: textBody('abc') })).toBe(true);
    expect(canCross({ ...request(), method: 'M-SEARCH' })).toBe(true);
  });

  it.each<[string, Partial<HttpRequest>]>([
    ['a lower-case method', { method: 'put' }],
    ['a blank in its path', { path: '/a b' }],
    ['more than ASCII in its path', { path: '/é' }],
    ['a question mark in its path', { path: '/a?b' }],
    ['an asterisk for a path', { path: '*' }],
    ['a line end in a header', { headers: [['a', 'b\r\nc: d']] }],
    ['a header without a name', { headers: [['', 'b']] }],
    ['a length that is not true', { headers: [['content-length', '4']] }],
    [
      'two lengths',
      {
        headers: [
          ['content-length', '0'],
          ['content-length', '0'],
        ],
      },
    ],
    ['a transfer coding', { headers: [['transfer-encoding', 'chunked']] }],
    ['a head that is too long', { headers: [['a', 'b'.repeat(HEAD_LIMIT)]] }],
  ])('has not %s', (_what, more) => {
    expect(canCross({ ...request(), ...more })).toBe(false);
  });
});
