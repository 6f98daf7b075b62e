import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { AFTER_ANSWER } from '../../session/spoilers.ts';
import type { SessionActions } from '../../session/state.ts';
import styles from './ScrubBar.module.css';

interface ScrubBarProps {
  /** Titles of the steps, in order. */
  readonly titles: readonly string[];
  /** Number of the first step whose title would answer an open question. */
  readonly hidden: number;
  /** Numbers of the named stops. */
  readonly stops: readonly number[];
  /** From 1; 0 before the first step. */
  readonly step: number;
  readonly actions: Pick<
    SessionActions,
    'goToStep' | 'next' | 'previous' | 'nextStop' | 'previousStop' | 'first' | 'last'
  >;
}

/**
 * Slider over the steps (APG media seek pattern), with the named stops as diamonds that can be pressed.
 */
export function ScrubBar({ titles, hidden, stops, step, actions }: ScrubBarProps) {
  const rail = useRef<HTMLDivElement>(null);
  const count = titles.length;
  const share = (number: number) => (count > 1 ? (Math.max(1, number) - 1) / (count - 1) : 0);
  const seek = (clientX: number) => {
    const box = rail.current?.getBoundingClientRect();
    if (!box || count === 0) return;
    const at = (clientX - box.left) / box.width;
    const target = 1 + Math.round(Math.max(0, Math.min(1, at)) * (count - 1));
    if (target !== step) actions.goToStep(target);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    seek(event.clientX);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = {
      ArrowRight: actions.next,
      ArrowUp: actions.next,
      ArrowLeft: actions.previous,
      ArrowDown: actions.previous,
      PageDown: actions.nextStop,
      PageUp: actions.previousStop,
      Home: actions.first,
      End: actions.last,
    }[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  const nameOf = (stop: number) => (stop < hidden ? titles[stop - 1] : AFTER_ANSWER) ?? '';
  const title = titles[step - 1];
  return (
    <div className={styles.scrub}>
      {/* The rail is larger than the line, so that a finger finds it. */}
      <div
        ref={rail}
        className={styles.rail}
        role="slider"
        tabIndex={0}
        aria-label="Steps"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, count)}
        aria-valuenow={Math.max(1, step)}
        aria-valuetext={title === undefined ? 'Before the first step' : `Step ${step} of ${count}: ${title}`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <div className={styles.line} />
        <div className={styles.done} style={{ width: `${share(step) * 100}%` }} />
        <div className={styles.knob} style={{ left: `${share(step) * 100}%` }} />
      </div>
      {stops.map(stop => (
        <button
          key={stop}
          type="button"
          tabIndex={-1}
          className={styles.stop}
          data-state={stop < step ? 'done' : stop === step ? 'now' : 'ahead'}
          style={{ left: `calc(12px + (100% - 24px) * ${share(stop)})` }}
          aria-label={`Go to step ${stop}: ${stop < hidden ? '' : 'title '}${nameOf(stop)}`}
          title={`${stop}. ${nameOf(stop)}`}
          onClick={() => actions.goToStep(stop)}
        />
      ))}
    </div>
  );
}
