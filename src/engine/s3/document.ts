/** Documents of S3's REST interface: those it reads, and those it answers with. */
import { textOf as decodeUtf8 } from '../bytes/bytes.ts';
import { type Body, type Header, type HttpResponse, textBody } from '../http/message.ts';
import { buildXml, parseXml, type XmlContent, type XmlTree } from './xml.ts';

/** Namespace of all documents of S3. */
export const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document that came: elements by name, texts as they were sent. Nothing in it is believed. */
export type Tree = Readonly<Record<string, unknown>>;

/**
 * An XML document as a body. Lists are elements that come several times, members that are `undefined` are left out.
 * @param options `xmlns`: with S3's namespace, as all documents but errors have it
 */
export function xmlDocument(rootName: string, content: XmlContent, options: { readonly xmlns: boolean }): Body {
  if (!options.xmlns) return textBody(buildXml(rootName, content));
  const inside: XmlTree = typeof content === 'object' ? content : { '#text': content };
  return textBody(buildXml(rootName, { '@xmlns': XMLNS, ...inside }));
}

/** A response that carries a document. */
export function xmlAnswer(
  rootName: string,
  content: XmlContent,
  status = 200,
  headers: readonly Header[] = [],
): HttpResponse {
  const body = xmlDocument(rootName, content, { xmlns: true });
  return { status, headers: [['Content-Type', 'application/xml'], ...headers], body };
}

/** A document's root, or `undefined` when it is not XML that S3 takes or has another root. An empty root is an empty tree. */
export function readDocument(bytes: Uint8Array, rootName: string): Tree | undefined {
  const document = parseXml(decodeUtf8(bytes));
  if (!document) return undefined;
  // The parser lets text and elements stand behind the root.
  const isAlone = Object.entries(document).every(
    ([name, value]) => name === rootName || name.startsWith('?') || (name === '#text' && String(value).trim() === ''),
  );
  return isAlone ? asTree(document[rootName]) : undefined;
}

/** Every element of that name, in order. One that holds but text is an empty tree. */
export function listOf(tree: Tree, name: string): readonly Tree[] {
  return elementsOf(tree, name).map(element => asTree(element) ?? {});
}

/** The first element of that name, or `undefined` when there is none. */
export function treeOf(tree: Tree, name: string): Tree | undefined {
  return listOf(tree, name)[0];
}

/** Text of the first element of that name, as it was sent; `undefined` when there is none or it has elements of its own. */
export function textOf(tree: Tree, name: string): string | undefined {
  return textsOf(tree, name)[0];
}

/** Texts of every element of that name that holds nothing but text. */
export function textsOf(tree: Tree, name: string): readonly string[] {
  return elementsOf(tree, name).filter(element => typeof element === 'string');
}

/** Names of the elements in it, each once. */
export function namesIn(tree: Tree): readonly string[] {
  return Object.keys(tree).filter(name => name !== '#text');
}

function elementsOf(tree: Tree, name: string): readonly unknown[] {
  const found: unknown = Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** Whitespace between tags counts as nothing. */
function asTree(value: unknown): Tree | undefined {
  if (typeof value === 'string') return value.trim() === '' ? {} : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined;
}
