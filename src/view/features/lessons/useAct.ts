import { useStore } from 'zustand';
import { type ActText, LESSON_TEXTS, type LessonText } from '../../../content/lessons.ts';
import { LESSON_PLANS } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';

/** An act among those of its lesson. */
export interface ActEntry {
  /** From 0. */
  readonly index: number;
  readonly text: ActText;
}

export interface LessonView {
  readonly lesson: LessonText;
  readonly acts: readonly ActEntry[];
  readonly act: ActEntry;
  /** The last step of the act is reached; false while another one is on its way. */
  readonly isOver: boolean;
}

/** The act that is on the stage, in words; `undefined` outside of lessons. */
export function useAct(session: Session): LessonView | undefined {
  const asked = useStore(session, state => state.spec.lesson);
  const isOver = useStore(
    session,
    ({ status, trace, events }) => status === 'ready' && trace !== undefined && events >= trace.events.length,
  );
  if (!asked) return undefined;
  const lesson = LESSON_TEXTS[asked.id];
  const acts = LESSON_PLANS[asked.id].acts.flatMap(({ name }, index) => {
    const text = lesson.acts[name];
    return text ? [{ index, text }] : [];
  });
  const act = acts[asked.act];
  return act && { lesson, acts, act, isOver };
}
