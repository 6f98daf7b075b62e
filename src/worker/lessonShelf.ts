import { LESSON_PLANS, type LessonId, type RunResult, type Trace } from '../engine/index.ts';
import type { LabObject } from './protocol.ts';

/** Which playing of a lesson: without a seed the first one is kept too, so that all its acts show the same bytes. */
export interface LessonWish {
  readonly id: LessonId;
  readonly seed?: string;
}

/** One act as the page gets it. The download is a copy: the engine's own buffer belongs to the next run. */
export interface PlayedAct {
  readonly trace: Trace;
  readonly download?: Blob;
}

/** Bytes that a trace takes, roughly: previews, messages and records, whatever the object's length. */
const TRACE_BYTES = 1024 * 1024;

/** Lessons that were played, the oldest of which go first when they take too much room. */
export class LessonShelf {
  readonly #keptBytes: number;
  readonly #played = new Map<string, { readonly acts: readonly PlayedAct[]; readonly bytes: number }>();

  /** @param keptBytes how much the lessons may take together; the newest stays however large it is */
  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes;
  }

  /** The acts as they were played before with this object, if they still are here. */
  find(wish: LessonWish, object: LabObject): readonly PlayedAct[] | undefined {
    return this.#played.get(nameOf(wish, object))?.acts;
  }

  /** Keeps what was played, and returns it as the page gets it. */
  keep(wish: LessonWish, object: LabObject, results: readonly RunResult[]): readonly PlayedAct[] {
    const type = LESSON_PLANS[wish.id].object === 'given' ? 'text/plain' : object.type;
    const acts = results.map(({ trace, downloaded }) => ({
      trace,
      ...(downloaded ? { download: new Blob([downloaded], { type }) } : {}),
    }));
    const name = nameOf(wish, object);
    const bytes = acts.reduce((sum, { download }) => sum + TRACE_BYTES + (download?.size ?? 0), 0);
    this.#played.delete(name);
    this.#played.set(name, { acts, bytes });
    let total = [...this.#played.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [oldest, one] of this.#played) {
      if (total <= this.#keptBytes || oldest === name) break;
      this.#played.delete(oldest);
      total -= one.bytes;
    }
    return acts;
  }
}

/** A lesson that brings its own object is the same whatever the learner has. */
function nameOf({ id, seed }: LessonWish, object: LabObject): string {
  return `${id}/${LESSON_PLANS[id].object === 'yours' ? object.id : ''}/${seed ?? ''}`;
}
