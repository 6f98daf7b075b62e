import { textOf as decodeUtf8 } from '../../bytes/bytes.ts';
import { encodeSegment } from '../../http/address.ts';
import { findHeader, type HttpRequest } from '../../http/message.ts';
import { decodePercent, splitQuery } from '../../http/query.ts';
import { listOf, readDocument, type Tree, textOf, treeOf } from '../document.ts';
import { REFUSALS } from '../refusal.ts';
import { parseXml } from '../xml.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

export type Tags = Readonly<Record<string, string>>;
type Pair = readonly [name: string, value: string];

/** Limits of an object's tags (S3 user guide, "Object tagging"); lengths in characters. */
const MAX_TAGS = 10;
const MAX_NAME = 128;
const MAX_VALUE = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags in `x-amz-tagging`, which is written as a query; `{}` without it. @throws Refusal */
export function readTaggingHeader(request: HttpRequest): Tags {
  const header = findHeader(request, 'x-amz-tagging');
  if (header === undefined || header === '') return {};
  const pairs = pairsOf(header);
  if (!pairs || new Set(pairs.map(([name]) => name)).size < pairs.length) throw OBJECT_REFUSALS.taggingHeader(header);
  return checkTags(pairs);
}

/** The same for the conditions of policies, which look at requests before they are checked. */
export function findRequestTags(request: HttpRequest): Tags {
  const header = findHeader(request, 'x-amz-tagging');
  return Object.fromEntries(header === undefined ? [] : (pairsOf(header) ?? []));
}

function pairsOf(header: string): readonly Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const [rawName, rawValue] of splitQuery(header)) {
    const name = decodePercent(rawName);
    const value = decodePercent(rawValue);
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

/** Tags in a `Tagging` document. @throws Refusal */
export function readTaggingDocument(bytes: Uint8Array): Tags {
  const root = readDocument(bytes, 'Tagging');
  const set = root && treeOf(root, 'TagSet');
  if (!set) throw REFUSALS.malformedXml();
  return checkTags(pairsIn(set));
}

/** Tags of a browser form, which writes them as a document, as the header has them. One with another root has none. @throws Refusal */
export function taggingHeaderOf(bytes: Uint8Array): string {
  if (!parseXml(decodeUtf8(bytes))) throw REFUSALS.malformedXml();
  const root = readDocument(bytes, 'Tagging');
  const set = root && treeOf(root, 'TagSet');
  const tags = set ? checkTags(pairsIn(set)) : {};
  return Object.entries(tags)
    .map(pair => pair.map(encodeSegment).join('='))
    .join('&');
}

function pairsIn(set: Tree): readonly Pair[] {
  return listOf(set, 'Tag').map((tag): Pair => {
    const name = textOf(tag, 'Key');
    const value = textOf(tag, 'Value');
    if (name === undefined || value === undefined) throw REFUSALS.malformedXml();
    return [name, value];
  });
}

function checkTags(pairs: readonly Pair[]): Tags {
  if (pairs.length > MAX_TAGS) throw OBJECT_REFUSALS.tooManyTags(MAX_TAGS);
  const names = new Set<string>();
  for (const [name, value] of pairs) {
    if (names.has(name)) throw OBJECT_REFUSALS.tag('Cannot provide multiple Tags with the same key', name);
    names.add(name);
    if (name.startsWith('aws:')) throw OBJECT_REFUSALS.tag('Your TagKey cannot be prefixed with aws:', name);
    if (name === '' || !isFine(name, MAX_NAME))
      throw OBJECT_REFUSALS.tag('The TagKey you have provided is invalid', name);
    if (!isFine(value, MAX_VALUE)) throw OBJECT_REFUSALS.tag('The TagValue you have provided is invalid', name, value);
  }
  return Object.fromEntries(pairs);
}

function isFine(text: string, limit: number): boolean {
  // Lone surrogates are no characters.
  return [...text].length <= limit && ALLOWED.test(text);
}

/** Content of a `Tagging` document. */
export function taggingContent(tags: Tags) {
  return { TagSet: { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } };
}

/** What an object's tags tell to the conditions of policies. */
export function existingTagValues(tags: Tags | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]));
}
