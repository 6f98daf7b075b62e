import { type ReactNode, useEffect, useRef } from 'react';
import type { FactId } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LessonEnd } from './LessonEnd.tsx';
import styles from './LessonStrip.module.css';
import { useAct } from './useAct.ts';

interface LessonStripProps {
  readonly session: Session;
  /** Chips for the sources of what is named; the app brings them. */
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
  /** Whether what an act showed stands here too, or elsewhere on the page. */
  readonly hasEnd: boolean;
}

/** Above the stage, in a lesson: its name, its acts, and what to look for in this one. */
export function LessonStrip({ session, renderSources, hasEnd }: LessonStripProps) {
  const view = useAct(session);
  const look = useRef<HTMLParagraphElement>(null);
  const current = view?.act.index;
  const seen = useRef(current);
  useEffect(() => {
    if (seen.current === current) return;
    seen.current = current;
    // “Next act” is gone with its act, and the focus with it: whoever pressed it goes on where the new act begins.
    if (document.activeElement === document.body) look.current?.focus();
  }, [current]);
  if (!view) return null;
  const { lesson, acts, act, isOver } = view;
  const { actions } = session;
  return (
    <section className={styles.strip} aria-label={`Lesson: ${lesson.title}`}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.title}
          title="All lessons"
          aria-label={`${lesson.title}. Choose another lesson`}
          onClick={() => actions.openDialog('lessons')}
        >
          {lesson.title}
        </button>
        <ol className={styles.acts} aria-label="Acts">
          {acts.map(({ index, text }) => (
            <li key={text.title}>
              <button
                type="button"
                className={styles.act}
                aria-current={index === act.index ? 'step' : undefined}
                aria-label={`Act ${index + 1}: ${text.title}`}
                title={text.title}
                onClick={() => index !== act.index && actions.goToAct(index)}
              >
                <span className={styles.number}>{index + 1}</span>
                <span className={styles.name}>{text.title}</span>
              </button>
            </li>
          ))}
        </ol>
        <IconButton look="quiet" label="Leave the lesson" className={styles.leave} onClick={actions.leaveLesson}>
          <svg viewBox="0 0 16 16" width="11" height="11" aria-hidden="true" focusable="false">
            <path d="M2 2l12 12M14 2 2 14" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        </IconButton>
      </div>
      {isOver && hasEnd ? (
        <LessonEnd session={session} renderSources={renderSources} />
      ) : (
        <p className={styles.look} ref={look} tabIndex={-1}>
          {act.text.look}
        </p>
      )}
    </section>
  );
}
