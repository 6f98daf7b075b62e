import { act, cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { Narration } from './Narration.tsx';
import { StepList } from './StepList.tsx';

afterEach(cleanup);

async function setup(wishes: Parameters<typeof aSession>[0] = {}) {
  const { session } = aSession(wishes);
  await settled();
  render(
    <>
      <StepList session={session} />
      <Narration session={session} />
    </>,
  );
  const nav = screen.getByRole('navigation', { name: 'Steps' });
  // The list folds away on the narrow window of the tests.
  const fold = within(nav).queryByRole('button', { expanded: false });
  const user = userEvent.setup();
  if (fold) await user.click(fold);
  return { session, user, nav };
}

const current = (nav: HTMLElement) => nav.querySelectorAll('[aria-current="step"]');

describe('StepList', () => {
  it('lists every step of the run in order', async () => {
    const { session, nav } = await setup();
    const names = within(nav)
      .getAllByRole('listitem')
      .map(item => item.textContent ?? '');
    expect(names).toHaveLength(session.getState().guide.length);
    expect(names[0]).toMatch(/^1/);
  });

  it('marks one step as current, and the mark moves', async () => {
    const { session, nav } = await setup();
    expect(current(nav)).toHaveLength(1);
    act(() => session.actions.goToStep(4));
    expect(current(nav)).toHaveLength(1);
    expect(current(nav)[0]?.textContent).toMatch(/^4/);
  });

  it('jumps to the step that is pressed', async () => {
    const { session, user, nav } = await setup();
    const third = within(nav).getAllByRole('listitem')[2];
    if (!third) throw new Error('the run is too short');
    await user.click(within(third).getByRole('button'));
    expect(current(nav)[0]?.textContent).toMatch(/^3/);
    expect(session.getState().isPlaying).toBe(false);
  });

  it('says in words which steps are named stops', async () => {
    const { session, nav } = await setup();
    const stops = session.getState().guide.filter(step => step.stop !== undefined);
    expect(within(nav).getAllByRole('button', { name: /a named stop/ })).toHaveLength(stops.length);
  });

  it('keeps the words back that would answer an open question, and gives them after it', async () => {
    const { session, nav, user } = await setup({ settings: { askFirst: true } });
    const [question, following] = session.getState().predictions;
    if (!question) throw new Error('the run asks nothing');
    const waiting = () => within(nav).queryAllByRole('button', { name: /title after your answer$/ });
    expect(waiting()).toHaveLength(session.getState().guide.length - question.step + 1);
    expect(waiting()[0]?.textContent).toBe(`${question.step}after your answer`);
    act(() => session.actions.goToStep(question.step));
    expect(waiting()[0]?.textContent).toBe(following && `${following.step}after your answer`);
    act(() => session.actions.goToStep(question.step - 1));
    const button = waiting()[0];
    if (!button) throw new Error('nothing waits');
    await user.click(button);
    expect(current(nav)[0]?.textContent).toMatch(new RegExp(`^${question.step}title `));
    act(() => session.actions.change({ askFirst: false }));
    expect(waiting()).toHaveLength(0);
  });

  it('shows the sentence of the step with its term in bold', async () => {
    const { session } = await setup();
    act(() => session.actions.goToStep(2));
    const region = screen.getByRole('region', { name: 'What happens' });
    const name = session.getState().trace?.steps[1]?.name ?? '';
    expect(within(region).getByText(name).tagName).toBe('STRONG');
  });
});
