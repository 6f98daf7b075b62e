import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { MODES, type RunSpec } from '../../../engine/index.ts';
import { aSession, settled, traceFor } from '../../../testing/sessionHarness.ts';
import { formatSpec, parseSpec } from '../../session/specText.ts';
import { Onward } from './Onward.tsx';
import { waysOn } from './onward.ts';

afterEach(cleanup);

const SPEC: RunSpec = {
  mode: 'sse-kms-cmk',
  operation: 'download',
  transport: 'http',
  principal: 's3-admin',
  seed: 'a b',
};
const line = () => screen.queryByRole('navigation', { name: 'Go on from this run' });

async function setup(hash = '#v=1&mode=sse-s3&op=upload&step=1') {
  const { session } = aSession({ hash });
  await settled();
  render(<Onward session={session} />);
  return { session, user: userEvent.setup() };
}

describe('the ways on from a run', () => {
  it('lead to questions and to performing about this very run, whoever asked, over whichever line', () => {
    const [recall, perform] = waysOn({ run: SPEC });
    expect(recall).toMatchObject({ name: 'recall', params: { spec: formatSpec(SPEC) } });
    expect(perform).toMatchObject({ name: 'perform', params: { spec: formatSpec(SPEC) } });
    expect(parseSpec(perform?.params.spec ?? '')).toEqual(SPEC);
  });

  it.each(MODES)('compare %s with another mode that differs in nothing else', mode => {
    const run: RunSpec = { ...SPEC, mode };
    const { left = '', right = '' } = waysOn({ run }).find(({ name }) => name === 'compare')?.params ?? {};
    expect(parseSpec(left)).toEqual(run);
    const other = parseSpec(right);
    expect(other?.mode).not.toBe(mode);
    expect({ ...other, mode }).toEqual(run);
  });

  it.each<[string, Partial<RunSpec>]>([
    ['a lesson', { lesson: { id: 'range', act: 0 } }],
    ['an experiment', { experiment: { id: 'throttled', act: 0 } }],
    ['a changed run', { fork: { after: 1, change: { kind: 'transport', transport: 'http' } } }],
    ['an attack', { attack: { leaks: ['disk'] } }],
  ])('are none from %s, which has its own', (_what, more) => {
    expect(waysOn({ run: { ...SPEC, ...more } })).toEqual([]);
  });
});

describe('the line at the end of a run', () => {
  it('is there at the last step only', async () => {
    const { session } = await setup();
    expect(line()).toBeNull();
    session.actions.last();
    expect(await screen.findByRole('navigation')).toBeTruthy();
    session.actions.previous();
    await expect.poll(line).toBeNull();
  });

  it('opens the page that is chosen, with the run', async () => {
    const { session, user } = await setup();
    session.actions.last();
    const nav = await screen.findByRole('navigation');
    const names = within(nav).getAllByRole('button');
    expect(names.map(({ textContent }) => textContent)).toEqual([
      'Three questions without the picture',
      'Perform it yourself',
      'Compare with SSE-KMS own key',
    ]);
    await user.click(screen.getByRole('button', { name: 'Three questions without the picture' }));
    expect(session.getState().workspace).toMatchObject({
      name: 'recall',
      params: { spec: 'sse-s3.upload.https.owner' },
    });
  });

  it('is not there after an act of a lesson', async () => {
    const { session } = await setup('#v=1&lesson=swap-v2&act=1');
    expect(traceFor(session.getState().spec).run.lesson).toBeTruthy();
    session.actions.last();
    await settled();
    expect(line()).toBeNull();
  });
});
