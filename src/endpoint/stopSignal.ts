import process from 'node:process';

/** How often the parent is looked at, in milliseconds. */
const LOOK = 250;

/**
 * Resolves when the program is asked to stop: by a signal, or because npm, which started it, is gone. npm passes a signal on to the
 * shell between the two, and the shell does not pass it on to us.
 */
export function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (process.env.npm_lifecycle_event !== 'endpoint') return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, LOOK);
    timer.unref();
  });
}
