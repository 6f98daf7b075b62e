/** Experiments about bytes: who holds which, what changes them, and what requests say about them. */
import type { ExperimentPlan } from '../plan.ts';
import { LAYER_PLANS } from './bytesLayers.ts';
import { REQUEST_PLANS } from './bytesRequests.ts';
import { SSE_C_PLANS } from './bytesSseC.ts';

export const BYTES_PLANS: readonly ExperimentPlan[] = [...SSE_C_PLANS, ...REQUEST_PLANS, ...LAYER_PLANS];
