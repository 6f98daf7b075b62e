import type { JsonValue } from '../../engine/index.ts';

/** What a terminal or an editor would obey instead of show: control characters and marks that turn the writing round. */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const EACH_OBEYED = new RegExp(OBEYED, 'gu');
const TOLD = OBEYED.source.replace('[', '(?!\\n)[');
const EACH_TOLD = new RegExp(`((?:${TOLD})+)`, 'u');
const IS_TOLD = new RegExp(`^(?:${TOLD})`, 'u');
/** The AWS CLI opens what starts like this instead of taking it at its word. */
const OPENED = /^(?:fileb?|https?):\/\//;
const BARE = /^[A-Za-z0-9_./:=@%+,-]+$/;

/**
 * One word of a POSIX shell: within single quotes nothing is special but the quote itself. What a terminal would obey is
 * written as octal bytes for printf, line feeds apart. U+0000 has no place in a command: leave such text out.
 */
export function quoteShell(text: string): string {
  if (BARE.test(text)) return text;
  const pieces = text.split(EACH_TOLD).filter(piece => piece !== '');
  if (pieces.length === 0) return "''";
  return pieces.map(piece => (IS_TOLD.test(piece) ? `"$(printf '${octalOf(piece)}')"` : quoted(piece))).join('');
}

/** The AWS CLI takes it at its word, and does not open a file or an address instead. */
export function isAtItsWord(text: string): boolean {
  return !OPENED.test(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function octalOf(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /%([0-9A-F]{2})/g,
    (_, hex) => `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`,
  );
}

/** JSON on one line, without a character that a terminal would obey. */
export function jsonText(value: JsonValue): string {
  return escapeObeyed(JSON.stringify(value));
}

/** The AWS CLI's spelling of a member: `SSEKMSKeyId` is `ssekms-key-id`, `ChecksumCRC32C` is `checksum-crc32-c`. */
export function dashed(member: string): string {
  return member
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** A text in single quotes, as JavaScript reads it. */
export function literalOf(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1);
  const quoted = inner.replaceAll(/\\(.)|'/g, (found, escaped) => {
    if (found === "'") return "\\'";
    return escaped === '"' ? '"' : found;
  });
  return `'${escapeObeyed(quoted)}'`;
}

/** A JSON value as JavaScript would be written by hand. */
export function scriptOf(value: JsonValue, indent = ''): string {
  if (typeof value === 'string') return literalOf(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((each: JsonValue) => `${inner}${scriptOf(each, inner)},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([name, each]) => `${inner}${propertyOf(name)}: ${scriptOf(each, inner)},\n`).join('')}${indent}}`;
}

/** Computed for the one name that an object literal would take for something else. */
function propertyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literalOf(name);
}

function escapeObeyed(text: string): string {
  return text.replaceAll(EACH_OBEYED, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
