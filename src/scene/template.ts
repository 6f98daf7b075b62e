import type { Segment } from './segment.ts';

/** Gives the value of a placeholder, or `undefined` when there is none. */
export type Resolve = (placeholder: string) => Segment | undefined;

type Style = 'text' | 'term' | 'code';
type Part =
  | { readonly literal: string; readonly style: Style }
  | { readonly placeholder: string; readonly style: Style };

const MARKUP = /\*\*(.+?)\*\*|`([^`]+)`|\{([A-Za-z]+)\}/g;
const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

/**
 * Fills a sentence: `**term**`, `` `code` `` and `{placeholder}`. Values go in after parsing, so that nothing a
 * user wrote is ever read as markup. A placeholder within a term or code takes its style, an artifact stays one.
 * @throws RangeError for markup that does not close and for placeholders without a value; names `where`.
 */
export function fillTemplate(template: string, resolve: Resolve, where: string): Segment[] {
  const parts = parse(template, where);
  const segments: Segment[] = [];
  for (const [index, part] of parts.entries()) {
    if ('literal' in part) {
      append(segments, styled(part.literal, part.style));
      continue;
    }
    const value = resolve(part.placeholder);
    if (value === undefined) throw new RangeError(`${where}: {${part.placeholder}} has no value here`);
    append(segments, insertable(value, part.style, parts[index + 1]));
  }
  return segments;
}

/** Names of the placeholders in a template, in order, with repeats. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(match => match[1] ?? '');
}

function parse(template: string, where: string): Part[] {
  const parts: Part[] = [];
  const literal = (text: string) => {
    if (text === '') return;
    if (/\*\*|[`{}]/.test(text)) throw new RangeError(`${where}: markup does not close in "${template}"`);
    parts.push({ literal: text, style: 'text' });
  };
  let position = 0;
  for (const match of template.matchAll(MARKUP)) {
    literal(template.slice(position, match.index));
    const [whole, term, code, placeholder] = match;
    if (placeholder !== undefined) parts.push({ placeholder, style: 'text' });
    else if (term !== undefined) parts.push(...inner(term, 'term'));
    else if (code !== undefined) parts.push(...inner(code, 'code'));
    position = match.index + whole.length;
  }
  literal(template.slice(position));
  return parts;
}

function inner(text: string, style: Style): Part[] {
  return text
    .split(/(\{[A-Za-z]+\})/)
    .filter(piece => piece !== '')
    .map(piece => {
      const name = /^\{([A-Za-z]+)\}$/.exec(piece)?.[1];
      return name === undefined ? { literal: piece, style } : { placeholder: name, style };
    });
}

function insertable(value: Segment, style: Style, next: Part | undefined): Segment {
  if ('artifact' in value || 'term' in value) return value;
  const text = 'text' in value ? value.text : value.code;
  // Values that are whole sentences bring their own full stop.
  const isDoubled = text.endsWith('.') && next !== undefined && 'literal' in next && next.literal.startsWith('.');
  const kept = isDoubled ? text.slice(0, -1) : text;
  return style === 'text' && 'code' in value ? { code: kept } : styled(kept, style);
}

function styled(text: string, style: Style): Segment {
  if (style === 'term') return { term: text };
  return style === 'code' ? { code: text } : { text };
}

function append(segments: Segment[], segment: Segment): void {
  const last = segments.at(-1);
  if (last && 'text' in last && 'text' in segment) segments[segments.length - 1] = { text: last.text + segment.text };
  else if (last && 'term' in last && 'term' in segment)
    segments[segments.length - 1] = { term: last.term + segment.term };
  else segments.push(segment);
}
