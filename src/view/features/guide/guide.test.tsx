import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { GUIDE_MODES, REQUIREMENTS, STEMS } from '../../../content/guide.ts';
import { EXPERIMENT_PLANS, type RunSpec, runExperiment, type Trace } from '../../../engine/index.ts';
import { runOf } from '../../../testing/allRuns.ts';
import { aSession } from '../../../testing/sessionHarness.ts';
import type { Session } from '../../session/session.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';
import { Guide } from './Guide.tsx';
import { readParams, writeParams } from './guideParams.ts';

afterEach(cleanup);

/** Plain runs and acts of experiments, by the engine itself. */
async function playReally(spec: RunSpec): Promise<Trace> {
  const { experiment } = spec;
  if (!experiment && !spec.lesson) return (await runOf(spec)).trace;
  const plan = EXPERIMENT_PLANS.find(({ id }) => id === (experiment?.id ?? 'client-key-lost'));
  const results = plan ? await runExperiment({ plan }) : {};
  const name = plan?.acts[experiment?.act ?? 1]?.name ?? '';
  const trace = results[name]?.trace;
  if (!trace) throw new Error(`no act ${name}`);
  return trace;
}

/** The page over a session whose runs are real; what it shows in the lab is noted. */
function setup(start: WorkspaceParams = {}, play?: (spec: RunSpec) => Promise<Trace>) {
  const shown: { spec: RunSpec; step: number | undefined }[] = [];
  const opened: (string | undefined)[] = [];
  const session: Session = {
    ...aSession().session,
    play: play ?? playReally,
    openWorkspace: (_name, params) => {
      opened.push(params?.id);
    },
    showInLab: (spec, step) => {
      shown.push({ spec, step });
    },
  };
  let address: WorkspaceParams = start;
  function Frame() {
    const [params, setParams] = useState(start);
    return (
      <Guide
        session={session}
        params={params}
        setParams={next => {
          address = next;
          setParams(next);
        }}
        renderStage={() => null}
        renderSources={(facts, about) => <span>{`${about}: ${facts.join(' ')}`}</span>}
        renderPair={() => null}
      />
    );
  }
  render(<Frame />);
  return { user: userEvent.setup(), shown, opened, params: () => address, session };
}

const advised = () => screen.getAllByRole('heading', { level: 3 }).find(({ id }) => id === 'guide-advice')?.textContent;

describe('Guide', () => {
  it('begins with what S3 does by itself', () => {
    setup();
    expect(advised()).toBe('SSE-S3');
    expect(screen.getByText(/^Nothing asked yet/)).toBeTruthy();
  });

  it('has a switch for each requirement, in the words of exams, and advises at once', async () => {
    const { user, params } = setup();
    expect(screen.getAllByRole('switch')).toHaveLength(REQUIREMENTS.length);
    const control = screen.getByRole('switch', { name: 'Control of the key' });
    expect(control.textContent).toContain('when the key rotates');
    await user.click(control);
    expect(control.getAttribute('aria-checked')).toBe('true');
    expect(advised()).toBe('SSE-KMS with a customer managed key');
    expect(params()).toEqual({ needs: 'control' });
    await user.click(control);
    expect(advised()).toBe('SSE-S3');
    expect(params()).toEqual({});
  });

  it('says why, what to send, and why not another mode', () => {
    setup({ needs: 'audit.control' });
    const why = within(screen.getByRole('list', { name: 'Why' }));
    expect(why.getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText('x-amz-server-side-encryption: aws:kms')).toBeTruthy();
    const others = within(screen.getByRole('region', { name: 'Why not another one' }));
    expect(others.getAllByRole('listitem')).toHaveLength(GUIDE_MODES.length - 1);
    expect(others.getByText(/And 1 more thing that you asked for/)).toBeTruthy();
    expect(others.getAllByText('It would do, but asks for more.')).toHaveLength(2);
  });

  it('names what cannot be had together, and the nearest modes', () => {
    setup({ needs: 'audit.public-read' });
    expect(advised()).toBe('No mode that does all of this');
    expect(screen.getByRole('list', { name: 'Conflicts' }).textContent).toBe(
      '“Audit of each key use” and “Anonymous visitors read”',
    );
    expect(within(screen.getByRole('list', { name: 'Nearest modes' })).getAllByRole('listitem')).toHaveLength(5);
  });

  it('takes a whole question, and forgets it when it is changed', async () => {
    const { user } = setup();
    const select = screen.getByRole<HTMLSelectElement>('combobox', { name: /^Start from a question/ });
    await user.selectOptions(select, STEMS[8]?.text ?? '');
    expect(advised()).toBe('SSE-C');
    await user.click(screen.getByRole('switch', { name: 'Two layers of encryption' }));
    expect(select.value).toBe('-1');
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(advised()).toBe('SSE-S3');
  });

  it('opens the run that shows a reason, in the lab, at its step', async () => {
    const { user, shown } = setup({ needs: 'separation' });
    await user.click(screen.getByRole('button', { name: 'See it: Administrators cannot read under SSE-KMS own key' }));
    await expect.poll(() => shown).toHaveLength(1);
    const spec = { mode: 'sse-kms-cmk', operation: 'download', transport: 'https', principal: 's3-admin' } as const;
    const { trace } = await runOf(spec);
    expect(shown[0]?.spec).toEqual(spec);
    expect(trace.steps[(shown[0]?.step ?? 0) - 1]?.name).toBe('kms.authorize');
  });

  it('says why a run could not be shown', async () => {
    const { user, shown } = setup({}, () => Promise.reject(new Error('The object is larger than 64 MiB.')));
    await user.click(screen.getByRole('button', { name: /^See it/ }));
    expect((await screen.findByRole('alert')).textContent).toBe('The object is larger than 64 MiB.');
    expect(shown).toEqual([]);
  });

  it('opens a cell of the table: reason, sources and run', async () => {
    const { user, params } = setup();
    const row = screen.getByRole('row', { name: /^No key at AWS/ });
    const cells = within(row).getAllByRole('button');
    await user.click(cells[GUIDE_MODES.indexOf('sse-c')] as HTMLElement);
    expect(params()).toEqual({ cell: 'no-key-at-aws.sse-c' });
    expect(screen.getByText('S3 does not keep your key, but it holds it while it works.')).toBeTruthy();
    expect(screen.getByText(/What decides: an upload over HTTPS by the owner/)).toBeTruthy();
    await user.click(within(row).getByRole('button', { expanded: true }));
    expect(params()).toEqual({});
  });

  it('leads from a cell to the experiment that shows it', async () => {
    const { user, opened, shown } = setup({ cell: 'cross-account.sse-kms-aws' });
    await user.click(screen.getByRole('button', { name: /^See it in the lab/ }));
    await expect.poll(() => shown[0]?.spec.experiment).toEqual({ id: 'cross-account-aws-s3', act: 1 });
    await user.click(screen.getByRole('button', { name: 'Do the experiment' }));
    expect(opened).toEqual(['cross-account-aws-s3']);
  });

  it('checks every cell by running it, and marks it', async () => {
    const { user } = setup();
    await user.click(screen.getByRole('button', { name: 'Check every cell by running it' }));
    const all = REQUIREMENTS.length * GUIDE_MODES.length;
    await expect.poll(() => screen.queryAllByText(`${all} of ${all} hold.`).length, { timeout: 20_000 }).toBe(2);
    expect(screen.getAllByText('checked')).toHaveLength(all);
    expect(screen.queryByText('run disagrees')).toBeNull();
  }, 30_000);

  it('says so when a run disagrees with the table', async () => {
    const { trace } = await runOf({ mode: 'none', operation: 'upload', transport: 'http', principal: 'owner' });
    const { user } = setup({}, () => Promise.resolve(trace));
    await user.click(screen.getByRole('button', { name: 'Check every cell by running it' }));
    await expect.poll(() => screen.queryAllByText('run disagrees').length).toBeGreaterThan(50);
  });
});

describe('the address of the guide', () => {
  it('gives back what was written', () => {
    const params = { needs: ['audit', 'plain-http'], cell: { requirement: 'control', mode: 'cse-rsa' } } as const;
    expect(readParams(writeParams(params))).toEqual(params);
  });

  it.each([
    [{ needs: '__proto__.audit.audit.%00.x' }, { needs: ['audit'] }],
    [{ needs: `${'a.'.repeat(100_000)}audit` }, { needs: [] }],
    [{ cell: 'audit.none' }, { needs: [] }],
    [{ cell: 'constructor.sse-c' }, { needs: [] }],
    [JSON.parse('{"__proto__":{"needs":"audit"}}') as WorkspaceParams, { needs: [] }],
  ])('passes over what it does not know: %j', (params, read) => {
    expect(readParams(params)).toEqual(read);
  });
});
