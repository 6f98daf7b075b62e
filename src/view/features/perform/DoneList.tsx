import { sayMove } from '../../../scene/perform.ts';
import { SegmentText } from '../../ui/SegmentText.tsx';
import styles from './Perform.module.css';
import type { Task } from './task.ts';

/** What has been done so far, in the order in which it was done. */
export function DoneList({ task, isWatching }: { readonly task: Task; readonly isWatching: boolean }) {
  const { performance, shown } = task;
  const { trace, moves, done, given } = performance;
  const noteOf = (index: number, position: number) => {
    if (isWatching) return undefined;
    if (position < given) return 'given';
    return shown.includes(index) ? 'shown' : 'yours';
  };
  return (
    <section className={styles.done} aria-label="Done so far">
      <h3>
        Done so far: {done.length} of {moves.length}
      </h3>
      <ol>
        {done.map((index, position) => {
          const move = moves[index];
          const note = noteOf(index, position);
          if (move === undefined) return null;
          return (
            <li key={index} data-note={note}>
              <SegmentText segments={sayMove(trace, move)} artifacts={trace.artifacts} />
              {note !== undefined && note !== 'given' && ' '}
              {note !== undefined && note !== 'given' && <span className={styles.note}>{note}</span>}
            </li>
          );
        })}
      </ol>
      {done.length === 0 && <p className={styles.none}>Nothing yet.</p>}
    </section>
  );
}
