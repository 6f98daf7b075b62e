import type { Actor, ArtifactId, ComparedEvent, Place, Verb } from '../../engine/index.ts';

/** What somebody does; a comparison says what it compares. */
export type Deed = Exclude<Verb, 'compared'> | `compared.${ComparedEvent['what']}`;

/** What a learner says: who does what, with which artifacts, to where. */
export interface MoveChoice {
  readonly actor: Actor;
  readonly deed: Deed;
  /** In any order. */
  readonly artifacts: readonly ArtifactId[];
  /** Where the result is afterwards; where nothing moves, where it happens. */
  readonly to: Place;
}

/** One thing that is done in a run, at the grain at which people tell it. */
export interface Move extends MoveChoice {
  /** Position among the moves of its run, from 0. */
  readonly index: number;
  /** Position in the trace of the event it is about. */
  readonly event: number;
  /** Number, from 1, of that event's step. */
  readonly step: number;
  /** Range of the trace's events that it stands for: `first` inclusive, `end` exclusive. Every event belongs to one move. */
  readonly first: number;
  readonly end: number;
  /** Where it comes from, for what travels. */
  readonly from?: Place;
}

/** Whose memory a place is; of the line and the log nobody's. */
export function partyAt(place: Place): 'client' | 's3' | 'kms' | undefined {
  if (place === 'client') return 'client';
  if (place.startsWith('s3.')) return 's3';
  return place.startsWith('kms.') ? 'kms' : undefined;
}

/** Whether the place of a deed is part of what is done: a gate or a comparison is wherever its owner is. */
export function hasPlace(deed: Deed): boolean {
  return deed !== 'authorized' && deed !== 'denied' && !deed.startsWith('compared.');
}

/** Whether the artifacts of a deed are part of what is said: a gate, a comparison and a log entry speak for themselves. */
export function hasArtifacts(deed: Deed): boolean {
  return hasPlace(deed) && deed !== 'logged';
}
