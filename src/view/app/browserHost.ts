import type { SettingsStorage } from '../session/settings.ts';
import type { LinkHost } from '../session/urlSync.ts';

/** The address bar. Browsers limit how often it may change: a refused change is made up for by the next. */
export const browserLinkHost: LinkHost = {
  read: () => window.location.hash,
  push: hash => attempt(() => window.history.pushState(null, '', hash)),
  replace: hash => attempt(() => window.history.replaceState(null, '', hash)),
  onChange: listener => {
    // Going back within the page fires both events; the second finds nothing left to do.
    window.addEventListener('popstate', listener);
    window.addEventListener('hashchange', listener);
    return () => {
      window.removeEventListener('popstate', listener);
      window.removeEventListener('hashchange', listener);
    };
  },
};

/** Local storage, where the browser lets a page have it. */
export function findStorage(): SettingsStorage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // See above.
  }
}
