import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Myth } from '../../../content/myths.ts';
import { type ExperimentPlan, type RunSpec, runUpload, type Trace } from '../../../engine/index.ts';
import { aSession } from '../../../testing/sessionHarness.ts';
import { Myths } from './Myths.tsx';

afterEach(cleanup);

const myth = (id: string, part: Partial<Myth>): Myth => ({
  id: `myth-${id}`,
  claim: `claim ${id}`,
  verdict: 'wrong',
  right: `right ${id}`,
  why: `why ${id}`,
  facts: ['F-GEN-003'],
  notes: [],
  ...part,
});
const run = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' } as const;
const plan: ExperimentPlan = {
  id: 'some-experiment',
  mode: 'sse-s3',
  acts: [
    { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
    { name: 'broken', operation: 'upload', does: [{ do: 'upload' }] },
  ],
  shows: { act: 'healthy', is: { has: { step: 's3.encrypt' } } },
  options: {},
};
const myths = [
  myth('proved', { proof: { run, shows: { has: { step: 's3.wrapDataKey' } } }, notes: [9] }),
  myth('old', { verdict: 'outdated', because: 'It is a name.' }),
  myth('played', { experiment: 'some-experiment' }),
  myth('unplayed', { experiment: 'no-such-experiment' }),
];

async function play(spec: RunSpec): Promise<Trace> {
  const bytes = new TextEncoder().encode('a note');
  const { trace } = await runUpload(spec, { name: 'note.txt', type: 'text/plain', bytes });
  return trace;
}

function setup(id = '', player = play) {
  const opened: [RunSpec, number | undefined][] = [];
  const { session } = aSession();
  const withRuns = Object.assign(session, {
    play: player,
    showInLab: (spec: RunSpec, step?: number) => {
      opened.push([spec, step]);
    },
  });
  render(
    <Myths
      myths={myths}
      plans={[plan]}
      session={withRuns}
      params={{ id }}
      setParams={() => undefined}
      renderStage={() => null}
      renderSources={(facts, about) => `${about}: ${facts.join(' ')}`}
      renderPair={() => null}
    />,
  );
  const card = (name: string) => within(screen.getByRole('article', { name: new RegExp(`claim ${name}`) }));
  return { user: userEvent.setup(), opened, card };
}

describe('Myths', () => {
  it('tells no verdict before one has judged', () => {
    setup();
    expect(document.body.textContent).not.toMatch(/right proved|why proved|Watch it|F-GEN-003/);
    expect(screen.getAllByRole('group', { name: 'Is that right?' })).toHaveLength(myths.length);
  });

  it('puts the verdict beside what was said, and counts', async () => {
    const { user, card } = setup();
    await user.click(card('proved').getByRole('button', { name: 'No' }));
    expect(card('proved').getByText(/As you said/)).toBeTruthy();
    expect(card('proved').getByText('claim proved: F-GEN-003', { exact: false })).toBeTruthy();
    await user.click(card('old').getByRole('button', { name: 'Yes' }));
    expect(card('old').getByText('It was right once.')).toBeTruthy();
    expect(card('old').getByText(/You said “Yes”/)).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('4 claims; you judged 2, 1 of them right');
  });

  it('opens the refuting run at the step that refutes', async () => {
    const { user, card, opened } = setup();
    await user.click(card('proved').getByRole('button', { name: 'No' }));
    await user.click(card('proved').getByRole('button', { name: 'Watch it' }));
    await expect.poll(() => opened.length).toBe(1);
    const [[spec, step] = []] = opened;
    expect(spec).toMatchObject(run);
    const trace = spec && (await play(spec));
    expect(trace?.steps[(step ?? 0) - 1]?.name).toBe('s3.wrapDataKey');
  });

  it('opens another act when it is that act which shows it', async () => {
    const { user, card, opened } = setup();
    await user.click(card('played').getByRole('button', { name: 'No' }));
    await user.click(card('played').getByRole('button', { name: 'Watch it' }));
    await expect.poll(() => opened.length).toBe(1);
    expect(opened[0]?.[0].experiment).toEqual({ id: 'some-experiment', act: 0 });
    expect(card('played').getByRole('link', { name: 'Try the experiment' }).getAttribute('href')).toBe(
      '#v=1&page=experiments&id=some-experiment',
    );
  });

  it('says why nothing can be watched, and offers nothing that is not there', async () => {
    const { user, card } = setup();
    await user.click(card('old').getByRole('button', { name: 'No' }));
    expect(card('old').getByText('No run shows this. It is a name.')).toBeTruthy();
    await user.click(card('unplayed').getByRole('button', { name: 'No' }));
    for (const name of ['old', 'unplayed']) expect(card(name).queryByRole('button', { name: 'Watch it' })).toBeNull();
    expect(card('unplayed').queryByRole('link')).toBeNull();
  });

  it('says when the run failed', async () => {
    const { user, card } = setup('', () => Promise.reject(new Error('The lab stopped.')));
    await user.click(card('proved').getByRole('button', { name: 'No' }));
    await user.click(card('proved').getByRole('button', { name: 'Watch it' }));
    expect((await card('proved').findByRole('alert')).textContent).toContain('The lab stopped.');
  });

  it('finds claims by words, and leads to the one that the address names', async () => {
    const { user } = setup('myth-old');
    expect(document.activeElement).toBe(screen.getByRole('article', { name: /claim old/ }));
    await user.type(screen.getByRole('searchbox'), 'unplayed');
    expect(screen.getAllByRole('article')).toHaveLength(1);
  });
});
