import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { Outcome } from './Outcome.tsx';
import { Question } from './Question.tsx';

afterEach(cleanup);

async function setup() {
  const { session } = aSession({ settings: { askFirst: true } });
  await settled();
  const [question] = session.getState().predictions;
  if (!question) throw new Error('the run asks nothing');
  render(
    <>
      <button type="button" onClick={session.actions.next}>
        forward
      </button>
      <Question session={session} />
      <Outcome session={session} />
    </>,
  );
  act(() => session.actions.goToStep(question.step - 1));
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'forward' }));
  return { session, user, question };
}

const options = () => screen.getAllByRole('listitem').map(item => item.querySelector('button'));

describe('Question and Outcome', () => {
  it('offers two to four answers and moves the focus to the question', async () => {
    await setup();
    expect(options().length).toBeGreaterThanOrEqual(2);
    expect(options().length).toBeLessThanOrEqual(4);
    expect(document.activeElement).toBe(screen.getByRole('heading'));
  });

  it('gives the focus back after the answer', async () => {
    const { user } = await setup();
    const [first] = options();
    if (first) await user.click(first);
    expect(screen.queryByRole('heading')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'forward' }));
  });

  it('puts a wrong prediction beside what happened, with the reason', async () => {
    const { session, question } = await setup();
    const wrong = question.options.find(option => option.id !== question.answerId);
    act(() => session.actions.answer(wrong?.id ?? ''));
    const outcome = screen.getByRole('region', { name: 'Your prediction' });
    expect(outcome.textContent).toMatch(/You said: .*It was: .*Why: /);
  });

  it('says so when the prediction was right', async () => {
    const { session, question } = await setup();
    act(() => session.actions.answer(question.answerId));
    expect(screen.getByRole('region', { name: 'Your prediction' }).textContent).toContain('So it was.');
  });

  it('can be skipped and then says nothing', async () => {
    const { user, session, question } = await setup();
    await user.click(screen.getByRole('button', { name: 'Skip this question' }));
    expect(session.getState().skipped).toEqual([question.id]);
    expect(screen.queryByRole('region', { name: 'Your prediction' })).toBeNull();
  });
});
