import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunSpec, Trace } from '../../../engine/index.ts';
import { recallOf } from '../../../quiz/recall.ts';
import { runOf } from '../../../testing/allRuns.ts';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';
import { Recall } from './Recall.tsx';

afterEach(cleanup);

const SPEC: RunSpec = { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' };

async function setup(params: WorkspaceParams = {}) {
  const { session } = aSession();
  await settled();
  const traces: Trace[] = [];
  const play = vi.fn(async (spec: RunSpec) => {
    const trace = { ...(await runOf(spec)).trace, run: spec };
    traces.push(trace);
    return trace;
  });
  const showInLab = vi.fn();
  const asked: WorkspaceParams[] = [];
  function Page() {
    const [now, setNow] = useState(params);
    return (
      <Recall
        session={Object.assign(session, { play, showInLab, wordsFor: () => Promise.resolve([]) })}
        params={now}
        setParams={next => {
          asked.push(next);
          setNow(next);
        }}
        renderStage={({ scene }) => <div data-testid="stage">step {scene.step}</div>}
        renderSources={() => null}
        renderPair={() => null}
      />
    );
  }
  render(<Page />);
  await screen.findByRole('radiogroup');
  const [trace] = traces;
  if (!trace) throw new Error('a run was played');
  const questions = recallOf(trace);
  return { user: userEvent.setup(), play, showInLab, asked, questions };
}

/** Answers the question on the screen. */
async function answer(user: ReturnType<typeof userEvent.setup>, index: number, confidence: string) {
  const option = screen.getAllByRole('radio')[index];
  if (option) await user.click(option);
  await user.click(screen.getByRole('button', { name: confidence }));
}

describe('Recall', () => {
  it('asks without the picture, which comes with the answer', async () => {
    const { user, questions, play } = await setup();
    expect(play).toHaveBeenCalledWith(expect.objectContaining(SPEC));
    const [first] = questions;
    expect(screen.queryByTestId('stage')).toBeNull();
    const right = first?.options.findIndex(({ id }) => id === first.answerId) ?? -1;
    await answer(user, right, 'Sure');
    expect(screen.getByText('Right.')).toBeTruthy();
    expect(screen.getByTestId('stage').textContent).toBe(`step ${first?.step}`);
  });

  it('needs an answer before it hears how sure one is', async () => {
    const { user } = await setup();
    await user.click(screen.getByRole('button', { name: 'A guess' }));
    expect(screen.getByText('Choose an answer first.')).toBeTruthy();
    expect(screen.queryByTestId('stage')).toBeNull();
  });

  it('takes digits for options', async () => {
    const { user } = await setup();
    screen.getAllByRole('radio')[0]?.focus();
    await user.keyboard('2');
    expect(
      screen
        .getAllByRole<HTMLInputElement>('radio')
        .map(({ checked }) => checked)
        .indexOf(true),
    ).toBe(1);
    await user.keyboard('9');
    expect(screen.getAllByRole<HTMLInputElement>('radio')[1]?.checked).toBe(true);
  });

  it('says at the end what to look at again: what was wrong, and what was a guess', async () => {
    const { user, questions, showInLab } = await setup();
    const plan = [
      { isRight: true, confidence: 'Sure' },
      { isRight: false, confidence: 'Sure' },
      { isRight: true, confidence: 'A guess' },
    ];
    for (const [index, { isRight, confidence }] of plan.entries()) {
      const question = questions[index];
      const right = question?.options.findIndex(({ id }) => id === question.answerId) ?? 0;
      await answer(user, isRight ? right : (right + 1) % (question?.options.length ?? 1), confidence);
      if (!isRight) expect(screen.getByText(/^Not so, and you were sure/)).toBeTruthy();
      await user.click(screen.getByRole('button', { name: index === 2 ? 'To the end' : 'Next question' }));
    }
    expect(document.activeElement?.textContent).toBe('Look at these again');
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    const [link] = screen.getAllByRole('button', { name: /in the lab$/ });
    if (link) await user.click(link);
    expect(showInLab).toHaveBeenCalledWith(expect.objectContaining(SPEC), questions[1]?.step);
  });

  it('goes on with another mode', async () => {
    const { user, asked } = await setup({ spec: 'sse-c.download.https.owner' });
    for (const name of ['Next question', 'Next question', 'To the end']) {
      await answer(user, 0, 'I think so');
      await user.click(screen.getByRole('button', { name }));
    }
    await user.selectOptions(screen.getByRole('combobox', { name: 'Once more with' }), 'cse-aes');
    expect(asked.at(-1)?.spec).toBe('cse-aes.download.https.owner');
    expect(await screen.findByText('Question 1 of 3')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 3 }));
  });

  it('falls back where the address says nonsense', async () => {
    const { play } = await setup({ spec: '__proto__' });
    expect(play).toHaveBeenCalledWith(expect.objectContaining({ mode: 'sse-kms-cmk' }));
  });
});
