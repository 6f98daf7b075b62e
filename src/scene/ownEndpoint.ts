import type { RunSpec } from '../engine/index.ts';
import { quoteShell } from './equivalent/text.ts';

/** Where `npm run endpoint` listens when it is not told otherwise. */
export const OWN_ENDPOINT = 'http://localhost:4571';

/**
 * Starts an endpoint with the bucket, the keys and the people of this run. Plain HTTP to this machine counts as a secure
 * line, unless the run itself went over plain HTTP: what is refused then is the lesson. `undefined` without a seed,
 * since nobody can have the same keys then.
 */
export function startCommandOf(run: RunSpec): string | undefined {
  const { mode, seed, transport } = run;
  // Worlds that were set up by hand exist on this page only.
  if (run.experiment || run.attack) return undefined;
  if (seed === undefined || seed.trim() === '' || seed.includes('\u0000')) return undefined;
  return [
    `npm run endpoint -- --lab ${mode}`,
    `--seed${seed.startsWith('-') ? '=' : ' '}${quoteShell(seed)}`,
    ...(transport === 'https' ? ['--trust-loopback'] : []),
  ].join(' ');
}
