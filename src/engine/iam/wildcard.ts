/** Stands for any characters, also none, in a compiled pattern. */
const ANY = -1;
/** Stands for exactly one character in a compiled pattern. */
const ONE = -2;
const COLON = 0x3a;

/** UTF-16 units and wildcards. Lets text that came from elsewhere hold `*` and `?` that are no wildcards. */
export type Pattern = readonly number[];

/** A pattern in which `*` stands for any characters and `?` for exactly one. */
export function patternOf(text: string): Pattern {
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text.charCodeAt(i);
    return unit === 0x2a ? ANY : unit === 0x3f ? ONE : unit;
  });
}

/** A pattern that only the text itself matches. */
export function literalOf(text: string): Pattern {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/**
 * Whether a text matches a pattern.
 * Runs in a time that grows with the product of both lengths at most, so that no pattern can hang the page.
 */
export function isLike(text: string, pattern: string | Pattern): boolean {
  const units = typeof pattern === 'string' ? patternOf(pattern) : pattern;
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = units[inPattern];
    if (wanted === ANY) {
      star = inPattern++;
      resume = at;
    } else if (wanted === ONE || wanted === text.charCodeAt(at)) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (units[inPattern] === ANY) inPattern++;
  return inPattern === units.length;
}

/** As `isLike`, for ARNs: the six parts between the colons are held against each other one by one. */
export function isArnLike(arn: string, pattern: string | Pattern): boolean {
  const parts = arn.split(':');
  const wanted = sixParts(typeof pattern === 'string' ? patternOf(pattern) : pattern);
  if (parts.length < 6 || wanted.length !== 6) return false;
  return wanted.every((part, i) => isLike(i < 5 ? (parts[i] ?? '') : parts.slice(5).join(':'), part));
}

/** As `isLike`, for the resources of statements: parts that a short pattern leaves out are wildcards. */
export function isResourceLike(arn: string, pattern: Pattern): boolean {
  const parts = sixParts(pattern);
  if (parts.length === 1) return isLike(arn, pattern);
  const missing = Array.from({ length: 6 - parts.length }, () => [COLON, ANY]).flat();
  return isLike(arn, [...pattern, ...missing]);
}

/** The last part keeps its colons. */
function sixParts(units: Pattern): Pattern[] {
  const parts: Pattern[] = [];
  let start = 0;
  while (parts.length < 5) {
    const colon = units.indexOf(COLON, start);
    if (colon < 0) break;
    parts.push(units.slice(start, colon));
    start = colon + 1;
  }
  return [...parts, units.slice(start)];
}
