/** What a person prefers, kept between visits. Never the object, a key or an answer. */
export interface Settings {
  /** Stop before a decisive step and ask what comes. */
  readonly askFirst: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  readonly motion: 'system' | 'on' | 'off';
  /** Keys that type a character act on the player (WCAG 2.1.4: can be turned off). */
  readonly shortcuts: boolean;
  /** The welcome was seen and left. */
  readonly introSeen: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  askFirst: true,
  theme: 'system',
  motion: 'system',
  shortcuts: true,
  introSeen: false,
};

/** The part of `Storage` in use. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

const NAME = 'envelope:settings';

/** Settings as stored; whatever is missing, broken or unknown is the default. Never throws. */
export function readSettings(storage: SettingsStorage | undefined): Settings {
  const stored = parse(storage);
  return {
    askFirst: flag(stored.askFirst, DEFAULT_SETTINGS.askFirst),
    theme: oneOf(stored.theme, ['system', 'light', 'dark'] as const, DEFAULT_SETTINGS.theme),
    motion: oneOf(stored.motion, ['system', 'on', 'off'] as const, DEFAULT_SETTINGS.motion),
    shortcuts: flag(stored.shortcuts, DEFAULT_SETTINGS.shortcuts),
    introSeen: flag(stored.introSeen, DEFAULT_SETTINGS.introSeen),
  };
}

/** Stores the settings; a full or forbidden storage is no reason to stop. */
export function writeSettings(storage: SettingsStorage | undefined, settings: Settings): void {
  try {
    storage?.setItem(NAME, JSON.stringify(settings));
  } catch {
    // Private windows may refuse: the settings then last as long as the page.
  }
}

function parse(storage: SettingsStorage | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(NAME) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.find(candidate => candidate === value) ?? otherwise;
}
