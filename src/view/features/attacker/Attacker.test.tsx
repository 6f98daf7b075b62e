import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LEAK_TEXTS } from '../../../content/attacker.ts';
import { LEAKS, MODES, type RunSpec } from '../../../engine/index.ts';
import { aSession, fakeLab, traceFor } from '../../../testing/sessionHarness.ts';
import type { Session } from '../../session/session.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';
import { Attacker } from './Attacker.tsx';

afterEach(cleanup);

/** The page over a session; `seen` gets every address it asks for. */
function Page({ session, start, seen }: { session: Session; start: WorkspaceParams; seen: WorkspaceParams[] }) {
  const [params, setParams] = useState(start);
  return (
    <Attacker
      session={session}
      params={params}
      setParams={next => {
        seen.push(next);
        setParams(next);
      }}
      renderStage={({ label }) => <div role="img" aria-label={label ?? 'stage'} />}
      renderSources={facts => <span>{facts.join(' ')}</span>}
      renderPair={() => null}
    />
  );
}

/** A lab in which disks open nothing, and everything else does. */
function labOf(): ReturnType<typeof fakeLab> {
  return fakeLab((spec: RunSpec) => {
    const trace = traceFor(spec);
    const isOpen = !(spec.attack?.leaks.join() === 'disk');
    const outcome = isOpen ? { isOk: true } : { isOk: false, code: 'NothingOpened', message: 'Nothing opened.' };
    return { type: 'done', trace: { ...trace, outcome } };
  });
}

const open = (start: WorkspaceParams = {}) => {
  const { session } = aSession({ lab: labOf() });
  const seen: WorkspaceParams[] = [];
  render(<Page session={session} start={start} seen={seen} />);
  return { session, seen };
};

describe('the page of the attacker', () => {
  it('offers every leak as a switch, with the one of the address on', async () => {
    open({ leaks: 'network.kms-use' });
    for (const leak of LEAKS) {
      const one = await screen.findByRole('switch', { name: LEAK_TEXTS[leak].label });
      expect(one.getAttribute('aria-checked')).toBe(String(leak === 'network' || leak === 'kms-use'));
    }
  });

  it('tries every mode and says how each came out', async () => {
    open();
    expect(await screen.findAllByText('0 of 9 modes open')).not.toHaveLength(0);
    const list = screen.getByRole('region', { name: 'What opens, what stays shut' });
    expect(within(list).getAllByRole('button')).toHaveLength(MODES.length);
    expect(within(list).queryByText('Opens')).toBeNull();
    await userEvent.click(screen.getByRole('switch', { name: LEAK_TEXTS['access-key'].label }));
    expect(await screen.findAllByText('9 of 9 modes open')).not.toHaveLength(0);
  });

  it('writes what is chosen into the address', async () => {
    const { seen } = open({ leaks: 's3-memory', at: '3' });
    await userEvent.click(await screen.findByRole('button', { name: 'SSE-C' }));
    expect(seen.at(-1)).toEqual({ leaks: 's3-memory', mode: 'sse-c' });
    await userEvent.click(screen.getByRole('button', { name: 'plain HTTP' }));
    expect(seen.at(-1)).toEqual({ leaks: 's3-memory', mode: 'sse-c', net: 'http' });
  });

  it('plays the attack of the chosen mode step by step, and opens it in the lab where it stands', async () => {
    const { session } = open();
    const shown = vi.spyOn(session, 'showInLab').mockImplementation(() => undefined);
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    await userEvent.click(screen.getByRole('button', { name: 'Open in the lab' }));
    expect(shown).toHaveBeenCalledWith(expect.objectContaining({ attack: { leaks: ['disk'] } }), 2);
    await userEvent.click(screen.getByRole('button', { name: 'First' }));
    expect(screen.getByText(/^Step 1 of/)).toBeTruthy();
    expect(screen.getByRole('img', { name: /Stage of the attack on SSE-KMS own key/ })).toBeTruthy();
  });

  it('shows the moments of the upload for a look into S3’s memory', async () => {
    const { seen } = open({ leaks: 's3-memory' });
    const slider = await screen.findByRole('slider');
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^after step \d+ of \d+/);
    expect(screen.getByText(/This is the worst moment/)).toBeTruthy();
    slider.focus();
    expect(seen).toEqual([]);
  });

  it('says so when an attack cannot be run', async () => {
    const { session } = aSession({ lab: fakeLab(() => ({ type: 'failed', message: 'No room for this object.' })) });
    render(<Page session={session} start={{}} seen={[]} />);
    expect(await screen.findByText('No room for this object.')).toBeTruthy();
  });

  it('stands whatever the address says', async () => {
    open({ leaks: '__proto__.disk', mode: 'constructor', net: 'x', at: '99999999999' });
    expect(await screen.findAllByText('0 of 9 modes open')).not.toHaveLength(0);
  });
});
