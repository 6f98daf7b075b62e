import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { FACTS } from '../../../../content/facts.ts';
import { EXPERIMENT_PLANS, runExperiment } from '../../../../engine/index.ts';
import { costWords, countWords, type PlayedAct, PRICE_FACTS, plotRows } from './plotRows.ts';
import { RequestPlot } from './RequestPlot.tsx';

afterEach(cleanup);

const LABELS: Readonly<Record<string, string>> = { healthy: 'Healthy', broken: 'This time', fixed: 'With the fix' };
async function actsOf(id: string): Promise<readonly PlayedAct[]> {
  const plan = EXPERIMENT_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  const played = await runExperiment({ plan, seed: 'plot' });
  return Object.entries(played).map(([name, { trace }]) => ({ label: LABELS[name] ?? name, trace }));
}
const draw = (acts: readonly PlayedAct[]) =>
  render(<RequestPlot acts={acts} renderSources={(facts, about) => `${about}: ${facts.join(' ')}`} />);

describe('what is plotted', () => {
  it.each([
    ['bucket-key-saves-calls', 'healthy 6, this time 1'],
    ['one-bucket-key-for-all', 'healthy 1, this time 1'],
    ['throttled', 'healthy 1, this time 2, with the fix 1'],
    ['quota-is-shared', 'healthy 1, this time 1, with the fix 0'],
  ])('%s: %s', async (id, words) => {
    expect(countWords(plotRows(await actsOf(id)))).toBe(words);
  });

  it.each(['flip-tag', 'etag-is-md5'])('nothing of %s: too few requests, or none that needs KMS', async id => {
    expect(plotRows(await actsOf(id))).toEqual([]);
    const { container } = draw(await actsOf(id));
    expect(container.textContent).toBe('');
  });
});

describe('the price', () => {
  it('is told where equally many requests asked KMS unequally often (F-BKY-014)', async () => {
    expect(costWords(plotRows(await actsOf('bucket-key-saves-calls')))).toMatch(/: healthy 18 USD, this time 3 USD\.$/);
    expect(FACTS[PRICE_FACTS[0]]?.text).toMatch(/hundred million KMS requests cost about 300 USD/);
  });

  it.each(['one-bucket-key-for-all', 'throttled', 'quota-is-shared'])('is not told of %s', async id => {
    expect(costWords(plotRows(await actsOf(id)))).toBeUndefined();
  });
});

describe('RequestPlot', () => {
  it('says in a table, request by request, what the drawing shows', async () => {
    draw(await actsOf('throttled'));
    const plot = screen.getByRole('region', { name: 'How often S3 asked KMS' });
    await userEvent.setup().click(within(plot).getByText('The same as a table'));
    const rows = within(plot).getAllByRole('row');
    expect(rows.map(row => [...row.children].map(cell => cell.textContent).join(' | '))).toEqual([
      'Run | Request to S3 | S3 answers | KMS asked | So far',
      'Healthy | 1. PUT report.txt | 200 | 1 | 1',
      'This time | 1. PUT report.txt | 200 | 1 | 1',
      '2. PUT file-1.txt | 503 SlowDown | 1, refused 1 | 2',
      'With the fix | 1. PUT report.txt | 200 | 1 | 1',
      '2. PUT file-1.txt | 200 | 0 | 1',
      '3. PUT file-2.txt | 200 | 0 | 1',
      '4. PUT file-3.txt | 200 | 0 | 1',
    ]);
  });

  it('draws a column for each request, with a sign beside the number where S3 refuses', async () => {
    const { container } = draw((await actsOf('throttled')).slice(0, 2));
    const drawing = container.querySelector('[aria-hidden="true"]');
    const statuses = [...(drawing?.querySelectorAll('[data-fine]') ?? [])].map(({ textContent }) => textContent);
    expect(statuses).toEqual(['200', '200', '× 503']);
    expect(drawing?.textContent).toContain('KMS says no');
  });

  it('names the source of the price', async () => {
    draw(await actsOf('bucket-key-saves-calls'));
    expect(screen.getByText('what requests to KMS cost: F-BKY-014')).toBeTruthy();
  });
});
