import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../bytes/bytes.ts';
import { bodyOf, type HttpRequest } from '../http/message.ts';
import { parseRequestHead, serializeHead, withContentLength } from './head.ts';
import { readMessage } from './messageReader.ts';

function read(bytes: Uint8Array, pieceLength = bytes.length) {
  const reader = readMessage(parseRequestHead, bytes.length);
  for (let start = 0; start < bytes.length; start += pieceLength) {
    reader.feed(bytes.slice(start, start + pieceLength));
  }
  return reader.finish();
}

describe('message reader', () => {
  it('reads the same message however it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 300 }), (bytes, pieceLength) => {
        const body = new Uint8Array(bytes);
        const message: HttpRequest = withContentLength({
          method: 'PUT',
          path: '/a',
          query: '',
          headers: [],
          body: bodyOf(body),
        });
        const received = read(concat(serializeHead(message), body), pieceLength);
        expect(received.body).toEqual(body);
        expect(received.head).toEqual({ method: 'PUT', path: '/a', query: '', headers: message.headers });
      }),
    );
  });

  it('believes no length beyond what arrives', () => {
    const text = 'PUT /a HTTP/1.1\r\ncontent-length: 999999999999999\r\n\r\nabc';
    expect(() => read(utf8(text))).toThrow('announces no more than arrives');
  });

  it('refuses what is cut off, goes on too long or never ends its head', () => {
    const message = utf8('PUT /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc');
    expect(read(message).body).toEqual(utf8('abc'));
    const reader = readMessage(parseRequestHead, message.length);
    reader.feed(message.subarray(0, -1));
    expect(() => reader.finish()).toThrow('complete');
    expect(() => read(concat(message, utf8('d')))).toThrow('nothing follows');
    expect(() => read(utf8('PUT /a HTTP/1.1\r\n'))).toThrow('complete');
    expect(() => read(new Uint8Array(65537).fill(97))).toThrow('64 KiB');
    expect(() => read(utf8('PUT /a HTTP/9\r\n\r\n'))).toThrow('well formed');
    expect(() => read(utf8('PUT /a HTTP/1.1\r\ncontent-length: x\r\n\r\n'))).toThrow('well formed');
  });
});
