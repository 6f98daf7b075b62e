/** How each language writes a text, so that no text ends it, names a variable in it or turns the writing round. */

/** What would not be seen, or would change how the rest is seen: it is escaped even where a language would allow it. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
/** Half of a surrogate pair, which no name in S3 can hold: it has no UTF-8. */
const LONE = /[\ud800-\udfff]/gu;

export interface LiteralStyle {
  /** Stands on both sides. */
  readonly quote: '"' | "'";
  /** Written with a backslash before them, besides the quote and the backslash. */
  readonly special?: string;
  /** For every other character that must be escaped. */
  readonly escaped: (character: string) => string;
  /** Only ASCII is written as it is. */
  readonly isAscii?: true;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** One escape for each UTF-16 unit. */
function units(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${hex(unit.charCodeAt(0), 4)}`)
    .join('');
}

/** Three octal digits each: a fourth would not belong to the escape. */
function octal(bytes: readonly number[]): string {
  return bytes.map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** Of a character that a URI would escape. */
function utf8Of(character: string): number[] {
  return (encodeURIComponent(character).match(/%../g) ?? []).map(part => Number.parseInt(part.slice(1), 16));
}

function shortOrLong(character: string): string {
  const code = codeOf(character);
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function braced(character: string): string {
  return `\\u{${codeOf(character).toString(16)}}`;
}

export const LITERAL_STYLES = {
  // A compiler reads \u before all else, so a line feed must not be written so; and its encoding is not ours to choose.
  java: {
    quote: '"',
    isAscii: true,
    escaped: character => (codeOf(character) < 0x80 ? octal([codeOf(character)]) : units(character)),
  },
  go: { quote: '"', escaped: shortOrLong },
  python: { quote: '"', escaped: shortOrLong },
  ruby: { quote: '"', special: '#', escaped: braced },
  csharp: { quote: '"', escaped: shortOrLong },
  php: { quote: '"', special: '$', escaped: braced },
  // Bytes, since nobody knows the compiler's own character set; ?? would begin a trigraph.
  cpp: { quote: '"', special: '?', isAscii: true, escaped: character => octal(utf8Of(character)) },
} as const satisfies Record<string, LiteralStyle>;

export type LiteralLanguage = keyof typeof LITERAL_STYLES;

/** The text as a literal of a language. Half of a surrogate pair becomes U+FFFD. */
export function literal(language: LiteralLanguage, text: string): string {
  const style: LiteralStyle = LITERAL_STYLES[language];
  const { quote, special = '', escaped, isAscii } = style;
  const inner = Array.from(text.replaceAll(LONE, '\ufffd'), character => {
    if (character === '\\' || character === quote || special.includes(character)) return `\\${character}`;
    const mustEscape = UNSEEN.test(character) || (isAscii === true && codeOf(character) > 0x7e);
    return mustEscape ? escaped(character) : character;
  });
  return `${quote}${inner.join('')}${quote}`;
}
