import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../bytes/bytes.ts';
import { bodyOf, type Header, type HttpRequest } from './message.ts';
import { readPayload, storedContentEncoding } from './payload.ts';

const UNSIGNED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const asked = (
  body: string | Uint8Array,
  decodedLength: number | string,
  more: readonly Header[] = [],
): HttpRequest => ({
  method: 'PUT',
  path: '/b/o',
  query: '',
  headers: [['X-Amz-Content-Sha256', UNSIGNED], ['X-Amz-Decoded-Content-Length', String(decodedLength)], ...more],
  body: bodyOf(typeof body === 'string' ? utf8(body) : new Uint8Array(body)),
});
const CRC: Header = ['x-amz-trailer', 'x-amz-checksum-crc32'];
const codeOf = (request: HttpRequest) => {
  const read = readPayload(request);
  return 'refusal' in read ? `${read.refusal.status} ${read.refusal.code}` : 'read';
};

describe('a payload', () => {
  it('is the body’s very buffer when it is not framed', () => {
    const bytes = utf8('3\r\nabc\r\n0\r\n\r\n');
    const read = readPayload({ ...asked('', 0), headers: [['content-encoding', 'aws-chunked']], body: bodyOf(bytes) });
    expect(read).toMatchObject({ framing: 'plain', isSigned: false, chunks: [], trailers: [] });
    expect('bytes' in read && read.bytes).toBe(bytes);
  });

  it('comes out of its frame as it went in, whatever the bytes and the sizes of the chunks', () => {
    const chunk = fc.uint8Array({ minLength: 8192, maxLength: 9000 });
    const last = fc.uint8Array({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 3 }), fc.option(last), (chunks, end) => {
        const all = [...chunks, ...(end ? [end] : [])];
        const framed = all.map(bytes => concat(utf8(`${bytes.length.toString(16)}\r\n`), bytes, utf8('\r\n')));
        const body = concat(...framed, utf8('0\r\nx-amz-checksum-crc32: AAAAAA==\r\n\r\n'));
        const read = readPayload(asked(body, concat(...all).length, [CRC]));
        if ('refusal' in read) throw new Error(read.refusal.code);
        expect(read.bytes).toEqual(concat(...all));
        expect(read.chunks.map(({ length }) => length)).toEqual([...all.map(({ length }) => length), 0]);
        expect(read).toMatchObject({ framing: 'aws-chunked', trailers: [['x-amz-checksum-crc32', 'AAAAAA==']] });
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['a length that is too small', '3\r\nabc\r\n0\r\n\r\n', 2, [], '400 IncompleteBody'],
    ['a length that is too large', '3\r\nabc\r\n0\r\n\r\n', 4, [], '400 IncompleteBody'],
    ['a huge length', '3\r\nabc\r\n0\r\n\r\n', '9'.repeat(15), [], '400 IncompleteBody'],
    ['a length that is none', '3\r\nabc\r\n0\r\n\r\n', '-3', [], '400 IncompleteBody'],
    ['no last chunk', '3\r\nabc\r\n', 3, [], '400 IncompleteBody'],
    ['half a chunk', '4\r\nabc', 3, [], '400 IncompleteBody'],
    ['a huge chunk', 'ffffffff\r\nabc\r\n0\r\n\r\n', 3, [], '400 IncompleteBody'],
    ['a size that is none', 'xyz\r\nabc\r\n0\r\n\r\n', 3, [], '400 IncompleteBody'],
    ['no line end after a chunk', '3\r\nabc0\r\n\r\n', 3, [], '400 IncompleteBody'],
    ['a line that never ends', '0'.repeat(5000), 0, [], '400 IncompleteBody'],
    ['nothing', '', 0, [], '400 IncompleteBody'],
    ['a small chunk in the middle', '1\r\na\r\n1\r\nb\r\n0\r\n\r\n', 2, [], '403 InvalidChunkSizeError'],
    ['a promised trailer that is missing', '0\r\n\r\n', 0, [CRC], '400 MalformedTrailerError'],
    ['a trailer nobody promised', '0\r\nx-amz-checksum-crc32:A\r\n\r\n', 0, [], '400 MalformedTrailerError'],
    [
      'a trailer twice',
      '0\r\nx-amz-checksum-crc32:A\r\nx-amz-checksum-crc32:B\r\n',
      0,
      [CRC],
      '400 MalformedTrailerError',
    ],
    ['a trailer that is no header', '0\r\nrubbish\r\n\r\n', 0, [], '400 MalformedTrailerError'],
    ['a trailer beyond measure', `0\r\n${'a:b\r\n'.repeat(4000)}`, 0, [], '400 MalformedTrailerError'],
    ['a trailer without its last line end', '0\r\nx-amz-checksum-crc32:A', 0, [CRC], 'read'],
    [
      'a size in capitals with an extension',
      'A;chunk-signature=0\r\n0123456789\r\n0;chunk-signature=1\r\n\r\n',
      10,
      [],
      'read',
    ],
  ] as const)('with %s is answered', (_name, body, length, more, code) => {
    expect(codeOf(asked(body, length, more))).toBe(code);
  });

  it('has to say its length beforehand', () => {
    const { headers, ...rest } = asked('0\r\n\r\n', 0);
    expect(codeOf({ ...rest, headers: headers.slice(0, 1) })).toBe('411 MissingContentLength');
  });

  it('of random bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (body, length) => {
        expect(codeOf(asked(body, length))).toMatch(/^4\d\d |^read$/);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('0', '1', ';', '\r\n', '\n', 'chunk-signature=', 'a:', ' '), { maxLength: 30 }),
        parts => {
          expect(codeOf(asked(parts.join(''), 1))).toMatch(/^4\d\d |^read$/);
        },
      ),
    );
  });

  it('of 64 MiB in chunks of 64 KiB is unpacked in time that grows with its length', { timeout: 60_000 }, () => {
    const chunk = concat(utf8('10000\r\n'), new Uint8Array(65536), utf8('\r\n'));
    const body = concat(...Array.from({ length: 1024 }, () => chunk), utf8('0\r\n\r\n'));
    const read = readPayload(asked(body, 64 * 1024 * 1024));
    expect('bytes' in read && read.bytes.length).toBe(64 * 1024 * 1024);
  });
});

describe('the Content-Encoding that is stored', () => {
  it.each([
    [undefined, undefined],
    ['aws-chunked', undefined],
    ['aws-chunked,gzip', 'gzip'],
    ['gzip, AWS-Chunked', 'gzip'],
    ['gzip', 'gzip'],
    ['', undefined],
  ])('of %s is %s', (sent, stored) => {
    expect(storedContentEncoding(sent)).toBe(stored);
  });
});
