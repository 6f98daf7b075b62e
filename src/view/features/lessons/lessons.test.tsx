import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { LESSON_TEXTS } from '../../../content/lessons.ts';
import { LESSON_PLANS, LESSONS } from '../../../engine/index.ts';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { LessonEnd } from './LessonEnd.tsx';
import { LessonList } from './LessonList.tsx';
import { LessonStrip } from './LessonStrip.tsx';

afterEach(cleanup);

async function setup(hash = '') {
  const { session, lab } = aSession({ hash });
  await settled();
  return { session, lab, user: userEvent.setup() };
}
const renderSources = (facts: readonly string[], about: string) => `${about}: ${facts.join(' ')}`;
const swap = LESSON_TEXTS['swap-v2'];

describe('LessonList', () => {
  it('lists every lesson with its line and the number of its acts', async () => {
    const { session } = await setup();
    render(<LessonList session={session} />);
    const items = screen.getAllByRole('listitem').map(item => item.textContent);
    expect(items).toEqual(
      LESSONS.map(id => {
        const { title, line } = LESSON_TEXTS[id];
        return `${title}${LESSON_PLANS[id].acts.length} acts${line}`;
      }),
    );
  });

  it('opens the lesson that is chosen, and marks it from then on', async () => {
    const { session, lab, user } = await setup();
    render(<LessonList session={session} />);
    await user.click(screen.getByRole('button', { name: /^A range without a seal/ }));
    expect(lab.runs.at(-1)?.spec.lesson).toEqual({ id: 'range', act: 0 });
    expect(screen.getByRole('button', { current: true }).textContent).toMatch(/^A range without a seal/);
  });
});

describe('LessonStrip', () => {
  it('is not there outside of lessons', async () => {
    const { session } = await setup();
    const { container } = render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    expect(container.textContent).toBe('');
  });

  it('names the lesson, its acts and what to look for in the current one', async () => {
    const { session } = await setup('#v=1&lesson=swap-v2&act=2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    const strip = screen.getByRole('region', { name: `Lesson: ${swap.title}` });
    const acts = within(screen.getByRole('list', { name: 'Acts' })).getAllByRole('button');
    expect(acts.map(act => act.textContent)).toEqual([
      '1An insider uploads',
      '2You read',
      '3The insider strikes',
      '4You read again',
    ]);
    expect(within(strip).getByRole('button', { current: 'step' }).textContent).toBe('2You read');
    expect(strip.textContent).toContain(swap.acts['read-before']?.look);
    expect(strip.textContent).not.toContain(swap.acts['read-before']?.shown);
  });

  it('goes to the act that is chosen, and does not run the current one anew', async () => {
    const { session, lab, user } = await setup('#v=1&lesson=swap-v2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    await user.click(screen.getByRole('button', { name: 'Act 1: An insider uploads' }));
    expect(lab.runs).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Act 3: The insider strikes' }));
    expect(lab.runs.at(-1)?.spec.lesson).toEqual({ id: 'swap-v2', act: 2 });
  });

  it('says after the last step what the act showed, with its sources, and offers the next act', async () => {
    const { session, lab, user } = await setup('#v=1&lesson=swap-v2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    expect(screen.queryByRole('button', { name: /^Next act/ })).toBeNull();
    session.actions.last();
    const plant = swap.acts.plant;
    expect(await screen.findByText(plant?.shown ?? '')).toBeTruthy();
    expect(screen.getByText(`${plant?.title}: ${plant?.facts.join(' ')}`)).toBeTruthy();
    expect(screen.queryByText(plant?.look ?? '')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Next act: You read' }));
    expect(lab.runs.at(-1)?.spec.lesson).toEqual({ id: 'swap-v2', act: 1 });
  });

  it('leads the focus to the beginning of the next act', async () => {
    const { session, user } = await setup('#v=1&lesson=swap-v2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    expect(document.activeElement).toBe(document.body);
    session.actions.last();
    (await screen.findByRole('button', { name: 'Next act: You read' })).focus();
    await user.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.textContent).toBe(swap.acts['read-before']?.look);
  });

  it('leaves the focus where it is when an act is chosen by its number', async () => {
    const { session, user } = await setup('#v=1&lesson=swap-v2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    await user.click(screen.getByRole('button', { name: 'Act 3: The insider strikes' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { current: 'step' }));
  });

  it('ends the last act with what to keep, and more lessons', async () => {
    const { session, user } = await setup('#v=1&lesson=swap-v2&act=4');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    session.actions.last();
    expect((await screen.findByRole('status')).textContent).toContain(`To keep: ${swap.takeaway}`);
    expect(screen.queryByRole('button', { name: /^Next act/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More lessons' }));
    expect(session.getState().dialog).toBe('lessons');
  });

  it('leaves the end of an act to whoever shows it elsewhere', async () => {
    const { session } = await setup('#v=1&lesson=swap-v2');
    session.actions.last();
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd={false} />);
    expect(screen.getByRole('region').textContent).toContain(swap.acts.plant?.look);
    cleanup();
    render(<LessonEnd session={session} renderSources={renderSources} />);
    expect(screen.getByRole('status').textContent).toContain(swap.acts.plant?.shown);
  });

  it('leads out of the lesson', async () => {
    const { session, lab, user } = await setup('#v=1&lesson=swap-v2');
    render(<LessonStrip session={session} renderSources={renderSources} hasEnd />);
    await user.click(screen.getByRole('button', { name: 'Leave the lesson' }));
    expect(lab.runs.at(-1)?.spec).not.toHaveProperty('lesson');
    expect(screen.queryByRole('region')).toBeNull();
  });
});
