import type { ExperimentText } from './text.ts';
import { COPY_TEXTS } from './timeCopies.ts';
import { COST_TEXTS } from './timeCosts.ts';
import { DEFAULT_TEXTS } from './timeDefaults.ts';
import { KEY_STATE_TEXTS } from './timeKeys.ts';
import { ROTATION_TEXTS } from './timeRotation.ts';

/** Words for experiments about change: of defaults, of keys, of objects that exist, and of what it costs. */
export const TIME_TEXTS: Readonly<Record<string, ExperimentText>> = {
  ...DEFAULT_TEXTS,
  ...KEY_STATE_TEXTS,
  ...ROTATION_TEXTS,
  ...COST_TEXTS,
  ...COPY_TEXTS,
};
