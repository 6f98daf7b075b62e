import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunSpec, runDownload, storeUnrecorded, type Trace } from '../../../engine/index.ts';
import { NOTE } from '../../../testing/allRuns.ts';
import { aSession, fakeLab, settled } from '../../../testing/sessionHarness.ts';
import { ForkForm } from './ForkForm.tsx';

afterEach(cleanup);
const SPEC: RunSpec = { mode: 'sse-kms-cmk', operation: 'download', transport: 'https', principal: 'owner', seed: 's' };

async function setup(spec: RunSpec = SPEC) {
  const { seed: _seed, ...plain } = spec;
  const run = (await runDownload(SPEC, await storeUnrecorded(SPEC, NOTE), { name: 'n', length: 9 })).trace;
  const trace: Trace = { ...run, run: plain };
  const { session } = aSession({ lab: fakeLab(() => ({ type: 'done', trace })) });
  await settled();
  render(<ForkForm session={session} />);
  return { session, trace, user: userEvent.setup() };
}
const choices = () => screen.getAllByRole('button').map(button => button.textContent);

describe('ForkForm', () => {
  it('offers what can be changed now, and opens both futures under one seed', async () => {
    const { session, user } = await setup();
    await user.click(screen.getByRole('button', { name: /^Disable the KMS key/ }));
    const { workspace } = session.getState();
    expect(workspace?.name).toBe('compare');
    const { left = '', right = '' } = workspace?.params ?? {};
    expect(left).toMatch(/^sse-kms-cmk\.download\.https\.owner\.seed-fork-[0-9a-f]{8}$/);
    expect(right).toBe(left.replace('.seed', '.fork-1-key-Disabled.seed'));
  });

  it('turns over the byte that is asked for', async () => {
    const { session, user } = await setup();
    const field = screen.getByRole('textbox', { name: /ciphertext/ });
    await user.clear(field);
    await user.type(field, '17');
    await user.click(screen.getByRole('button', { name: /bit in a byte of the ciphertext/ }));
    expect(session.getState().workspace?.params.right).toContain('fork-1-flip-ciphertext-17');
  });

  it('does not offer another person once the request is signed, and says what is too late', async () => {
    const { session, trace } = await setup();
    expect(choices().some(text => text?.startsWith('Let '))).toBe(false);
    cleanup();
    session.actions.goToStep(trace.steps.length - 1);
    render(<ForkForm session={session} />);
    expect(choices()).toContain(
      'Take away the permission kms:DecryptThe gate has decided already: this run will not notice.',
    );
    expect(choices().some(text => text?.includes('bit in'))).toBe(false);
  });

  it('lets experiments and changed runs go their own way', async () => {
    await setup({ ...SPEC, experiment: { id: 'two-gates', act: 0 } });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText(/go their own way/)).toBeTruthy();
  });
});
