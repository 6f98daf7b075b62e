import { LAYER_TEXTS } from './bytesLayers.ts';
import { REQUEST_TEXTS } from './bytesRequests.ts';
import { SSE_C_TEXTS } from './bytesSseC.ts';
import type { ExperimentText } from './text.ts';

/** Words for the experiments about bytes, by their ids. */
export const BYTES_TEXTS: Readonly<Record<string, ExperimentText>> = {
  ...SSE_C_TEXTS,
  ...REQUEST_TEXTS,
  ...LAYER_TEXTS,
};
