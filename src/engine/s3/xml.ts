import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { S3Error } from './refusal.ts';

/** What an element holds: text, or elements by name. A list is an element that comes several times; `undefined` leaves it out. */
export type XmlContent = string | number | boolean | XmlTree;
export interface XmlTree {
  /**
   * A name that begins with `@` is an attribute. `#text` is text of the element itself, `#elements` a list of trees whose
   * members follow each other, for lists of mixed kinds.
   */
  readonly [name: string]: XmlContent | readonly XmlContent[] | undefined;
}

/** Tags keep the names they have without namespace, every value stays text as it was sent. */
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  // The only way to have `&#13;` and its like read; names of HTML's are refused before.
  htmlEntities: true,
  processEntities: true,
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
/** What has a meaning in XML, what a reader would change, and what XML cannot carry except by reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /[&<>"\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** A whole document, in the order of the tree. Control characters become references such as `&#x1;`, as S3 writes them. */
export function buildXml(rootName: string, content: XmlContent): string {
  return HEAD + element(rootName, content);
}

function element(name: string, content: XmlContent): string {
  if (typeof content !== 'object') {
    const text = escapeText(String(content));
    return text === '' ? `<${name}/>` : `<${name}>${text}</${name}>`;
  }
  const attributes = Object.entries(content)
    .filter(([child, value]) => child.startsWith('@') && value !== undefined)
    .map(([child, value]) => ` ${child.slice(1)}="${escapeText(String(value))}"`)
    .join('');
  const inside = members(content);
  return inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`;
}

function members(tree: XmlTree): string {
  let text = '';
  for (const [child, value] of Object.entries(tree)) {
    if (value === undefined || child.startsWith('@')) continue;
    const list: readonly XmlContent[] = Array.isArray(value) ? value : [value];
    for (const one of list) {
      if (child === '#text') text += escapeText(String(one));
      else if (child !== '#elements') text += element(child, one);
      else if (typeof one === 'object') text += members(one);
    }
  }
  return text;
}

function escapeText(text: string): string {
  return text.replace(SPECIAL, mark => ENTITIES[mark] ?? `&#x${mark.charCodeAt(0).toString(16)};`);
}

/** S3's error document (facts, section 12). Values are escaped. */
export function errorXml(error: S3Error, requestId: string, hostId: string): string {
  return buildXml('Error', {
    Code: error.code,
    Message: error.message,
    ...error.extra,
    RequestId: requestId,
    HostId: hostId,
  });
}

/**
 * The document as a tree of texts, or `undefined` when it is not well-formed XML, carries a DTD or an entity that is not
 * XML's own, or has what the parser refuses: names that JavaScript reserves, very deep nesting.
 */
export function parseXml(text: string): Record<string, unknown> | undefined {
  // The validator lets text stand behind an empty root.
  if (text.includes('<!DOCTYPE') || !text.trimEnd().endsWith('>')) return undefined;
  if (XMLValidator.validate(text) !== true || !hasOwnEntitiesOnly(text)) return undefined;
  try {
    const tree: unknown = parser.parse(text);
    return typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every reference is one of XML's five or to a character that XML knows (XML 1.0, 2.2 and 4.1). */
function hasOwnEntitiesOnly(text: string): boolean {
  if (!isXmlText(text)) return false;
  for (const [start, name] of text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/&([^;<&\s]{0,12};?)/g)) {
    const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));$/.exec(name ?? '') ?? [];
    const code = hex === undefined ? (decimal === undefined ? undefined : Number(decimal)) : Number.parseInt(hex, 16);
    const isFine = code === undefined ? /^&(?:amp|lt|gt|quot|apos);$/.test(start) : isXmlCharacter(code);
    if (!isFine) return false;
  }
  return true;
}

/** Whether XML can carry a text without references (XML 1.0, 2.2). */
export function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text);
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
