import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { textTwin } from '../../../scene/textTwin.ts';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { TextTwin } from './TextTwin.tsx';

afterEach(cleanup);

async function setup(isWhole = false) {
  const { session } = aSession({ settings: { askFirst: true } });
  await settled();
  const { trace, predictions } = session.getState();
  const [question] = predictions;
  if (!trace || !question) throw new Error('the run asks nothing');
  render(<TextTwin session={session} isWhole={isWhole} />);
  return { session, trace, question, region: screen.getByRole('region', { name: 'The run as text' }) };
}

const headings = (region: HTMLElement) => within(region).getAllByRole('heading').length;

describe('TextTwin', () => {
  it('ends before an open question and says how much follows', async () => {
    const { session, trace, question, region } = await setup();
    expect(headings(region)).toBe(question.step - 1);
    const rest = textTwin(trace).filter(row => row.step >= question.step).length;
    expect(within(region).getByText(`${rest} more rows after your answer`)).toBeTruthy();
    act(() => session.actions.change({ askFirst: false }));
    expect(headings(region)).toBe(trace.steps.length);
    expect(within(region).queryByText(/after your answer/)).toBeNull();
  });

  it('is whole on paper', async () => {
    const { trace, region } = await setup(true);
    expect(headings(region)).toBe(trace.steps.length);
  });
});
