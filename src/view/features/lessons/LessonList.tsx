import { useStore } from 'zustand';
import { LESSON_TEXTS } from '../../../content/lessons.ts';
import { LESSON_PLANS, LESSONS } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import styles from './LessonList.module.css';

/** All lessons to choose from. */
export function LessonList({ session }: { readonly session: Session }) {
  const current = useStore(session, state => state.spec.lesson?.id);
  return (
    <div className={styles.lessons}>
      <p>
        Client-side encryption in nine small stories. Each is a few runs in one world, one after the other: step through
        them like any run.
      </p>
      <ol className={styles.list}>
        {LESSONS.map(id => (
          <li key={id}>
            <button
              type="button"
              className={styles.lesson}
              aria-current={id === current ? 'true' : undefined}
              onClick={() => session.actions.openLesson(id)}
            >
              <span className={styles.title}>{LESSON_TEXTS[id].title}</span>
              <span className={styles.count}>{LESSON_PLANS[id].acts.length} acts</span>
              <span className={styles.line}>{LESSON_TEXTS[id].line}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
