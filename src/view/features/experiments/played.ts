export const SURENESS = ['sure', 'think', 'guess'] as const;
export type Sureness = (typeof SURENESS)[number];

/** How a prediction went. */
export interface Played {
  /** Id of the option. */
  readonly chosen: string;
  readonly sure: Sureness;
  readonly isRight: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}
export type PlayedById = Readonly<Record<string, Played>>;

/** The part of `Storage` in use. */
export type PlayedStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NAME = 'envelope:experiments';
const VERSION = 1;
/** More than there are experiments: whoever wrote more into the storage was not this page. */
const MOST = 1000;
/** Longest id or option that is kept, in characters. */
const LONGEST = 100;

/** Local storage, where the browser lets a page have it. */
export function findStorage(): PlayedStorage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/** What was played; whatever is missing, broken or of another version counts as not played. Never throws. */
export function readPlayed(storage: PlayedStorage | undefined): PlayedById {
  const stored = parse(storage);
  if (!isRecord(stored) || stored.version !== VERSION || !isRecord(stored.played)) return {};
  const entries = Object.entries(stored.played).slice(0, MOST);
  return Object.fromEntries(
    entries.flatMap(([id, entry]): [string, Played][] => {
      const played = playedOf(entry);
      return played && id.length <= LONGEST ? [[id, played]] : [];
    }),
  );
}

/** Keeps one more; a full or forbidden storage is no reason to stop. Another tab's entries stay. */
export function writePlayed(storage: PlayedStorage | undefined, id: string, entry: Played): void {
  const played = { ...readPlayed(storage), [id]: entry };
  try {
    storage?.setItem(NAME, JSON.stringify({ version: VERSION, played }));
  } catch {
    // It then lasts as long as the page.
  }
}

/** Forgets all of it. */
export function forgetPlayed(storage: PlayedStorage | undefined): void {
  try {
    storage?.removeItem(NAME);
  } catch {
    // See above.
  }
}

function parse(storage: PlayedStorage | undefined): unknown {
  try {
    return JSON.parse(storage?.getItem(NAME) ?? 'null');
  } catch {
    return undefined;
  }
}

function playedOf(entry: unknown): Played | undefined {
  if (!isRecord(entry)) return undefined;
  const { chosen, isRight, at } = entry;
  const sure = SURENESS.find(candidate => candidate === entry.sure);
  if (typeof chosen !== 'string' || chosen.length > LONGEST || sure === undefined) return undefined;
  if (typeof isRight !== 'boolean' || typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  return { chosen, sure, isRight, at };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
