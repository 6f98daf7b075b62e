import {
  actSpecOf,
  LESSON_PLANS,
  type LessonId,
  type LessonPlan,
  type Mode,
  type RunSpec,
} from '../../engine/index.ts';
import type { SpecChange } from './state.ts';

/** Longest seed a link or the seed field may carry, in characters. */
export const SEED_LIMIT = 64;

/** Whether the customer encrypts: only then do format and place of the envelope mean something. */
export function isClientSide(mode: Mode): boolean {
  return mode.startsWith('cse-');
}

/** The plan of the lesson that a run is an act of, if it is. */
export function lessonPlan(spec: Pick<RunSpec, 'lesson'>): LessonPlan | undefined {
  return spec.lesson && LESSON_PLANS[spec.lesson.id];
}

/** Whether a run has an object of its own, whatever the learner has on the desk. */
export function bringsObject(spec: Pick<RunSpec, 'lesson' | 'experiment'>): boolean {
  return spec.experiment !== undefined || lessonPlan(spec)?.object === 'given';
}

/** An act of a lesson, counted from 0, as a wish for a run; `undefined` when the lesson has no such act. */
export function findActSpec(id: LessonId, act: number, seed?: string): RunSpec | undefined {
  if (!LESSON_PLANS[id].acts[act]) return undefined;
  return actSpecOf({ id, ...(seed ? { seed } : {}) }, act);
}

/** The latest act before `act`, both counted from 0, in which something came down. */
export function findDownloadBefore(id: LessonId, act: number): number | undefined {
  const index = LESSON_PLANS[id].acts.slice(0, act).findLastIndex(({ operation }) => operation === 'download');
  return index < 0 ? undefined : index;
}

/**
 * A run with another wish. Whatever is chosen by hand leaves the lesson, but for the seed, which is a circumstance of it.
 * Choices that are the default, or that the mode does not have, are left out, so that equal runs have equal specs.
 */
export function changedSpec(spec: RunSpec, wish: SpecChange): RunSpec {
  const seed = (wish.seed ?? spec.seed)?.trim().slice(0, SEED_LIMIT);
  const seeded = seed ? { seed } : {};
  const isOnlySeed = Object.keys(wish).every(name => name === 'seed');
  if (spec.lesson && isOnlySeed && wish.seed !== undefined) {
    return { ...(findActSpec(spec.lesson.id, spec.lesson.act) ?? spec), ...seeded };
  }
  if (isOnlySeed && wish.seed !== undefined && (spec.experiment || spec.fork || spec.attack)) {
    const { seed: _former, ...same } = spec;
    return { ...same, ...seeded };
  }
  const { mode, operation, transport, principal, format, envelope } = { ...withoutLesson(spec), ...wish };
  const hasEnvelope = isClientSide(mode);
  return {
    mode,
    operation,
    transport,
    principal,
    ...(hasEnvelope && format === 'v2' ? { format } : {}),
    ...(hasEnvelope && envelope === 'instruction-file' ? { envelope } : {}),
    ...seeded,
  };
}

/** Whether two specs ask for the same run. Of an act the lesson says all but the seed. Experiments, forks and attacks are runs of their own. */
export function isSameSpec(left: RunSpec, right: RunSpec): boolean {
  if (left.seed !== right.seed || partOf(left) !== partOf(right)) return false;
  if (left.lesson || right.lesson) {
    return left.lesson?.id === right.lesson?.id && left.lesson?.act === right.lesson?.act;
  }
  return (
    left.mode === right.mode &&
    left.operation === right.operation &&
    left.transport === right.transport &&
    left.principal === right.principal &&
    (left.format ?? 'v3') === (right.format ?? 'v3') &&
    (left.envelope ?? 'metadata') === (right.envelope ?? 'metadata')
  );
}

/** Of which experiment, fork or attack a run is, in one text. */
function partOf({ experiment, fork, attack }: RunSpec): string {
  const { id, act, byte } = experiment ?? {};
  return JSON.stringify([id, act, byte, fork?.after, fork?.change, attack?.leaks, attack?.memoryAt]);
}

/** What a lesson chose for itself is no choice of the learner's: it ends with the lesson. */
function withoutLesson(spec: RunSpec): RunSpec {
  // People of experiments and attacks are in no other world.
  if (!spec.lesson) return spec.experiment || spec.attack ? { ...spec, principal: 'owner' } : spec;
  const { lesson: _lesson, format: _format, envelope: _envelope, ...rest } = spec;
  return { ...rest, principal: 'owner' };
}
