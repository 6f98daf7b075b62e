import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunSpec } from '../../../engine/index.ts';
import { runOf } from '../../../testing/allRuns.ts';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';
import { Perform } from './Perform.tsx';

afterEach(cleanup);

async function setup(params: WorkspaceParams = {}) {
  const { session } = aSession();
  await settled();
  const play = vi.fn(async (spec: RunSpec) => ({ ...(await runOf(spec)).trace, run: spec }));
  const showInLab = vi.fn();
  const asked: WorkspaceParams[] = [];
  function Page() {
    const [now, setNow] = useState(params);
    return (
      <Perform
        session={Object.assign(session, { play, showInLab })}
        params={now}
        setParams={next => {
          asked.push(next);
          setNow(next);
        }}
        renderStage={({ scene }) => <div data-testid="stage">{scene.step} on the stage</div>}
        renderSources={() => null}
        renderPair={() => null}
      />
    );
  }
  render(<Page />);
  await screen.findByTestId('stage');
  return { user: userEvent.setup(), play, showInLab, asked };
}

const pick = (name: string | RegExp) => screen.getByRole('radio', { name });
const piece = (name: string | RegExp) => screen.getByRole('checkbox', { name });
const LAST_TWO = { spec: 'sse-kms-cmk.upload.https.owner', level: '2' };
const said = () => screen.getByRole('status').textContent;

describe('Perform', () => {
  it('begins with watching: the moves come one by one, and then the last is yours', async () => {
    const { user, asked } = await setup();
    expect(screen.queryByRole('form')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Next move' }));
    expect(said()).toBe('So it goes on: You send a request to Amazon S3, with report.txt.');
    await user.click(screen.getByRole('button', { name: 'All moves at once' }));
    expect(document.activeElement?.textContent).toBe('The run is complete');
    await user.click(screen.getByRole('button', { name: 'Next: the last move' }));
    expect(asked.at(-1)).toEqual({ spec: 'sse-kms-cmk.upload.https.owner', level: '1' });
    await screen.findByRole('form', { name: 'Your move' });
    expect(said()).toBe('One move is missing. What is it?');
    expect(document.activeElement).toBe(screen.getByRole('status'));
  });

  it('does what is right, explains what is not, and counts both', async () => {
    const { user, showInLab } = await setup(LAST_TWO);
    expect(screen.getByRole('heading', { name: 'Done so far: 10 of 12' })).toBeTruthy();
    const doIt = screen.getByRole('button', { name: 'Do it' });
    await user.click(doIt);
    expect(said()).toBe('Choose who acts, what is done, and where.');

    // The plaintext data key on the disks: it is gone, and it must not lie there.
    await user.click(pick('Amazon S3'));
    await user.click(pick('stores'));
    await user.click(piece(/^data key A/));
    await user.click(pick('disks of Amazon S3'));
    await user.click(doIt);
    expect(said()).toContain('no secret may lie open on the disks of Amazon S3');

    await user.click(piece(/^data key A/));
    await user.click(piece(/^report.txt locked by A/));
    await user.click(piece(/^encrypted data key A/));
    await user.click(doIt);
    expect(said()).toMatch(/^Done: Amazon S3 stores /);
    expect(screen.getByTestId('stage').textContent).toBe('11 on the stage');
    expect(screen.getByText('Tries: 2 · not possible: 1 · shown to you: 0')).toBeTruthy();

    await user.click(pick('Amazon S3'));
    await user.click(pick('answers'));
    await user.click(pick('your side'));
    await user.click(doIt);
    const summary = screen.getByRole('region', { name: 'How it went' });
    expect(document.activeElement?.textContent).toBe('The run is complete');
    expect(within(summary).getAllByRole('listitem')).toHaveLength(1);
    expect(showInLab).not.toHaveBeenCalled();
  });

  it('leads from a mistake to the step that shows it', async () => {
    const { user, showInLab } = await setup(LAST_TWO);
    await user.click(pick('Amazon S3'));
    await user.click(pick('answers'));
    await user.click(pick('your side'));
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    expect(said()).toContain('It is too early to answer');
    await user.click(screen.getByRole('button', { name: 'Show me the next move' }));
    await user.click(screen.getByRole('button', { name: 'Show me the next move' }));
    await user.click(screen.getByRole('button', { name: /^See step \d+ in the lab$/ }));
    expect(showInLab).toHaveBeenCalledWith(
      { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' },
      expect.any(Number),
    );
  });

  it('takes moves back, but none of those given', async () => {
    const { user } = await setup(LAST_TWO);
    const undo = screen.getByRole<HTMLButtonElement>('button', { name: 'Undo' });
    expect(undo.disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Show me the next move' }));
    expect(screen.getByTestId('stage').textContent).toBe('11 on the stage');
    await user.click(undo);
    expect(screen.getByTestId('stage').textContent).toBe('10 on the stage');
    expect(said()).toMatch(/^Taken back: Amazon S3 stores/);
    expect(undo.disabled).toBe(true);
  });

  it('asks neither with what nor to where of a gate', async () => {
    const { user } = await setup({ ...LAST_TWO, level: '4' });
    await user.click(pick('lets the request pass'));
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.queryByRole('group', { name: /^To where/ })).toBeNull();
    await user.click(pick('Amazon S3'));
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    expect(said()).toContain('Nobody has asked Amazon S3 for anything yet.');
  });

  it.each([
    { spec: 'no such thing', level: '99' },
    { spec: '__proto__', level: '-1' },
  ])('falls back where the address says nonsense: $spec', async params => {
    const { play } = await setup(params);
    expect(play).toHaveBeenCalledWith({
      mode: 'sse-kms-cmk',
      operation: 'upload',
      transport: 'https',
      principal: 'owner',
    });
    expect(screen.getByRole('button', { name: 'Watch', pressed: true })).toBeTruthy();
  });

  it('plays another mode when it is chosen', async () => {
    const { user, play } = await setup(LAST_TWO);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Mode' }), 'sse-c');
    expect(play.mock.lastCall?.[0].mode).toBe('sse-c');
    expect(await screen.findByRole('checkbox', { name: /^customer key/ })).toBeTruthy();
  });
});
