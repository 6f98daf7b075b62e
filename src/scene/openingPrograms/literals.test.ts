import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LITERAL_STYLES, type LiteralLanguage, literal } from './literals.ts';

const LANGUAGES = Object.keys(LITERAL_STYLES) as LiteralLanguage[];

/** What each language's own reader makes of the inside of a literal: its grammar of escapes, written a second time. */
const READERS: Readonly<Record<LiteralLanguage, (inner: string) => string>> = {
  // JLS 3.3 comes before 3.10.5: \u is read first, unless an odd number of backslashes stands before it.
  java: inner =>
    inner
      .replaceAll(/\\u([0-9a-f]{4})|\\./gsu, (found, hex) =>
        hex ? String.fromCharCode(Number.parseInt(hex, 16)) : found,
      )
      .replaceAll(/\\([0-3][0-7]{2}|["\\])/gu, (_, what: string) => simple(what)),
  go: inner => withHex(inner),
  python: inner => withHex(inner),
  csharp: inner => withHex(inner),
  ruby: inner => withBraces(inner, /#[{$@]/u),
  php: inner => withBraces(inner, /\$[A-Za-z_{]|\{\$/u),
  cpp: inner => {
    const bytes = [...inner.matchAll(/\\([0-7]{3}|["\\?])|([ -~])/gsu)].map(([, escaped, plain = '']) =>
      escaped === undefined ? plain : simple(escaped),
    );
    return new TextDecoder().decode(Uint8Array.from(bytes, each => each.charCodeAt(0)));
  },
};

function simple(what: string): string {
  return /^\d/.test(what) ? String.fromCharCode(Number.parseInt(what, 8)) : what;
}

function withHex(inner: string): string {
  return inner.replaceAll(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(["\\]))/gu, (_, short, long, plain) =>
    plain === undefined ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : plain,
  );
}

function withBraces(inner: string, interpolated: RegExp): string {
  // Interpolation begins with a mark that no backslash stands before.
  if (interpolated.test(inner.replaceAll(/\\./gsu, '_'))) throw new Error('a variable in the text');
  return inner.replaceAll(/\\(?:u\{([0-9a-f]+)\}|(.))/gsu, (_, hex, plain) =>
    hex === undefined ? plain : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
}

const HOSTILE: readonly string[] = [
  '',
  '"',
  '\\',
  '\\"',
  "it's",
  '"); system("id"); ("',
  '#{`id`} #$0 #@x',
  '$x {$x} $\u007bx} $$',
  '??/" ??= ???',
  '\\u000a \\u0022',
  '\n\r\t\u0000\u0007\u007f',
  '\u00017 \u0085\u00a0\u2028\u2029\u202e\u2066\ufeff\u200b',
  'é 😀 \u{10ffff} \u{e0001}',
  '\ud800 \udc00x \udfff',
  '%s %n {0}',
  '*/ // --> <?php ?>',
];

/** Marks that make trouble are drawn far more often than they would be. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', "'", '\\', '#', '$', '{', '}', '?', 'u', '0', '7', '\n', 'é', '😀', '\u202e'),
  }),
);

describe.each(LANGUAGES)('a literal of %s', language => {
  const { quote } = LITERAL_STYLES[language];

  function check(given: string): void {
    const written = literal(language, given);
    expect(written.startsWith(quote) && written.endsWith(quote)).toBe(true);
    const inner = written.slice(1, -1);
    // No quote but those that a backslash stands before, and no backslash left over for the last one.
    expect(inner.replaceAll(/\\./gsu, '')).not.toMatch(/["\\]/);
    // Nothing that would not be seen, and no end of line.
    expect(inner).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    if ('isAscii' in LITERAL_STYLES[language]) expect(inner).toMatch(/^[ -~]*$/);
    expect(READERS[language](inner)).toBe(wellFormed(given));
  }

  it.each(HOSTILE)('says what troublesome text %# says and nothing else', check);

  it('says whatever text it is given and nothing else', () => {
    fc.assert(fc.property(text, check), { numRuns: 300 });
  });
});

describe('a literal of C++', () => {
  it('has no trigraph', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('?', '/', '=', "'", '(', '!', '<', '>', '-', 'a') }), given => {
        expect(literal('cpp', given)).not.toMatch(/\?\?/);
      }),
    );
  });
});
