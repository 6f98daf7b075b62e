import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { aSession, settled } from '../../../testing/sessionHarness.ts';
import { Player } from './Player.tsx';

beforeEach(() => page.viewport(1280, 800));
afterEach(cleanup);

async function setup(wishes: Parameters<typeof aSession>[0] = {}) {
  const { session } = aSession(wishes);
  await settled();
  render(<Player session={session} />);
  const count = session.getState().guide.length;
  return { session, count, user: userEvent.setup(), slider: screen.getByRole('slider', { name: 'Steps' }) };
}

describe('Player', () => {
  it('steps with its buttons and says where it is', async () => {
    const { user, count, slider } = await setup();
    await user.click(screen.getByRole('button', { name: 'Next step' }));
    expect(slider).toHaveProperty('ariaValueNow', '2');
    expect(slider.getAttribute('aria-valuetext')).toMatch(new RegExp(`^Step 2 of ${count}: title `));
    expect(screen.getByText(`2 of ${count}`)).toBeTruthy();
  });

  it('keeps the play button in its place while its name changes', async () => {
    const { user } = await setup();
    const button = screen.getByRole('button', { name: 'Play' });
    await user.click(button);
    expect(button.getAttribute('aria-label')).toBe('Pause');
    expect(document.activeElement).toBe(button);
  });

  it('is a group with a name, whose buttons tell their keys', async () => {
    await setup();
    expect(screen.getByRole('group', { name: 'Player' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Next step' }).getAttribute('aria-keyshortcuts')).toBe('ArrowRight');
  });

  it('moves by the keys of a slider', async () => {
    const { user, count, slider } = await setup();
    slider.focus();
    await user.keyboard('{End}');
    expect(slider.getAttribute('aria-valuenow')).toBe(String(count));
    await user.keyboard('{ArrowLeft}');
    expect(slider.getAttribute('aria-valuenow')).toBe(String(count - 1));
    await user.keyboard('{Home}');
    expect(slider.getAttribute('aria-valuenow')).toBe('1');
    await user.keyboard('{PageDown}');
    expect(Number(slider.getAttribute('aria-valuenow'))).toBeGreaterThan(1);
  });

  it('goes to a named stop by pressing its diamond of at least 24 pixels', async () => {
    const { user, session, slider } = await setup();
    const stop = session.getState().guide.findIndex(step => step.stop !== undefined) + 1;
    const diamond = screen.getByRole('button', { name: new RegExp(`^Go to step ${stop}:`) });
    expect(diamond.getBoundingClientRect().width).toBeGreaterThanOrEqual(24);
    expect(diamond.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
    await user.click(diamond);
    expect(slider.getAttribute('aria-valuenow')).toBe(String(stop));
  });

  it('offers the named stops of this run to run until', async () => {
    const { user, session } = await setup();
    await user.click(await screen.findByRole('button', { name: 'Run until…' }));
    const stops = session.getState().guide.flatMap(step => step.stop ?? []);
    const panel = screen.getByRole('region', { name: 'Run until a named stop' });
    expect(panel.querySelectorAll('button')).toHaveLength(stops.length);
    await user.click(screen.getByRole('button', { name: new RegExp(stops[0] ?? '') }));
    expect(session.getState()).toMatchObject({ isPlaying: true });
    expect(screen.queryByRole('region', { name: 'Run until a named stop' })).toBeNull();
  });

  it('keeps the names of stops back that would answer an open question, not their place', async () => {
    const { user, session } = await setup({ settings: { askFirst: true } });
    const all = session.getState().guide.filter(step => step.stop !== undefined).length;
    expect(screen.getAllByRole('button', { name: /^Go to step/ })).toHaveLength(all);
    const waiting = screen.getAllByRole('button', { name: /^Go to step \d+: title after your answer$/ });
    expect(waiting.length).toBeGreaterThan(0);
    await user.click(await screen.findByRole('button', { name: 'Run until…' }));
    expect(screen.getAllByText('after your answer', { selector: 'button' })).toHaveLength(waiting.length);
  });

  it('has its further controls behind one button where the window is low', async () => {
    await page.viewport(720, 450);
    const { user } = await setup();
    const more = await screen.findByRole('button', { name: 'More controls' });
    expect(screen.queryByRole('switch', { name: 'Ask me first' })).toBeNull();
    await user.click(more);
    expect(screen.getByRole('switch', { name: 'Ask me first' })).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'Speed' })).toBeTruthy();
    expect(document.querySelector('footer')?.getBoundingClientRect().height).toBeLessThanOrEqual(64);
  });

  it('closes the menu with Escape and gives the focus back', async () => {
    const { user } = await setup();
    const button = await screen.findByRole('button', { name: 'Run until…' });
    await user.click(button);
    await user.keyboard('{Escape}');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(button);
  });

  it('switches asking and speed', async () => {
    const { user, session } = await setup();
    await user.click(await screen.findByRole('switch', { name: 'Ask me first' }));
    expect(session.getState().settings.askFirst).toBe(true);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Speed' }), '2');
    expect(session.getState().speed).toBe(2);
  });
});
