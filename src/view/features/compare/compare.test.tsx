import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { MODES, type RunSpec, type Trace } from '../../../engine/index.ts';
import { align } from '../../../scene/align.ts';
import { nameOfSpec, runOf } from '../../../testing/allRuns.ts';
import { aSession, plainNarration } from '../../../testing/sessionHarness.ts';
import { guideOf } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { formatSpec } from '../../session/specText.ts';
import type { StageSlotProps, WorkspaceParams } from '../../workspace/workspace.ts';
import { Compare } from './Compare.tsx';
import { SideBySide } from './SideBySide.tsx';
import { labelsOf, PRESETS } from './specs.ts';

const BASE: RunSpec = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' };
const known = new Map<string, Promise<Trace>>();
/** Real runs, each made once. */
function traceOf(spec: RunSpec): Promise<Trace> {
  const name = nameOfSpec(spec);
  const trace = known.get(name) ?? runOf({ ...spec, seed: 'test' }).then(result => result.trace);
  known.set(name, trace);
  return trace;
}

let sseS3: Trace;
let sseKms: Trace;
beforeAll(async () => {
  [sseS3, sseKms] = await Promise.all([traceOf(BASE), traceOf({ ...BASE, mode: 'sse-kms-cmk' })]);
});
beforeEach(() => page.viewport(1400, 900));
afterEach(cleanup);

const showInLab = vi.fn<Session['showInLab']>();
function aPairSession(play: Session['play'] = traceOf): Session {
  const { session } = aSession();
  showInLab.mockReset();
  const wordsFor: Session['wordsFor'] = trace => Promise.resolve(guideOf(trace, plainNarration));
  return { ...session, play, wordsFor, showInLab };
}
const renderStage = ({ label, scene, trace }: StageSlotProps) => (
  <div role="img" aria-label={`${label} ${trace.run.mode}`} data-step={scene.step} />
);
const slider = () => screen.getByRole('slider', { name: 'Rows' });
const rowNow = () => Number(slider().getAttribute('aria-valuenow'));
const stepsNow = () => screen.getAllByRole('img', { hidden: true }).map(stage => Number(stage.dataset.step));

describe('SideBySide', () => {
  async function setup(more: { row?: number; onRow?: (row: number) => void } = {}) {
    const session = aPairSession();
    const spec = { ...BASE, seed: 's' };
    render(
      <SideBySide
        session={session}
        renderStage={renderStage}
        left={{ trace: sseS3, label: 'SSE-S3', spec }}
        right={{ trace: sseKms, label: 'SSE-KMS' }}
        {...more}
      />,
    );
    await screen.findAllByText(/^title /);
    return { session, spec, user: userEvent.setup(), rows: align(sseS3, sseKms) };
  }

  it('starts at the first row that differs, and says so', async () => {
    const { rows } = await setup();
    expect(rowNow()).toBe(rows.findIndex(row => !row.isSame) + 1);
    expect(slider().getAttribute('aria-valuetext')).toBe(`Row 4 of ${rows.length}: title client.send; differs`);
    expect(screen.getByText('Differs in: headers.')).toBeTruthy();
  });

  it('moves both runs with one player', async () => {
    const onRow = vi.fn();
    const { user } = await setup({ row: 0, onRow });
    expect(stepsNow()).toEqual([1, 1]);
    await user.click(screen.getByRole('button', { name: 'Next row' }));
    expect(stepsNow()).toEqual([2, 2]);
    await user.click(screen.getByRole('button', { name: 'Last row' }));
    expect(stepsNow()).toEqual([sseS3.steps.length, sseKms.steps.length]);
    await user.click(screen.getByRole('button', { name: 'Previous row' }));
    await user.click(screen.getByRole('button', { name: 'First row' }));
    expect(stepsNow()).toEqual([1, 1]);
    expect(onRow.mock.calls.map(([row]) => row)).toEqual([1, 21, 20, 0]);
  });

  it('goes from difference to difference by keyboard, as the lab goes from stop to stop', async () => {
    const { user, rows } = await setup();
    const differing = rows.flatMap((row, index) => (row.isSame ? [] : [index + 1]));
    slider().focus();
    const seen = [rowNow()];
    for (let i = 0; i < differing.length; i++) {
      await user.keyboard('{PageDown}');
      seen.push(rowNow());
    }
    expect(seen).toEqual([...differing, differing.at(-1)]);
    await user.keyboard('{PageUp}');
    expect(rowNow()).toBe(differing.at(-2));
    await user.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowLeft}');
    expect(rowNow()).toBe(2);
    await user.keyboard('{End}');
    expect(rowNow()).toBe(rows.length);
  });

  it('keeps the other run at its last step where it has none, dimmed and said', async () => {
    const { rows } = await setup({ row: 8 });
    expect(rows[8]).toMatchObject({ right: 8 });
    expect(rows[8]?.left).toBeUndefined();
    const left = screen.getByRole('region', { name: 'SSE-S3' });
    expect(left.textContent).toContain('No such step here.');
    expect(left.dataset.absent).toBe('true');
    expect(stepsNow()).toEqual([8, 9]);
    expect(screen.getByText('This step is only in “SSE-KMS”.')).toBeTruthy();
    expect(slider().getAttribute('aria-valuetext')).toMatch(/: title s3\.askKms; only in “SSE-KMS”$/);
  });

  it('says what differs on each side', async () => {
    await setup({ row: 3 });
    const table = screen.getByRole('table', { name: 'What differs in this row' });
    expect(within(table).getByRole('row', { name: /^Headers/ }).textContent).toMatch(
      /x-amz-server-side-encryption: AES256.*x-amz-server-side-encryption: aws:kms/,
    );
  });

  it('says who does what on each side where the same work is done by others', async () => {
    await setup({ row: 10 });
    const table = screen.getByRole('table', { name: 'What differs in this row' });
    const lines = within(table)
      .getAllByRole('row')
      .map(line => [...line.children].map(cell => cell.textContent));
    expect(lines.slice(1)).toEqual([
      ['Who does it', 'Amazon S3', 'AWS KMS'],
      ['Where', 'S3 memory', 'the HSM of KMS'],
    ]);
  });

  it('lists all rows with a sign and a word for those that differ, and goes where one presses', async () => {
    const { user, rows } = await setup();
    const list = screen.getByRole('navigation', { name: 'Steps of both runs' });
    const buttons = within(list).getAllByRole('button');
    expect(list.textContent).toContain(
      `${rows.length} rows, 12 of them differ. Requests to KMS: 0 in “SSE-S3”, 1 in “SSE-KMS”.`,
    );
    expect(buttons).toHaveLength(rows.length);
    expect(buttons[0]?.textContent).toBe('1 title client.prepare=, same, 1 title client.prepare');
    expect(buttons[3]?.textContent).toBe('4 title client.send≠, differs, 4 title client.send');
    expect(buttons[8]?.textContent).toBe('–≠, only in “SSE-KMS”, 9 title s3.askKms');
    await user.click(buttons[10] ?? list);
    expect(rowNow()).toBe(11);
    expect(buttons[10]?.getAttribute('aria-current')).toBe('step');
  });

  it('opens a side in the lab at its step, when it has a run to open', async () => {
    const { user, spec } = await setup({ row: 9 });
    const buttons = screen.getAllByRole('button', { name: /^Open in the lab/ });
    expect(buttons).toHaveLength(1);
    await user.click(buttons[0] ?? document.body);
    expect(showInLab).toHaveBeenCalledWith(spec, 8);
  });

  it('plays to the end by itself, keeps the button in its place, and stops when nobody can see it', async () => {
    const { session } = await setup({ row: 17 });
    session.actions.setSpeed(4);
    const button = screen.getByRole('button', { name: 'Play' });
    button.click();
    await expect.poll(rowNow).toBe(19);
    expect(button.getAttribute('aria-label')).toBe('Pause');
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.poll(() => button.getAttribute('aria-label')).toBe('Play');
    await new Promise(resolve => setTimeout(resolve, 600));
    hidden.mockRestore();
    expect(rowNow()).toBe(19);
    button.click();
    await expect.poll(rowNow, { timeout: 5000 }).toBe(22);
    await expect.poll(() => button.getAttribute('aria-label')).toBe('Play');
  });

  it('follows the address, and is not led back by its own echo', async () => {
    const session = aPairSession();
    const sides = { left: { trace: sseS3, label: 'A' }, right: { trace: sseKms, label: 'B' } };
    const element = (row: number) => (
      <SideBySide session={session} renderStage={renderStage} {...sides} row={row} onRow={() => undefined} />
    );
    const { rerender } = render(element(2));
    await screen.findAllByText(/^title /);
    slider().focus();
    await userEvent.setup().keyboard('{ArrowRight}{ArrowRight}');
    expect(rowNow()).toBe(5);
    rerender(element(3));
    expect(rowNow()).toBe(5);
    rerender(element(7));
    expect(rowNow()).toBe(8);
    rerender(element(Number.NaN));
    expect(rowNow()).toBe(1);
    rerender(element(9999));
    expect(rowNow()).toBe(22);
    await userEvent.setup().keyboard('{Home}{ArrowRight}{ArrowRight}');
    rerender(element(2));
    rerender(element(1));
    expect(rowNow()).toBe(2);
  });

  it('puts the stages side by side, one above the other, or one at a time with a switch', async () => {
    const { user } = await setup();
    const [left, right] = ['SSE-S3', 'SSE-KMS'].map(name => screen.getByRole('region', { name }));
    const boxes = () => [left, right].map(each => each?.getBoundingClientRect());
    expect(boxes()[0]?.top).toBe(boxes()[1]?.top);
    await page.viewport(900, 900);
    expect(boxes()[1]?.top).toBeGreaterThan(boxes()[0]?.bottom ?? Number.NaN);
    expect(screen.queryByRole('group', { name: 'Run in sight' })).toBeNull();
    await page.viewport(390, 844);
    expect([left, right].map(each => each?.checkVisibility())).toEqual([true, false]);
    within(screen.getByRole('group', { name: 'Run in sight' }))
      .getByRole('button', { name: 'SSE-KMS' })
      .focus();
    await user.keyboard('{Enter}');
    expect([left, right].map(each => each?.checkVisibility())).toEqual([false, true]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});

describe('Compare', () => {
  async function setup(start: WorkspaceParams = {}, play?: Session['play']) {
    const session = aPairSession(play);
    const calls: [WorkspaceParams, boolean | undefined][] = [];
    function Page() {
      const [params, setParams] = useState(start);
      return (
        <Compare
          session={session}
          params={params}
          setParams={(next, isNew) => {
            calls.push([next, isNew]);
            setParams(next);
          }}
          renderStage={renderStage}
          renderSources={() => null}
          renderPair={({ left, right, row, onRow }) => (
            <button type="button" onClick={() => onRow?.(4)}>
              pair {left.label} | {right.label} at {String(row)}
            </button>
          )}
        />
      );
    }
    render(<Page />);
    return { calls, user: userEvent.setup() };
  }

  it('shows SSE-S3 and SSE-KMS with your key when nothing is said, under one seed', async () => {
    const play = vi.fn(traceOf);
    await setup({}, play);
    expect((await screen.findByText(/^pair/)).textContent).toBe('pair SSE-S3 | SSE-KMS · your key at undefined');
    expect(new Set(play.mock.calls.map(([spec]) => spec.seed)).size).toBe(1);
  });

  it.each(PRESETS)('offers $text with one tap', async ({ text, pair }) => {
    const { calls, user } = await setup({ left: 'x', right: '%' });
    await user.click(screen.getByRole('button', { name: text }));
    const labels = labelsOf(pair);
    expect((await screen.findByText(/^pair/)).textContent).toBe(`pair ${labels.left} | ${labels.right} at undefined`);
    expect(screen.getByRole('button', { name: text }).getAttribute('aria-pressed')).toBe('true');
    expect(calls.at(-1)).toEqual([{ left: formatSpec(pair.left), right: formatSpec(pair.right) }, true]);
  });

  it('lets both sides be chosen freely, and swapped', async () => {
    const { calls, user } = await setup();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Left: encryption' }), 'none');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Right: encryption' }), 'none');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Right: line to AWS' }), 'http');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Right: who asks' }), 's3-admin');
    await user.click(
      within(screen.getByRole('group', { name: 'Right: operation' })).getByRole('button', { name: 'Download' }),
    );
    await screen.findByText(
      'pair Before 2023, upload, as application owner, HTTPS | Before 2023, download, as S3 administrator, HTTP at undefined',
    );
    await user.click(screen.getByRole('button', { name: 'Swap sides' }));
    await screen.findByText(/^pair Before 2023, download, as S3 administrator, HTTP \|/);
    expect(calls.every(([, isNew]) => isNew)).toBe(true);
  });

  it('keeps the row in the address without a new entry in the history', async () => {
    const { calls, user } = await setup({ row: '3' });
    const pair = await screen.findByText(/^pair .* at 2$/);
    await user.click(pair);
    expect(calls).toEqual([[expect.objectContaining({ row: '5' }), undefined]]);
    expect(pair.textContent).toMatch(/ at 4$/);
  });

  it.each([
    { row: 'x' },
    { row: '-1' },
    { row: '1e9' },
    { left: '__proto__', right: '' },
    { left: '\uD800', right: '9'.repeat(50) },
  ] as WorkspaceParams[])('falls back from an address it does not understand: %o', async params => {
    await setup(params);
    expect((await screen.findByText(/^pair/)).textContent).toBe('pair SSE-S3 | SSE-KMS · your key at undefined');
  });

  it('says why a run is not there', async () => {
    await setup({}, spec => (spec.mode === 'sse-s3' ? Promise.reject(new Error('No luck.')) : traceOf(spec)));
    expect((await screen.findByRole('alert')).textContent).toBe('No luck.');
    expect(screen.queryByText(/^pair/)).toBeNull();
  });

  it('answers the same questions for both modes, each answer a way into the lab', async () => {
    const { user } = await setup();
    const table = screen.getByRole('table');
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual(['SSE-S3', 'SSE-KMS · your key']);
    const makes = within(table).getByRole('row', { name: /^Who makes the data key/ });
    const answers = await within(makes).findAllByRole('button');
    expect(answers.map(answer => answer.textContent)).toEqual([
      'Amazon S3. Open step 9 of the upload in the lab',
      'AWS KMS. Open step 11 of the upload in the lab',
    ]);
    await user.click(answers[1] ?? table);
    expect(showInLab).toHaveBeenCalledWith(expect.objectContaining({ mode: 'sse-kms-cmk', operation: 'upload' }), 11);
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    expect(within(table).queryAllByText(/undefined/)).toEqual([]);
  });

  it('answers them for all eight modes when asked', async () => {
    const { calls, user } = await setup();
    await user.click(screen.getByRole('switch', { name: 'All modes' }));
    expect(calls.at(-1)?.[0]).toMatchObject({ all: '1' });
    expect(screen.getAllByRole('columnheader')).toHaveLength(MODES.length - 1);
    await expect.poll(() => screen.queryAllByText('runs …').length, { timeout: 20_000 }).toBe(0);
    const row = screen.getByRole('row', { name: /^Who makes the data key/ });
    expect(row.textContent).toContain('nobody: you bring the key');
    expect(row.textContent).toContain('layer 2: Amazon S3');
  });
});
