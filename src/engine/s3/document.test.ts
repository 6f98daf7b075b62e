import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { bodyText } from '../http/message.ts';
import { listOf, namesIn, readDocument, textOf, textsOf, treeOf, xmlAnswer, xmlDocument } from './document.ts';
import { buildXml, isXmlText } from './xml.ts';

const read = (text: string) => readDocument(utf8(text), 'A');

describe('documents that S3 writes', () => {
  it('have S3’s namespace, and errors none', () => {
    expect(bodyText(xmlAnswer('A', { B: 1 }).body)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<A xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><B>1</B></A>',
    );
    expect(bodyText(xmlDocument('A', { B: true }, { xmlns: false }))).toContain('<A><B>true</B></A>');
  });

  it('leave out what is undefined, repeat lists, keep attributes and mixed lists in order', () => {
    const tree = {
      '@x': 'a"b',
      One: undefined,
      Two: ['x', 'y'],
      '#elements': [{ B: 1 }, { C: 2 }, { B: 3 }],
      Empty: '',
      None: [],
    };
    expect(buildXml('A', tree)).toContain(
      '<A x="a&quot;b"><Two>x</Two><Two>y</Two><B>1</B><C>2</C><B>3</B><Empty/></A>',
    );
  });

  it.each([
    ['markup', '<&>"', '&lt;&amp;&gt;&quot;'],
    ['a carriage return', '\r\n', '&#13;\n'],
    ['control characters', '\u0001\u001f\u0000', '&#x1;&#x1f;&#x0;'],
    ['what is no character', '\ufffe\uffff', '&#xfffe;&#xffff;'],
    ['anything else', 'é😀\t', 'é😀\t'],
  ])('write %s so that a reader gets it back', (_what, text, expected) => {
    expect(buildXml('A', text)).toContain(`<A>${expected}</A>`);
  });

  it('are read again as they were written, whatever the text', () => {
    const texts = fc.string({ unit: 'binary' }).filter(isXmlText);
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1 }), list => {
        const tree = readDocument(utf8(buildXml('A', { B: list, C: 'end' })), 'A');
        expect(tree && textsOf(tree, 'B')).toEqual(list);
      }),
    );
  });
});

describe('documents that S3 reads', () => {
  it('come as trees, lists and texts, the same with and without a namespace or whitespace', () => {
    for (const text of [
      '<A><B><C>1</C></B><B><C> 2 </C></B></A>',
      '<?xml version="1.0"?>\n<A xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n <B><C>1</C></B>\n <B>\n<C> 2 </C></B></A>\n',
      '<s:A xmlns:s="http://s3.amazonaws.com/doc/2006-03-01/"><s:B><s:C>1</s:C></s:B><!-- x --><s:B><s:C><![CDATA[ 2 ]]></s:C></s:B></s:A>',
    ]) {
      const tree = read(text) ?? {};
      expect(namesIn(tree)).toEqual(['B']);
      expect(listOf(tree, 'B').map(b => textOf(b, 'C'))).toEqual(['1', ' 2 ']);
      expect(textOf(tree, 'B')).toBeUndefined();
      expect(treeOf(tree, 'D')).toBeUndefined();
    }
  });

  it('may be empty', () => {
    for (const text of ['<A/>', '<A></A>', '<A>\n</A>']) expect(read(text)).toEqual({});
  });

  it.each([
    ['&lt;&amp;&gt;&quot;&apos;', '<&>"\''],
    ['&#13;&#x41;&#x1F600;', '\rA😀'],
    ['&amp;lt;&amp;#65;', '&lt;&#65;'],
    ['<![CDATA[&amp;&foo;<b>]]>', '&amp;&foo;<b>'],
  ])('have references resolved once: %s', (written, expected) => {
    expect(textOf(read(`<A><B>${written}</B></A>`) ?? {}, 'B')).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['another root', '<B/>'],
    ['a tag left open', '<A><B></A>'],
    ['crossed tags', '<A><B><C></B></C></A>'],
    ['text behind the root', '<A/>text'],
    ['two roots', '<A/><A/>'],
    ['a second root', '<A/><B/>'],
    ['a text for a root', '<A>text</A>'],
    ['a DTD', '<!DOCTYPE A [<!ENTITY e "x">]><A><B>&e;</B></A>'],
    ['entities that grow', '<!DOCTYPE A [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><A>&b;</A>'],
    ['an external entity', '<!DOCTYPE A [<!ENTITY e SYSTEM "file:///etc/passwd">]><A>&e;</A>'],
    ['an entity nobody declared', '<A><B>&e;</B></A>'],
    ['an entity of HTML', '<A><B>&nbsp;</B></A>'],
    ['a bare ampersand', '<A><B>a & b</B></A>'],
    ['a reference to NUL', '<A><B>&#0;</B></A>'],
    ['a reference to a control character', '<A><B>&#x1;</B></A>'],
    ['a reference to half a character', '<A><B>&#xD800;</B></A>'],
    ['a reference beyond Unicode', '<A><B>&#x110000;</B></A>'],
    ['a reference that never ends', `<A><B>&#${'9'.repeat(100_000)};</B></A>`],
    ['a control character', '<A><B>\u0001</B></A>'],
    ['a name that JavaScript reserves', '<A><__proto__><B>1</B></__proto__></A>'],
    ['another one', '<A><constructor>1</constructor></A>'],
    ['very deep nesting', `<A>${'<b>'.repeat(20_000)}${'</b>'.repeat(20_000)}</A>`],
    ['attributes twice', '<A x="1" x="2"/>'],
  ])('are refused when they are %s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('never lend the names of every JavaScript object', () => {
    const tree = read('<A><B>1</B></A>') ?? {};
    for (const name of ['toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
      expect([textOf(tree, name), listOf(tree, name)]).toEqual([undefined, []]);
    }
  });

  it('never make the reader throw, whatever the bytes', () => {
    const pieces = fc.constantFrom(
      '<A>',
      '</A>',
      '<B/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      ';',
      '#',
      '"',
      'x',
      '<?',
    );
    fc.assert(
      fc.property(fc.array(pieces), list => {
        expect(read(list.join(''))).not.toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(readDocument(bytes, 'A')).not.toBeNull();
      }),
    );
  });

  it('are read in time that grows with their length', { timeout: 60_000 }, () => {
    for (const text of [
      `<A>${'<![CDATA['.repeat(50_000)}`,
      `<A>${'&'.repeat(200_000)}</A>`,
      `<A>${'<B>x</B>'.repeat(30_000)}</A>`,
      `<A>${'<!--'.repeat(50_000)}`,
    ]) {
      // What grew with the square of the length would not come back before the runner's limit.
      expect(read(text)).not.toBeNull();
    }
  });
});
