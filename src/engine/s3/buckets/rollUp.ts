import { byUtf8 } from '../storedObject.ts';

/** One entry of a list: an object's name, or what all names up to a delimiter have in common. */
export type Listed = { readonly name: string } | { readonly commonPrefix: string };

/** Which names are wanted. */
export interface Selection {
  readonly prefix: string;
  /** Empty: nothing is rolled up. */
  readonly delimiter: string;
  /** Only what comes behind it. A common prefix is behind itself with all it stands for. */
  readonly after: string;
  /** The name that `after` is belongs to the list too. */
  readonly isAfterIncluded?: boolean;
  /** Whether a name counts at all; asked as seldom as can be. */
  readonly counts?: (name: string) => boolean;
}

/**
 * Goes through the names of a bucket as a list shows them, in the order of their UTF-8 bytes.
 * @param names sorted
 */
export function* rollUp(names: readonly string[], selection: Selection): Generator<Listed> {
  const { prefix, delimiter, after, isAfterIncluded = false, counts = () => true } = selection;
  const isBehind = (name: string) => {
    const order = byUtf8(name, after);
    return byUtf8(name, prefix) >= 0 && (order > 0 || (order === 0 && isAfterIncluded));
  };
  let told: string | undefined = after;
  for (let at = firstIndex(names, isBehind); at < names.length; at++) {
    const name = names[at] ?? '';
    // What begins alike stands together.
    if (!name.startsWith(prefix)) return;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const commonPrefix = end < 0 ? undefined : name.slice(0, end + delimiter.length);
    if (commonPrefix === undefined) {
      if (counts(name)) yield { name };
    } else if (commonPrefix !== told && counts(name)) {
      told = commonPrefix;
      yield { commonPrefix };
    }
  }
}

/** Index of the first for which it holds; from there on it holds for all. */
function firstIndex(names: readonly string[], holds: (name: string) => boolean): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(names[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** As many as fit, and whether there are more. A page of none is never said to be cut. */
export function takePage<T>(all: Iterable<T>, limit: number): { readonly page: readonly T[]; readonly isCut: boolean } {
  const page: T[] = [];
  if (limit === 0) return { page, isCut: false };
  for (const one of all) {
    if (page.length === limit) return { page, isCut: true };
    page.push(one);
  }
  return { page, isCut: false };
}
