import { act, cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ExperimentText } from '../../../content/experiments/text.ts';
import {
  EXPERIMENT_PLANS,
  type ExperimentPlan,
  type RunSpec,
  runExperiment,
  type Trace,
} from '../../../engine/index.ts';
import { aSession } from '../../../testing/sessionHarness.ts';
import type { PairProps, WorkspaceParams } from '../../workspace/workspace.ts';
import { Experiments } from './Experiments.tsx';
import type { PlayedStorage } from './played.ts';

afterEach(cleanup);

const disabled: ExperimentPlan = {
  id: 'test-disabled',
  mode: 'sse-kms-cmk',
  setup: [{ do: 'upload' }],
  acts: [
    { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
    {
      name: 'broken',
      operation: 'download',
      before: [{ do: 'kms', as: 'administrator', operation: 'DisableKey', body: { KeyId: '{key}' } }],
      does: [{ do: 'download' }],
    },
    { name: 'a-look-again', operation: 'download', does: [{ do: 'download' }] },
    {
      name: 'fixed',
      operation: 'download',
      before: [{ do: 'kms', as: 'administrator', operation: 'EnableKey', body: { KeyId: '{key}' } }],
      does: [{ do: 'download' }],
    },
  ],
  shows: { has: { verb: 'denied', settledBy: 'key-state' } },
  options: { opens: { ends: { isOk: true } }, shut: { ends: { isOk: false, status: 400 } } },
};
const flip = EXPERIMENT_PLANS.find(({ id }) => id === 'flip-tag');
if (!flip) throw new Error('there is no experiment whose tag is flipped');

const textOf = (title: string, options: ExperimentText['options']): ExperimentText => ({
  title,
  line: `line of ${title}`,
  situation: `situation of ${title}`,
  question: `question of ${title}?`,
  options,
  why: `why of ${title}: \`code\``,
  rule: `rule of ${title}`,
  fix: `fix of ${title}`,
  fixed: `fixed of ${title}`,
  facts: ['F-KSM-083'],
  exams: ['SCS-C03'],
  topics: ['KMS keys'],
});
const texts = {
  'test-disabled': textOf('Disabled', {
    opens: { text: 'it opens', refutes: 'it does not, since' },
    shut: { text: 'it stays shut' },
  }),
  'flip-tag': {
    ...textOf('Flipped', Object.fromEntries(Object.keys(flip.options).map(id => [id, { text: `option ${id}` }]))),
    topics: ['integrity'] as const,
  },
};
const plans = [disabled, flip];

const played = new Map<string, Promise<Readonly<Record<string, { readonly trace: Trace }>>>>();
async function play({ experiment, seed = '' }: RunSpec): Promise<Trace> {
  const plan = plans.find(({ id }) => id === experiment?.id);
  if (!plan || !experiment) throw new Error('no such experiment.');
  const { act: index, byte } = experiment;
  const name = `${plan.id}/${byte}`;
  const all = played.get(name) ?? runExperiment({ plan, seed, ...(byte === undefined ? {} : { byte }) });
  played.set(name, all);
  const result = (await all)[plan.acts[index]?.name ?? ''];
  if (!result) throw new Error('no such act.');
  return { ...result.trace, run: { ...result.trace.run, experiment } };
}

function memory(content: Record<string, string> = {}): PlayedStorage & { readonly content: Record<string, string> } {
  return {
    content,
    getItem: name => content[name] ?? null,
    setItem: (name, value) => {
      content[name] = value;
    },
    removeItem: name => {
      delete content[name];
    },
  };
}

interface Wishes {
  readonly params?: WorkspaceParams;
  readonly storage?: ReturnType<typeof memory>;
  readonly player?: typeof play;
}

function setup({ params = {}, storage = memory(), player = play }: Wishes = {}) {
  const { session } = aSession();
  const seen: { params: WorkspaceParams; opened: [RunSpec, number | undefined][]; asked: RunSpec[] } = {
    params,
    opened: [],
    asked: [],
  };
  const withRuns = Object.assign(session, {
    play: (spec: RunSpec) => {
      seen.asked.push(spec);
      return player(spec);
    },
    showInLab: (spec: RunSpec, step?: number) => {
      seen.opened.push([spec, step]);
    },
  });
  const renderPair = ({ left, right, row }: PairProps) => (
    <p data-testid="pair">
      {left.label}, {left.trace.outcome.isOk ? 'well' : 'badly'}; {right.label},{' '}
      {right.trace.outcome.isOk ? 'well' : 'badly'}; row {row ?? 'none'}
    </p>
  );
  function Page() {
    const [now, setNow] = useState(params);
    seen.params = now;
    return (
      <Experiments
        plans={plans}
        texts={texts}
        storage={storage}
        session={withRuns}
        params={now}
        setParams={setNow}
        renderStage={() => null}
        renderSources={(facts, about) => `${about}: ${facts.join(' ')}`}
        renderPair={renderPair}
      />
    );
  }
  render(<Page />);
  return { user: userEvent.setup(), seen, storage };
}

const run = async (user: ReturnType<typeof userEvent.setup>, answer: string, sure = 'I am sure') => {
  await user.click(screen.getByRole('radio', { name: answer }));
  await user.click(screen.getByRole('radio', { name: sure }));
  await user.click(screen.getByRole('button', { name: 'Run it' }));
};
const happened = () => screen.findByRole('heading', { name: /^What happened/ });

describe('the list of experiments', () => {
  it('groups them by topic and opens the one that is chosen', async () => {
    const { user, seen } = setup();
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'KMS keys',
      'Integrity',
    ]);
    await user.click(screen.getByRole('button', { name: /^Disabled/ }));
    expect(seen.params).toEqual({ id: 'test-disabled' });
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Disabled' }));
  });

  it('finds by word, topic and exam, and says how many', async () => {
    const { user, seen } = setup();
    await user.type(screen.getByRole('searchbox'), 'flipped');
    expect(screen.getByRole('status').textContent).toBe('1 of 2 experiments');
    await user.clear(screen.getByRole('searchbox'));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Topic' }), 'KMS keys');
    expect(seen.params).toEqual({ topic: 'KMS keys' });
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Exam' }), 'CLF-C02');
    expect(screen.getByRole('status').textContent).toMatch(/^No experiment/);
  });

  it('stands in for an experiment that there is not, and says so', () => {
    setup({ params: { id: '__proto__' } });
    expect(screen.getByText(/There is no experiment “__proto__”/)).toBeTruthy();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  it('gives the focus back to the entry that one comes from', async () => {
    const { user } = setup({ params: { id: 'flip-tag' } });
    await user.click(screen.getByRole('button', { name: /All experiments/ }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Flipped/ }));
  });
});

describe('an experiment', () => {
  it('shows nothing of the outcome before there is a prediction', () => {
    const { seen } = setup({ params: { id: 'test-disabled' } });
    const text = document.body.textContent ?? '';
    for (const spoiler of ['why of', 'rule of', 'fixed of', 'it does not, since', 'What happened']) {
      expect(text).not.toContain(spoiler);
    }
    expect(seen.asked).toEqual([]);
  });

  it('asks for an answer and how sure it is before it runs', async () => {
    const { user, seen } = setup({ params: { id: 'test-disabled' } });
    await user.click(screen.getByRole('button', { name: 'Run it' }));
    expect(screen.getByText(/^Choose an answer first/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'it opens' }));
    await user.click(screen.getByRole('button', { name: 'Run it' }));
    expect(screen.getByText(/^Say how sure you are/)).toBeTruthy();
    expect(seen.asked).toEqual([]);
  });

  it('puts the prediction beside what happened, with what is wrong with it', async () => {
    const { user } = setup({ params: { id: 'test-disabled' } });
    await run(user, 'it opens');
    const heading = await happened();
    expect(heading.textContent).toBe('What happened: not what you said');
    expect(document.activeElement).toBe(heading);
    const answers = within(heading.closest('section') ?? document.body).getAllByRole('listitem');
    expect(answers.map(({ textContent }) => textContent)).toEqual([
      '×Not so, your prediction: it opensit does not, since',
      '✓So it was: it stays shut',
    ]);
    expect(screen.getByText(/come back to this one in a week/)).toBeTruthy();
  });

  it('reads from the trace which answer is right, and stands at the decisive step', async () => {
    const { user, seen } = setup({ params: { id: 'test-disabled' } });
    await run(user, 'it stays shut', 'I guess');
    expect((await happened()).textContent).toBe('What happened: as you said');
    expect(screen.getByTestId('pair').textContent).toMatch(/^Healthy, well; This time, badly; row [1-9]\d*$/);
    expect(screen.getByText('Disabled: F-KSM-083')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Open this run in the lab' }));
    const [[spec, step] = []] = seen.opened;
    expect(spec?.experiment).toEqual({ id: 'test-disabled', act: 1 });
    const trace = spec && (await play(spec));
    expect(trace?.steps[(step ?? 0) - 1]?.name).toBe('kms.authorize');
  });

  it('shows the fix at the right, and the acts between', async () => {
    const { user } = setup({ params: { id: 'test-disabled' } });
    await run(user, 'it opens');
    await happened();
    await user.click(screen.getByRole('button', { name: 'A look again' }));
    expect(await screen.findByText(/A look again, badly/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try the fix' }));
    expect(await screen.findByText(/With the fix, well/)).toBeTruthy();
    expect(screen.getByText('fixed of Disabled')).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Healthy, and with the fix');
    await user.click(screen.getByRole('button', { name: 'This time' }));
    expect(screen.getByTestId('pair').textContent).toContain('This time, badly');
  });

  it('keeps how the prediction went, and forgets it when told to', async () => {
    const { user, storage } = setup({ params: { id: 'test-disabled' } });
    await run(user, 'it opens');
    await happened();
    await user.click(screen.getByRole('button', { name: /All experiments/ }));
    expect(screen.getByRole('button', { name: /^Disabled/ }).textContent).toContain('and you were sure');
    expect(screen.getByText(/You have played 1 and predicted 0 right/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Forget my predictions' }));
    await user.click(screen.getByRole('button', { name: 'Yes, forget them' }));
    expect(screen.queryByText(/You have played/)).toBeNull();
    expect(storage.content).toEqual({});
  });

  it('goes on to the next one with a fresh question', async () => {
    const { user } = setup({ params: { id: 'test-disabled' } });
    await run(user, 'it opens');
    await happened();
    await user.click(screen.getByRole('button', { name: 'Next: Flipped' }));
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Flipped');
    expect(screen.getByRole('button', { name: 'Run it' })).toBeTruthy();
  });

  it('says when a run failed, and runs again', async () => {
    let failures = 1;
    const player: typeof play = spec => (failures-- > 0 ? Promise.reject(new Error('The lab stopped.')) : play(spec));
    const { user } = setup({ params: { id: 'test-disabled' }, player });
    await run(user, 'it opens');
    expect((await screen.findByRole('alert')).textContent).toContain('The lab stopped.');
    await user.click(screen.getByRole('button', { name: 'Run it' }));
    expect(await happened()).toBeTruthy();
  });

  it('shows an outcome by its address to whoever has predicted, and a question to others', async () => {
    const { storage } = await (async () => {
      const page = setup({ params: { id: 'test-disabled' } });
      await run(page.user, 'it opens');
      await happened();
      expect(page.seen.params).toEqual({ id: 'test-disabled', stage: 'outcome' });
      return page;
    })();
    cleanup();
    setup({ params: { id: 'test-disabled', stage: 'outcome' }, storage });
    expect(await happened()).toBeTruthy();
    cleanup();
    setup({ params: { id: 'test-disabled', stage: 'outcome' } });
    await act(() => Promise.resolve());
    expect(screen.getByRole('button', { name: 'Run it' })).toBeTruthy();
  });
});

describe('the byte to turn', () => {
  it('is chosen among the bytes on the disks, by keyboard too, and goes into the run', async () => {
    const { user, seen } = setup({ params: { id: 'flip-tag' } });
    const group = await screen.findByRole('group', { name: 'Bytes' });
    const bytes = within(group).getAllByRole('button');
    expect(bytes).toHaveLength(16);
    expect(bytes.filter(byte => byte.tabIndex === 0)).toHaveLength(1);
    expect(within(group).getByRole('button', { pressed: true })).toBe(bytes[15]);
    act(() => bytes[15]?.focus());
    await user.keyboard('{Home}{ArrowRight}');
    expect(document.activeElement).toBe(bytes[1]);
    expect(bytes[1]?.getAttribute('aria-label')).toMatch(/^byte 1, [0-9a-f]{2}, tag$/);
    await run(user, `option ${Object.keys(texts['flip-tag'].options)[0]}`);
    await happened();
    expect(seen.asked.at(-1)?.experiment).toMatchObject({ id: 'flip-tag', byte: 1 });
  });
});
