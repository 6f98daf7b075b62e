import { describe, expect, it } from 'vitest';
import {
  type Body,
  bodyOf,
  bodyText,
  EMPTY_BODY,
  findHeader,
  findHeaders,
  gather,
  type HttpRequest,
  type HttpResponse,
  startLineOf,
  textBody,
} from './message.ts';
import { viewOf } from './view.ts';

const request = (type: string, body: Body): HttpRequest => ({
  method: 'PUT',
  path: '/bucket/a%20b',
  query: '',
  headers: [['Content-Type', type]],
  body,
});

describe('a body', () => {
  it('of one piece is that very buffer; of several, a new one with all of them in order', () => {
    const one = new Uint8Array([1, 2]);
    expect(gather(bodyOf(one))).toBe(one);
    const pieces = [new Uint8Array([1]), new Uint8Array(0), new Uint8Array([2, 3])];
    expect([...gather({ length: 3, pieces: () => pieces })]).toEqual([1, 2, 3]);
    expect(gather(EMPTY_BODY)).toHaveLength(0);
    expect([...bodyOf(new Uint8Array(0)).pieces()]).toEqual([]);
  });

  it('of text counts its bytes, not its characters', () => {
    expect(textBody('ü').length).toBe(2);
    expect(bodyText(textBody('ü'))).toBe('ü');
  });
});

describe('a message', () => {
  it('finds a header in any spelling, and the first of several', () => {
    const message = {
      headers: [
        ['ETag', 'a'],
        ['etag', 'b'],
      ] as const,
    };
    expect([findHeader(message, 'eTaG'), findHeader(message, 'etags')]).toEqual(['a', undefined]);
    expect([findHeaders(message, 'Etag'), findHeaders(message, 'etags')]).toEqual([['a', 'b'], []]);
  });

  it('starts with what HTTP/1.1 wants there', () => {
    const response: HttpResponse = { status: 404, headers: [], body: EMPTY_BODY };
    expect(startLineOf(response)).toBe('HTTP/1.1 404 Not Found');
    expect(startLineOf({ ...response, status: 599 })).toBe('HTTP/1.1 599 Unknown');
    expect(startLineOf(request('', EMPTY_BODY))).toBe('PUT /bucket/a%20b HTTP/1.1');
    expect(startLineOf({ ...request('', EMPTY_BODY), query: 'encryption' })).toBe(
      'PUT /bucket/a%20b?encryption HTTP/1.1',
    );
  });
});

describe('the view of a message', () => {
  it('shows JSON and XML, and the length alone of everything else', () => {
    expect(viewOf(request('application/json', textBody('{"a":1}')))).toMatchObject({
      bodyText: '{"a":1}',
      json: { a: 1 },
      bodyLength: 7,
    });
    expect(viewOf(request('application/xml', textBody('<a/>')))).toMatchObject({ bodyText: '<a/>' });
    const image = viewOf(request('image/png', textBody('{"a":1}')));
    expect(image).toEqual({
      startLine: 'PUT /bucket/a%20b HTTP/1.1',
      headers: [['Content-Type', 'image/png']],
      bodyLength: 7,
    });
  });

  it.each(['{', '', '[1]', '"text"', 'null', '{"a":1'])(
    'takes a learner’s file that calls itself JSON and is "%s"',
    text => {
      const view = viewOf(request('application/json', textBody(text)));
      expect(view.bodyLength).toBe(text.length);
      expect(view.json).toBeUndefined();
      expect(view.bodyText).toBe(text === '' ? undefined : text);
    },
  );

  it('shows no text of ciphertext that keeps the type of what is inside', () => {
    const view = viewOf(request('application/json', bodyOf(new Uint8Array([0x7b, 0xff, 0x00, 0x7d]))));
    expect(view).toMatchObject({ bodyLength: 4 });
    expect(view.bodyText).toBeUndefined();
  });

  it('is cut to 4,096 bytes, between two characters', () => {
    const view = viewOf(request('text/xml', textBody(`a${'ü'.repeat(4000)}`)));
    expect(view.bodyText).toBe(`a${'ü'.repeat(2047)}`);
    expect(view.bodyLength).toBe(8001);
    const large = viewOf(request('application/json', textBody(JSON.stringify({ a: 'x'.repeat(5000) }))));
    expect([large.bodyText?.length, large.json]).toEqual([4096, undefined]);
  });
});
