import type { RefObject } from 'react';
import { sayMove } from '../../../scene/perform.ts';
import { formatSpec } from '../../session/specText.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { objectionWords } from './objectionWords.ts';
import styles from './Perform.module.css';
import type { PerformTaskProps } from './performTaskProps.ts';
import type { Task } from './task.ts';

interface SummaryProps extends PerformTaskProps {
  readonly task: Task;
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
}

/** How it went: each mistake with its reason and the step of the lab that shows it, and what comes next. */
export function Summary({ task, headingRef, session, spec, trace, level, next, onNext, onAgain }: SummaryProps) {
  const { mistakes, shown, performance } = task;
  const yours = performance.moves.length - performance.given - shown.length;
  return (
    <section className={styles.summary} aria-label="How it went">
      <h3 ref={headingRef} tabIndex={-1}>
        The run is complete
      </h3>
      {level === 0 ? (
        <p>That is the whole run in {performance.moves.length} moves. Now take the last one yourself.</p>
      ) : (
        <p>
          {yours === 0 ? 'None of the moves was' : yours === 1 ? 'One move was' : `${yours} moves were`} yours
          {shown.length > 0 && `, ${shown.length} ${shown.length === 1 ? 'was' : 'were'} shown to you`}.{' '}
          {mistakes.length > 0
            ? 'To look at once more:'
            : yours > 0 && 'Everything you said was possible when you said it.'}
        </p>
      )}
      {mistakes.length > 0 && (
        <ul className={styles.mistakes}>
          {mistakes.map(({ choice, objection }, position) => (
            // Mistakes are only ever added at the end: the position is their identity.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={position}>
              <span className={styles.tried}>
                “<SegmentText segments={sayMove(trace, choice)} artifacts={trace.artifacts} />”
              </span>{' '}
              <SegmentText segments={objectionWords(objection)} artifacts={trace.artifacts} />
              {objection.step !== undefined && (
                <>
                  {' '}
                  <button type="button" className={styles.link} onClick={() => session.showInLab(spec, objection.step)}>
                    See step {objection.step} in the lab
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {next !== undefined && (
          <Button look="strong" onClick={onNext}>
            Next: {next.charAt(0).toLowerCase() + next.slice(1)}
          </Button>
        )}
        <Button onClick={onAgain}>Once more</Button>
        <Button onClick={() => session.openWorkspace('recall', { spec: formatSpec(spec) })}>
          Three questions on it
        </Button>
      </div>
      {next === undefined && (
        <p>You performed all of it. Choose another mode: much will be the same, and some things not.</p>
      )}
    </section>
  );
}
