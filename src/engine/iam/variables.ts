import { findConditionKey } from './conditionKeys.ts';
import { literalOf, type Pattern, patternOf } from './wildcard.ts';

/** The values of a request by the lower-case names of their condition keys. An absent key is an absent value. */
export type PresentValues = ReadonlyMap<string, readonly string[]>;

/** A stretch of text; what a variable stands for holds no wildcards. */
export interface Piece {
  readonly text: string;
  readonly isLiteral: boolean;
}

/** `${aws:username}`, or with what to take instead: `${aws:PrincipalTag/team, 'everybody'}`. */
const VARIABLE = /\$\{(\$|[^${}]*)\}/g;
const NAME_AND_DEFAULT = /^\s*([^\s,']+)\s*(?:,\s*'([^']*)'\s*)?$/;
/** `${*}`, `${?}` and `${$}` are the characters themselves. */
const ESCAPES: readonly string[] = ['*', '?', '$'];

/**
 * A text with its policy variables replaced.
 * @returns `undefined` when a variable has no value: nothing equals or is like such a text.
 */
export function resolveVariables(text: string, values: PresentValues): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const value = variableValue(match[1] ?? '', values);
    if (value === undefined) return undefined;
    pieces.push({ text: text.slice(end, match.index), isLiteral: false }, { text: value, isLiteral: true });
    end = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(end), isLiteral: false }];
}

function variableValue(content: string, values: PresentValues): string | undefined {
  if (ESCAPES.includes(content)) return content;
  const [, name = '', otherwise] = NAME_AND_DEFAULT.exec(content) ?? [];
  const known = values.get(name.toLowerCase());
  return known?.length === 1 ? known[0] : otherwise;
}

/** A text without variables. */
export function plain(text: string): readonly Piece[] {
  return [{ text, isLiteral: false }];
}

export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map(piece => piece.text).join('');
}

export function patternOfPieces(pieces: readonly Piece[]): Pattern {
  return pieces.flatMap(({ text, isLiteral }) => (isLiteral ? literalOf(text) : patternOf(text)));
}

/** The first policy variable in a text that is not supported, or `undefined`. */
export function findUnknownVariable(text: string): string | undefined {
  for (const match of text.matchAll(VARIABLE)) {
    const content = match[1] ?? '';
    if (ESCAPES.includes(content)) continue;
    const name = NAME_AND_DEFAULT.exec(content)?.[1];
    const found = name === undefined ? undefined : findConditionKey(name);
    if (!found || found.isMultiValued) return match[0];
  }
  const open = text.replace(VARIABLE, '').indexOf('${');
  return open < 0 ? undefined : '${';
}
