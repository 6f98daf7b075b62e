/** Reading user metadata that is not ASCII: S3 gives it back encoded (F-FMT-039). */
import { type Bytes, concat, utf8 } from '../../bytes/bytes.ts';
import { parseBase64 } from '../../bytes/text.ts';

/** An encoded word of RFC 2047: character set, way of encoding, text. */
const WORD = /=\?utf-8\?([qb])\?([^? ]*)\?=(?: (?==\?utf-8\?[qb]\?))?/gi;
/** S3 encodes a value as a whole or not at all: what only looks like a word inside a text is text. */
const ALL_WORDS = /^=\?utf-8\?[qb]\?[^? ]*\?=(?: =\?utf-8\?[qb]\?[^? ]*\?=)*$/i;
/** No entry of an envelope is longer; whatever is, is left as it came. */
const MAX_LENGTH = 16 * 1024;

/**
 * The text that was stored. S3 answers with encoded words, and sometimes with text whose UTF-8 bytes were taken for characters
 * and encoded once more; both are undone. ASCII comes back as it is.
 */
export function decodeMetadataText(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  const words = ALL_WORDS.test(text)
    ? text.replace(WORD, (whole, way: string, encoded: string) => decodeWord(way, encoded) ?? whole)
    : text;
  return undoLatin(words) ?? words;
}

function decodeWord(way: string, encoded: string): string | undefined {
  const bytes = way.toLowerCase() === 'b' ? parseBase64(encoded) : decodeQ(encoded);
  return bytes && decodeUtf8(bytes);
}

/** `_` is a space, `=` and two hexadecimal digits a byte (RFC 2047, 4.2). */
function decodeQ(encoded: string): Bytes {
  const parts = encoded.split(/(=[0-9a-f]{2})/i);
  return concat(
    ...parts.map((part, index) =>
      index % 2 === 1 ? new Uint8Array([Number.parseInt(part.slice(1), 16)]) : utf8(part.replaceAll('_', ' ')),
    ),
  );
}

/** Characters up to U+00FF taken as the bytes they once were; `undefined` when those are no UTF-8. */
function undoLatin(text: string): string | undefined {
  const codes = [...text].map(character => character.codePointAt(0) ?? 0);
  if (codes.every(code => code < 0x80) || codes.some(code => code > 0xff)) return undefined;
  return decodeUtf8(new Uint8Array(codes));
}

function decodeUtf8(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
