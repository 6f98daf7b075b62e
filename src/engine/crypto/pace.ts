/** How the host takes part in long work: it sees the progress, gets a turn, and may stop it. */
export interface Pace {
  /**
   * Called between pieces of long work, about every 2 MiB.
   * @param phase what is going on, for example `encrypt`
   * @param done bytes behind us
   * @param total bytes in all
   * @throws EngineError `cancelled` to stop
   */
  checkpoint(phase: string, done: number, total: number): Promise<void> | void;
}

/** Bytes of work between two checkpoints. */
export const CHECKPOINT_BYTES = 2 * 1024 * 1024;
