/** A query string as S3 reads it: names in the order they came, `+` and `%20` are both a space. */
export interface Query {
  readonly has: (name: string) => boolean;
  /** The decoded value; empty for a name without `=`; `undefined` when absent or not percent-encoded UTF-8. The first of several counts. */
  readonly get: (name: string) => string | undefined;
  /** Each name once. Names that are not percent-encoded UTF-8 are left as they came. */
  readonly names: () => readonly string[];
}

/** Percent-decoding as AWS does it, `+` being a space; `undefined` when what comes out is not UTF-8. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Name and value of every part, still encoded. A part without `=` has an empty value; empty parts are left out. */
export function splitQuery(query: string): (readonly [name: string, value: string])[] {
  return query
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

/** Reads the query of a request, without its `?`. Never throws. */
export function parseQuery(query: string): Query {
  const values = new Map<string, string | undefined>();
  for (const [name, value] of splitQuery(query)) {
    const decoded = decodePercent(name) ?? name;
    if (!values.has(decoded)) values.set(decoded, decodePercent(value));
  }
  return { has: name => values.has(name), get: name => values.get(name), names: () => [...values.keys()] };
}
