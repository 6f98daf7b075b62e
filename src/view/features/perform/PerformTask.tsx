import { useEffect, useMemo, useReducer, useRef } from 'react';
import { performedTrace, sayMove, sceneOf } from '../../../scene/perform.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { Builder } from './Builder.tsx';
import { DoneList } from './DoneList.tsx';
import { objectionWords } from './objectionWords.ts';
import styles from './Perform.module.css';
import type { PerformTaskProps } from './performTaskProps.ts';
import { Summary } from './Summary.tsx';
import { isOver, nextTask, offerOf, type Said, startTask, type Task } from './task.ts';

/** One level of one run, from its start to its summary. */
export function PerformTask(props: PerformTaskProps) {
  const { trace, level, renderStage, goesOn } = props;
  const [task, dispatch] = useReducer(nextTask, undefined, () => startTask(trace, level));
  const offer = useMemo(() => offerOf(trace), [trace]);
  const { performance } = task;
  const over = isOver(task);
  const isWatching = level === 0;
  const canUndo = performance.done.length > performance.given;
  const end = useRef<HTMLHeadingElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (goesOn.current) said.current?.focus();
    goesOn.current = false;
  }, [goesOn]);
  const wasOver = useRef(over);
  useEffect(() => {
    if (over && !wasOver.current) end.current?.focus({ preventScroll: false });
    wasOver.current = over;
  }, [over]);
  return (
    <div className={styles.work}>
      <div className={styles.stage} data-asks={!over && !isWatching}>
        {renderStage({
          trace: performedTrace(performance),
          scene: sceneOf(performance),
          label: 'Stage: who holds what, after the moves so far',
        })}
      </div>
      <div className={styles.side}>
        <div className={styles.desk}>
          <p ref={said} tabIndex={-1} className={styles.said} role="status">
            <SaidText task={task} isWatching={isWatching} />
          </p>
          {!over && !isWatching && (
            <Builder
              offer={offer}
              artifacts={trace.artifacts}
              doneCount={performance.done.length}
              onSay={choice => dispatch({ type: 'say', choice })}
            />
          )}
          {over && <Summary {...props} task={task} headingRef={end} />}
          <div className={styles.actions}>
            {!over && (
              <Button look={isWatching ? 'strong' : 'plain'} onClick={() => dispatch({ type: 'show' })}>
                {isWatching ? 'Next move' : 'Show me the next move'}
              </Button>
            )}
            {isWatching && !over && <Button onClick={() => dispatch({ type: 'showAll' })}>All moves at once</Button>}
            <Button disabled={!canUndo} onClick={() => dispatch({ type: 'undo' })}>
              {isWatching ? 'Back' : 'Undo'}
            </Button>
            {!isWatching && (
              <span className={styles.count}>
                Tries: {task.tries} · not possible: {task.mistakes.length} · shown to you: {task.shown.length}
              </span>
            )}
          </div>
        </div>
        <DoneList task={task} isWatching={isWatching} />
      </div>
    </div>
  );
}

function SaidText({ task, isWatching }: { readonly task: Task; readonly isWatching: boolean }) {
  const { said, performance } = task;
  const { artifacts } = performance.trace;
  if (said === undefined) {
    const left = performance.moves.length - performance.done.length;
    if (isWatching) return `This run has ${left} moves. Watch who does what.`;
    return left === 1 ? 'One move is missing. What is it?' : `${left} moves are missing. What comes next?`;
  }
  if (said.kind === 'incomplete') return 'Choose who acts, what is done, and where.';
  if (said.kind === 'objection') {
    return (
      <>
        <strong>Not possible now.</strong>{' '}
        <SegmentText segments={objectionWords(said.objection)} artifacts={artifacts} />
      </>
    );
  }
  return (
    <>
      <strong>{LEADS[said.kind]}</strong>{' '}
      <SegmentText segments={sayMove(performance.trace, said.move)} artifacts={artifacts} />.
    </>
  );
}

const LEADS: Readonly<Record<Exclude<Said['kind'], 'objection' | 'incomplete'>, string>> = {
  done: 'Done:',
  shown: 'So it goes on:',
  undone: 'Taken back:',
};
