import { utf8 } from '../../bytes/bytes.ts';
import { toBase64, toHex } from '../../bytes/text.ts';
import type { Header, HttpRequest } from '../../http/message.ts';
import { isUserMetadata } from '../arrival.ts';
import { REFUSALS } from '../refusal.ts';

const PREFIX = 'x-amz-meta-';
/** Bytes of all user metadata, names and values (F-CSR-029). */
const MAX_BYTES = 2048;

/** `x-amz-meta-…` of a request, lowercase names; a name that came several times has its values joined. @throws Refusal */
export function readUserMetadata(request: HttpRequest): readonly Header[] {
  const values = new Map<string, string>();
  for (const [name, value] of request.headers) {
    if (!isUserMetadata(name)) continue;
    const lower = name.toLowerCase();
    const before = values.get(lower);
    values.set(lower, before === undefined ? value : `${before},${value}`);
  }
  let size = 0;
  for (const [name, value] of values) size += utf8(name).length - PREFIX.length + utf8(value).length;
  if (size > MAX_BYTES) throw REFUSALS.metadataTooLarge(size, MAX_BYTES);
  return [...values];
}

/** Metadata as it goes back: what is not printable ASCII is an encoded word (RFC 2047). */
export function formatUserMetadata(metadata: readonly Header[]): readonly Header[] {
  return metadata.map(([name, value]): Header => [name, /^[\x20-\x7e\t]*$/.test(value) ? value : encodedWord(value)]);
}

/** `Q` where most characters are printable, else `B`: whichever is easier to read. */
function encodedWord(text: string): string {
  const characters = [...text];
  const printable = characters.filter(one => /^[\x20-\x7e]$/.test(one)).length;
  if (printable <= characters.length - printable) return `=?UTF-8?B?${toBase64(utf8(text))}?=`;
  const quoted = characters.map(one => {
    if (one === ' ') return '_';
    if (/^[A-Za-z0-9!*+\-/]$/.test(one)) return one;
    return toHex(utf8(one))
      .toUpperCase()
      .replace(/../g, digits => `=${digits}`);
  });
  return `=?UTF-8?Q?${quoted.join('')}?=`;
}
