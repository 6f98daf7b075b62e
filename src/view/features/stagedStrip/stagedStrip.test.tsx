import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { EXPERIMENT_TEXTS } from '../../../content/experiments/all.ts';
import { EXPERIMENT_PLANS, experimentSpecOf, LEAKS, type RunSpec } from '../../../engine/index.ts';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { formatLink } from '../../session/urlState.ts';
import { StagedStrip } from './StagedStrip.tsx';
import { findStaged } from './stagedWords.ts';

afterEach(cleanup);

const BASE: RunSpec = { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner', seed: 's' };

async function setup(spec: RunSpec) {
  const { session } = aSession({ hash: formatLink({ spec, step: 1 }) });
  await settled();
  const { container } = render(<StagedStrip session={session} />);
  return { session, container, user: userEvent.setup() };
}

describe('what a run of a page says of itself', () => {
  it.each(EXPERIMENT_PLANS.map(plan => [plan.id, plan] as const))(
    'every act of %s has its title and its way back',
    (id, plan) => {
      for (const [index, act] of plan.acts.entries()) {
        const spec = experimentSpecOf({ plan }, act.name);
        const staged = findStaged(spec);
        // An act that is one of a lesson is the lesson's on the stage.
        expect(spec.lesson).toEqual(act.lesson);
        if (act.lesson) continue;
        expect(staged?.title).toBe(EXPERIMENT_TEXTS[id]?.title);
        expect(staged?.detail).toMatch(new RegExp(`^Act ${index + 1} of ${plan.acts.length}: [A-Z]`));
        expect(staged?.back).toMatchObject({ name: 'experiments', params: { id, stage: 'outcome' } });
      }
    },
  );

  it('keeps the byte that the learner had turned over', () => {
    const run: RunSpec = { ...BASE, experiment: { id: 'flip-tag', act: 1, byte: 3 } };
    expect(findStaged(run)?.back.params).toEqual({ id: 'flip-tag', stage: 'outcome', byte: '3' });
  });

  it.each([
    ['an ordinary run', BASE],
    ['a lesson', { ...BASE, lesson: { id: 'range', act: 0 } }],
    ['an experiment that there is not', { ...BASE, experiment: { id: 'constructor', act: 0 } }],
    ['an act that there is not', { ...BASE, experiment: { id: 'flip-tag', act: 999_999 } }],
  ] as const)('is nothing for %s', (_what, run) => {
    expect(findStaged(run)).toBeUndefined();
  });

  it.each([
    [0, 'Changed before the first step: the line is plain HTTP'],
    [3, 'Changed after step 3: the line is plain HTTP'],
  ])('names the change after step %i and leads to both futures', (after, title) => {
    const run: RunSpec = { ...BASE, fork: { after, change: { kind: 'transport', transport: 'http' } } };
    const { back, ...words } = findStaged(run) ?? {};
    expect(words).toEqual({ kind: 'Changed run', title });
    expect(back).toEqual({
      name: 'compare',
      params: {
        left: 'sse-kms-cmk.upload.https.owner.seed-s',
        right: `sse-kms-cmk.upload.https.owner.fork-${after}-over-http.seed-s`,
      },
      words: 'Side by side',
    });
  });

  it.each([
    [[], 'The attacker holds nothing'],
    [['disk'], 'The attacker holds the disks'],
    [
      ['disk', 'network', 'kms-use'],
      'The attacker holds the disks, a recording of the line and the right to use the KMS key',
    ],
  ] as const)('says what leaked: %j', (leaks, title) => {
    const staged = findStaged({ ...BASE, transport: 'http', attack: { leaks } });
    expect(staged?.title).toBe(title);
    expect(staged?.back).toMatchObject({
      name: 'attacker',
      params: { leaks: leaks.join('.'), mode: 'sse-kms-cmk', net: 'http' },
    });
  });

  it('has words for every leak', () => {
    expect(findStaged({ ...BASE, attack: { leaks: LEAKS, memoryAt: 9 } })).toMatchObject({
      detail: 'S3’s memory after step 9 of the upload',
      back: { params: { at: '9' } },
    });
  });
});

describe('StagedStrip', () => {
  it('is not there above an ordinary run', async () => {
    const { container } = await setup(BASE);
    expect(container.textContent).toBe('');
  });

  it('names experiment and act, and leads back to the outcome', async () => {
    const { session, user } = await setup({ ...BASE, experiment: { id: 'throttled', act: 1 } });
    const title = EXPERIMENT_TEXTS.throttled?.title;
    const strip = screen.getByRole('region', { name: `Experiment: ${title}` });
    expect(strip.textContent).toContain('Act 2 of 3: This time');
    await user.click(screen.getByRole('button', { name: 'Back to the experiment' }));
    expect(session.getState().workspace).toMatchObject({
      name: 'experiments',
      params: { id: 'throttled', stage: 'outcome' },
    });
  });

  it('says what was changed and when, and leads to both futures side by side', async () => {
    const { session, user } = await setup({
      ...BASE,
      fork: { after: 3, change: { kind: 'key-state', state: 'Disabled' } },
    });
    expect(
      screen.getByRole('region', { name: 'Changed run: Changed after step 3: the KMS key is disabled' }),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Side by side' }));
    expect(session.getState().workspace?.name).toBe('compare');
  });
});
