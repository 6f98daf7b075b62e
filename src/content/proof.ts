import type { RunSpec, TraceProperty } from '../engine/index.ts';

/** A run that shows something, and what of it shows it. */
export interface Proof {
  readonly run: Omit<RunSpec, 'seed'> | { readonly experiment: string; readonly act: string };
  /** Holds of that run; the event or answer that meets it is the step to open. */
  readonly shows: TraceProperty;
}
