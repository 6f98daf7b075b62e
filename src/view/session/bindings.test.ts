import { describe, expect, it } from 'vitest';
import { stepAtEvents } from '../../scene/fold.ts';
import { aSession, settled } from '../../testing/sessionHarness.ts';
import { ariaKeys, BINDINGS, findBinding, repeatGate } from './bindings.ts';
import { BINDING_WORDS } from './bindingWords.ts';

async function press(pressed: readonly string[], settings = {}) {
  const { session } = aSession({ settings });
  await settled();
  const used = pressed.map(each =>
    findBinding(each, session.getState().settings.shortcuts)?.run({ session, toggleFullScreen: () => {} }, each),
  );
  const { trace, events } = session.getState();
  return { session, used, step: trace ? stepAtEvents(trace, events) : -1 };
}

describe('bindings', () => {
  it('gives each key one meaning', () => {
    const all = BINDINGS.flatMap(binding => binding.keys);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has words for each command in the help', () => {
    expect(Object.keys(BINDING_WORDS).toSorted()).toEqual(BINDINGS.map(binding => binding.id).toSorted());
  });

  it('steps with the arrows', async () => {
    expect((await press(['ArrowRight', 'ArrowRight', 'ArrowLeft'])).step).toBe(2);
  });

  it('plays and pauses with Space and K', async () => {
    expect((await press([' '])).session.getState().isPlaying).toBe(true);
    expect((await press([' ', 'k'])).session.getState().isPlaying).toBe(false);
  });

  it('answers with a digit only while it asks', async () => {
    expect((await press(['1'])).used).toEqual([false]);
    const { session } = await press([], { askFirst: true });
    const [question] = session.getState().predictions;
    session.actions.goToStep((question?.step ?? 0) - 1);
    session.actions.next();
    expect(findBinding('2', true)?.run({ session, toggleFullScreen: () => {} }, '2')).toBe(true);
    expect(session.getState().answers[question?.id ?? '']).toBe(question?.options[1]?.id);
  });

  it('keeps arrows but lets characters be when shortcuts are off', () => {
    expect(findBinding('k', false)).toBeUndefined();
    expect(findBinding('?', false)).toBeUndefined();
    expect(findBinding('ArrowRight', false)?.id).toBe('next');
    expect(ariaKeys('toggle', false)).toBeUndefined();
    expect(ariaKeys('toggle', true)).toBe('Space k');
  });

  it('changes speed with < and >', async () => {
    expect((await press(['>', '>'])).session.getState().speed).toBe(2);
    expect((await press(['<'])).session.getState().speed).toBe(0.75);
  });

  it('lets a held key through at most eight times a second', () => {
    const lets = repeatGate();
    const passed = Array.from({ length: 100 }, (_, index) => lets(index > 0, index * 10)).filter(Boolean);
    expect(passed.length).toBeLessThanOrEqual(8);
    expect(passed.length).toBeGreaterThan(5);
  });

  it('never slows single presses', () => {
    const lets = repeatGate();
    expect([lets(false, 0), lets(false, 1), lets(false, 2)]).toEqual([true, true, true]);
  });
});
