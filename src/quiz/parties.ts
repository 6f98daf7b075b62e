import type { Actor, Place, Trace } from '../engine/index.ts';
import type { Party } from './phrases.ts';

/** Whose place it is; for the network and the log nobody of the three. */
export function ownerOf(place: Place): 'you' | 's3' | 'kms' | undefined {
  if (place === 'client') return 'you';
  if (place.startsWith('s3.')) return 's3';
  return place.startsWith('kms.') ? 'kms' : undefined;
}

/** An actor as an answer. */
export function partyOf(actor: Actor): Party {
  return actor === 'client' ? 'you' : actor;
}

/**
 * Number, from 1, of the step that first shows that KMS is asked, when that comes before the given step; else the
 * given one. A question about who does the work would come too late after it.
 */
export function firstHintOfKms(trace: Trace, step: number): number {
  const hint = trace.steps.findIndex(({ name, actor }) => actor === 'kms' || name.endsWith('.askKms')) + 1;
  return hint === 0 ? step : Math.min(hint, step);
}
