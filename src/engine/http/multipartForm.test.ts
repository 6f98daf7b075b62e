import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../bytes/bytes.ts';
import { bodyOf, gather, type HttpRequest } from './message.ts';
import { readForm } from './multipartForm.ts';

const asked = (body: string | Uint8Array, type = 'multipart/form-data; boundary=xyz'): HttpRequest => ({
  method: 'POST',
  path: '/bucket',
  query: '',
  headers: [['Content-Type', type]],
  body: bodyOf(typeof body === 'string' ? utf8(body) : new Uint8Array(body)),
});
const field = (name: string, value: string) =>
  `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (text: string, fileName = 'a.txt') =>
  `--xyz\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n`;
const END = '--xyz--\r\n';
const FILE_NAME = ['a/$', '{filename}'].join('');
const codeOf = (request: HttpRequest) => {
  const read = readForm(request);
  return 'refusal' in read ? `${read.refusal.status} ${read.refusal.code}` : 'read';
};

describe('a browser form', () => {
  it('gives its fields in order, by names in any spelling, and the file’s bytes, name and type', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const head = `${field('Key', FILE_NAME)}${field('X-AMZ-Meta-Ü', 'ü')}${field('key', 'second')}`;
    const part = file('', 'C:\\folder\\b.bin').replace('text/plain', 'image/png').slice(0, -2);
    const read = readForm(asked(concat(utf8(head + part), bytes, utf8(`\r\n${field('late', '1')}${END}`))));
    if ('refusal' in read) throw new Error(read.refusal.code);
    expect([...read.fields]).toEqual([
      ['key', FILE_NAME],
      ['x-amz-meta-ü', 'ü'],
    ]);
    expect(read.file).toEqual({ bytes, fileName: 'b.bin', type: 'image/png' });
  });

  it('keeps names that objects inherit apart', () => {
    const read = readForm(asked(`${field('__proto__', 'p')}${field('constructor', 'c')}${file('x')}${END}`));
    expect('fields' in read && [...read.fields.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it.each([
    ['no file', `${field('key', 'a')}${END}`, undefined, '400 InvalidArgument'],
    ['two files', `${file('a')}${file('b')}${END}`, undefined, '400 InvalidArgument'],
    ['a file in a plain field', `${field('file', 'text')}${END}`, undefined, 'read'],
    ['no end', field('key', 'a'), undefined, '400 MalformedPOSTRequest'],
    ['another boundary', `${file('a')}${END}`, 'multipart/form-data; boundary=abc', '400 MalformedPOSTRequest'],
    ['no boundary', `${file('a')}${END}`, 'multipart/form-data', '400 MalformedPOSTRequest'],
    ['no form at all', 'rubbish', undefined, '400 MalformedPOSTRequest'],
    ['nothing', '', undefined, '400 MalformedPOSTRequest'],
    ['text before the first part', `hello\r\n${file('a')}${END}`, undefined, 'read'],
    ['text after the last part', `${file('a')}${END}more`, undefined, 'read'],
    ['no line end at the end', `${file('a')}--xyz--`, undefined, 'read'],
    ['no space before name', `${file('a').replace('; name', ';name')}${END}`, undefined, 'read'],
    ['a bare name', `${file('a').replaceAll('"', '')}${END}`, undefined, 'read'],
    ['a name of no kind', `${file('a').replace(/; .*\r/, '\r')}${END}`, undefined, '400 MalformedPOSTRequest'],
    ['a part without head', `--xyz\r\n\r\nx\r\n${END}`, undefined, '400 MalformedPOSTRequest'],
    ['a head that never ends', `--xyz\r\nA: ${'x'.repeat(9000)}`, undefined, '400 MalformedPOSTRequest'],
    ['parts beyond measure', `${field('a', '').repeat(1001)}${file('a')}${END}`, undefined, '400 MalformedPOSTRequest'],
    ['another type', 'a=b', 'application/x-www-form-urlencoded', '412 PreconditionFailed'],
    [
      'too much before the file',
      `${field('a', 'x'.repeat(20_481))}${file('a')}${END}`,
      undefined,
      '400 MaxPostPreDataLengthExceeded',
    ],
  ])('with %s is answered', (_name, body, type, code) => {
    expect(codeOf(asked(body, type))).toBe(code);
  });

  it.each(['', '\r\n', '--xyz', '\r\n--xyz1', '\r\n--xy\r\n--xyz-', 'xyz--'])(
    'keeps content like "%s", which resembles a boundary',
    content => {
      const read = readForm(asked(`${field('key', content)}${file(content)}${END}`));
      expect('file' in read && [read.fields.get('key'), textOf(read.file.bytes)]).toEqual([content, content]);
    },
  );

  it('of 64 MiB is read in time that grows with its length, whatever is in it', { timeout: 60_000 }, () => {
    const content = new Uint8Array(64 * 1024 * 1024).fill(0x0d);
    const body = concat(utf8(file('').slice(0, -2)), content, utf8(`\r\n${END}`));
    const read = readForm(asked(body));
    expect('file' in read && read.file.bytes.length).toBe(content.length);
  });

  it('is read as the platform writes it', async () => {
    const form = new FormData();
    form.append('key', 'ü "quoted"\r\nline');
    form.append('file', new File(['content'], 'ü "x".txt', { type: 'text/css' }));
    const written = new Response(form);
    const type = written.headers.get('content-type') ?? '';
    const read = readForm(asked(new Uint8Array(await written.arrayBuffer()), type));
    if ('refusal' in read) throw new Error(read.refusal.code);
    expect(textOf(read.file.bytes)).toBe('content');
    expect(read.fields.get('key')).toBe('ü "quoted"\r\nline');
    expect(read.file.fileName).toBe('ü "x".txt');
  });

  it('of random bytes never throws, and its body is left as it was', () => {
    const part = fc.constantFrom(
      '--xyz',
      '--xyz--',
      '\r\n',
      'Content-Disposition: form-data; name="file"',
      '; filename="a"',
      ':',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(part).map(parts => parts.join('')),
        ),
        text => {
          const request = asked(text);
          const before = gather(request.body).slice();
          expect(codeOf(request)).toMatch(/^4\d\d |^read$/);
          expect(gather(request.body)).toEqual(before);
        },
      ),
    );
  });
});
