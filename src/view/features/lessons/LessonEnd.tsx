import type { ReactNode } from 'react';
import type { FactId } from '../../../engine/index.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './LessonStrip.module.css';
import { useAct } from './useAct.ts';

interface LessonEndProps {
  readonly session: Session;
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
}

/** Once an act is over: what it showed, and the way on. */
export function LessonEnd({ session, renderSources }: LessonEndProps) {
  const view = useAct(session);
  if (!view?.isOver) return null;
  const { lesson, acts, act } = view;
  const next = acts[act.index + 1];
  const { actions } = session;
  return (
    <div className={styles.end}>
      <div className={styles.shown} role="status">
        <p>{act.text.shown}</p>
        {!next && (
          <p>
            <b>To keep:</b> {lesson.takeaway}
          </p>
        )}
      </div>
      <div className={styles.on}>
        {next ? (
          <Button
            look="strong"
            aria-label={`Next act: ${next.text.title}`}
            title={next.text.title}
            onClick={() => actions.goToAct(next.index)}
          >
            Next act
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
              <path d="M3 8h9M8 4l4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.8" />
            </svg>
          </Button>
        ) : (
          <Button onClick={() => actions.openDialog('lessons')}>More lessons</Button>
        )}
        <div className={styles.sources}>{renderSources(act.text.facts, act.text.title)}</div>
      </div>
    </div>
  );
}
