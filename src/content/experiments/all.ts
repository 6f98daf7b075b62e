import { BYTES_TEXTS } from './bytes.ts';
import { EXTRA_TEXTS } from './extra.ts';
import { GATES_TEXTS } from './gates.ts';
import type { ExperimentText } from './text.ts';
import { TIME_TEXTS } from './time.ts';

/** Words for every experiment, by its id. */
export const EXPERIMENT_TEXTS: Readonly<Record<string, ExperimentText>> = {
  ...GATES_TEXTS,
  ...BYTES_TEXTS,
  ...TIME_TEXTS,
  ...EXTRA_TEXTS,
};
