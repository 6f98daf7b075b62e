import type { ArtifactKind, Trace } from '../../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';

/** What of value is in S3's memory after a step. */
export interface Moment {
  /** From 1. */
  readonly step: number;
  readonly hasPlaintext: boolean;
  readonly hasKey: boolean;
  readonly count: number;
}

const KEYS: readonly ArtifactKind[] = ['data-key', 'customer-key'];

/** What an operator would find in S3's memory after each step of an upload. */
export function momentsOf(trace: Trace): readonly Moment[] {
  return trace.steps.map(({ index }) => {
    const held = sceneAt(trace, eventsAtStep(trace, index + 1)).holdings['s3.memory'];
    const kinds = held.map(id => trace.artifacts[id]?.kind);
    return {
      step: index + 1,
      hasPlaintext: kinds.includes('plaintext-object'),
      hasKey: kinds.some(kind => kind !== undefined && KEYS.includes(kind)),
      count: held.length,
    };
  });
}

/** The moment that counts when none is chosen: the first with the object, else the first at which most is there. */
export function worstOf(moments: readonly Moment[]): Moment | undefined {
  const most = Math.max(0, ...moments.map(({ count }) => count));
  return moments.find(({ hasPlaintext }) => hasPlaintext) ?? moments.find(({ count }) => count === most);
}

/** `the object and a key`. */
export function contentOf({ hasPlaintext, hasKey, count }: Moment): string {
  if (hasPlaintext && hasKey) return 'the object in plaintext, and a key to it';
  if (hasPlaintext) return 'the object in plaintext';
  if (hasKey) return 'a key, without the object in plaintext';
  return count === 0 ? 'nothing' : 'nothing that opens the object';
}
