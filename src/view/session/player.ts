import type { StoreApi } from 'zustand/vanilla';
import { eventsAtStep, stepAtEvents } from '../../scene/fold.ts';
import { eventsOfStep, questionBetween, stepAhead, stepBehind, stopsOf } from './cursor.ts';
import { plainText } from './guide.ts';
import { type SessionActions, type SessionState, SPEEDS } from './state.ts';
import type { Timers } from './timers.ts';

/** How long the player rests on a step at normal speed, in milliseconds. */
export const STEP_MILLISECONDS = 1600;

type PlayerActions = Pick<
  SessionActions,
  | 'goToStep'
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'nextFrame'
  | 'previousFrame'
  | 'nextStop'
  | 'previousStop'
  | 'play'
  | 'pause'
  | 'toggle'
  | 'setSpeed'
  | 'slower'
  | 'faster'
  | 'runUntil'
  | 'answer'
  | 'skipQuestion'
>;

/** Moves the cursor of a session: by hand, by clock, and never past an open question when going forward. */
export function createPlayer(
  store: StoreApi<SessionState>,
  timers: Timers,
): { readonly actions: PlayerActions; readonly stop: () => void } {
  const { getState: get, setState: set } = store;
  let cancelTick: (() => void) | undefined;
  /** Whether the clock ran when a question stopped it. */
  let playsOn = false;

  const stop = () => {
    cancelTick?.();
    cancelTick = undefined;
    playsOn = false;
    set({ isPlaying: false, runUntil: undefined });
  };
  const schedule = () => {
    cancelTick?.();
    cancelTick = timers.after(STEP_MILLISECONDS / get().speed, tick);
  };
  const tick = () => {
    cancelTick = undefined;
    if (!get().isPlaying) return;
    const moved = forward('clock');
    if (moved && get().isPlaying) schedule();
  };

  const announce = (step: number, cause: 'person' | 'clock') => {
    const { trace, guide, announcement } = get();
    const words = guide[step - 1];
    if (!trace || !words || (cause === 'clock' && words.stop === undefined)) return;
    const text = `Step ${step} of ${trace.steps.length}. ${plainText(words.title, trace.artifacts)}.`;
    set({ announcement: { text, count: announcement.count + 1 } });
  };
  const isOpen = (id: string) => {
    const { answers, skipped } = get();
    return answers[id] === undefined && !skipped.includes(id);
  };
  /** Asks when an open question lies on the way; then stands right before its step. */
  const asks = (after: number, until: number): boolean => {
    const { trace, predictions, settings, events, isPlaying: wasPlaying } = get();
    if (!trace || !settings.askFirst) return false;
    const question = questionBetween(predictions, isOpen, after, until);
    if (!question) return false;
    cancelTick?.();
    cancelTick = undefined;
    playsOn = wasPlaying;
    set({
      events: Math.max(events, eventsAtStep(trace, question.step - 1)),
      asking: question.id,
      isPlaying: false,
    });
    return true;
  };
  const forward = (cause: 'person' | 'clock'): boolean => {
    const { trace, events } = get();
    const ahead = trace && stepAhead(trace, events);
    if (!trace || ahead === undefined) {
      stop();
      return false;
    }
    if (asks(stepAtEvents(trace, events), ahead)) return false;
    set({ events: eventsAtStep(trace, ahead) });
    announce(ahead, cause);
    const isThere = trace.steps[ahead - 1]?.name === get().runUntil;
    if (isThere || ahead === trace.steps.length) stop();
    return true;
  };
  const jump = (step: number) => {
    const { trace } = get();
    if (!trace) return;
    stop();
    const events = eventsOfStep(trace, step);
    set({ events, asking: undefined });
    announce(stepAtEvents(trace, events), 'person');
  };
  const here = (): number => {
    const { trace, events } = get();
    return trace ? stepAtEvents(trace, events) : 0;
  };
  const byHand = (move: () => void) => {
    if (get().asking !== undefined) return;
    stop();
    move();
  };
  /** After an answer or a skip: shows what was asked about, then plays on if it played. */
  const reveal = (step: number) => {
    const { trace, runUntil } = get();
    if (!trace) return;
    const events = eventsAtStep(trace, step);
    const isThere = trace.steps[step - 1]?.name === runUntil || step >= trace.steps.length;
    set({ events, asking: undefined });
    announce(step, 'person');
    if (playsOn && !isThere) {
      set({ isPlaying: true });
      schedule();
    } else stop();
  };
  const play = () => {
    const { trace, events, asking } = get();
    if (!trace || asking !== undefined) return;
    if (events >= trace.events.length) set({ events: 0 });
    set({ isPlaying: true });
    tick();
  };
  const setSpeed = (speed: number) => {
    const known = SPEEDS.find(candidate => candidate === speed);
    if (known === undefined) return;
    set({ speed: known });
    if (get().isPlaying) schedule();
  };
  const shiftSpeed = (by: number) => {
    const speed = SPEEDS[SPEEDS.indexOf(get().speed) + by];
    if (speed !== undefined) setSpeed(speed);
  };

  const actions: PlayerActions = {
    goToStep: jump,
    next: () => byHand(() => forward('person')),
    previous: () => {
      const { trace, events } = get();
      if (trace) jump(stepBehind(trace, events));
    },
    first: () => jump(1),
    last: () => jump(Number.MAX_SAFE_INTEGER),
    nextFrame: () =>
      byHand(() => {
        const { trace, events } = get();
        if (!trace || events >= trace.events.length) return;
        const after = stepAtEvents(trace, events);
        if (asks(after, stepAtEvents(trace, events + 1))) return;
        set({ events: events + 1 });
        if (here() !== after) announce(here(), 'person');
      }),
    previousFrame: () => {
      stop();
      set({ events: Math.max(0, get().events - 1), asking: undefined });
    },
    nextStop: () =>
      byHand(() => {
        const { trace, guide } = get();
        if (!trace) return;
        const target = stopsOf(guide).find(step => step > here()) ?? trace.steps.length;
        if (asks(here(), target)) return;
        jump(target);
      }),
    previousStop: () => jump(stopsOf(get().guide).findLast(step => step < here()) ?? 1),
    play,
    pause: stop,
    toggle: () => (get().isPlaying ? stop() : play()),
    setSpeed,
    slower: () => shiftSpeed(-1),
    faster: () => shiftSpeed(1),
    runUntil: name => {
      const { trace } = get();
      if (!trace || get().asking !== undefined) return;
      stop();
      const names = trace.steps.map(step => step.name);
      if (!names.includes(name)) return;
      if (names.indexOf(name, here()) < 0) set({ events: 0 });
      set({ runUntil: name });
      play();
    },
    answer: optionId => {
      const { asking, predictions, answers } = get();
      const question = predictions.find(prediction => prediction.id === asking);
      if (!question?.options.some(option => option.id === optionId)) return;
      set({ answers: { ...answers, [question.id]: optionId }, answered: question.id });
      reveal(question.step);
    },
    skipQuestion: () => {
      const { asking, predictions, skipped } = get();
      const question = predictions.find(prediction => prediction.id === asking);
      if (!question) return;
      set({ skipped: [...skipped, question.id], answered: undefined });
      reveal(question.step);
    },
  };
  return { actions, stop };
}
