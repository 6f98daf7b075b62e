import { useEffect } from 'react';
import type { Settings } from '../session/settings.ts';

/** Puts the chosen theme on the page; without a choice the system decides. */
export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
