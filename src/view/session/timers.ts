/** One-shot timers, handed in so that tests are exact. */
export interface Timers {
  /** Calls back once after `ms` milliseconds; returns how to prevent it. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export const browserTimers: Timers = {
  after: (ms, callback) => {
    const handle = setTimeout(callback, ms);
    return () => clearTimeout(handle);
  },
};
