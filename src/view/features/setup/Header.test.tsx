import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { MODES } from '../../../engine/index.ts';
import { aSession, fakeLab, settled, traceFor } from '../../../testing/sessionHarness.ts';
import { DownloadResult } from './DownloadResult.tsx';
import { FAMILIES } from './families.ts';
import { Header } from './Header.tsx';
import { ObjectForm } from './ObjectForm.tsx';
import { RunStatus } from './RunStatus.tsx';
import { Settings } from './Settings.tsx';

afterEach(cleanup);

async function setup(wishes: Parameters<typeof aSession>[0] = {}) {
  const { session, lab } = aSession(wishes);
  await settled();
  return { session, lab, user: userEvent.setup() };
}

describe('Header', () => {
  it('offers every mode once', () => {
    expect(FAMILIES.flatMap(family => family.variants.map(variant => variant.mode)).toSorted()).toEqual(
      MODES.toSorted(),
    );
  });

  it('runs in the mode that is chosen', async () => {
    const { session, lab, user } = await setup();
    render(<Header session={session} />);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Encryption' }), 'sse-c');
    expect(lab.runs.at(-1)?.spec.mode).toBe('sse-c');
  });

  it('tells upload from download by a pressed button', async () => {
    const { session, lab, user } = await setup();
    render(<Header session={session} />);
    const group = screen.getByRole('group', { name: 'Operation' });
    await user.click(within(group).getByRole('button', { name: 'Download' }));
    expect(lab.runs.at(-1)?.spec.operation).toBe('download');
    expect(within(group).getByRole('button', { pressed: true }).textContent).toBe('Download');
  });

  it('names the object and its size on the button that changes it', async () => {
    const { session, user } = await setup();
    render(<Header session={session} />);
    await user.click(screen.getByRole('button', { name: /report\.txt, 14 bytes/ }));
    expect(session.getState().dialog).toBe('object');
  });

  it('shows markup in a name as text', async () => {
    const { session } = await setup();
    session.actions.setText('x', '<img src=x onerror=alert(1)>🦊');
    const { container } = render(<Header session={session} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>🦊');
  });
});

describe('ObjectForm', () => {
  it('runs with a typed text', async () => {
    const { session, lab, user } = await setup();
    render(<ObjectForm session={session} />);
    await user.clear(screen.getByRole('textbox', { name: 'Text' }));
    await user.type(screen.getByRole('textbox', { name: 'Text' }), 'my own words');
    await user.click(screen.getByRole('button', { name: 'Encrypt this text' }));
    expect(await lab.runs.at(-1)?.object.content.text()).toBe('my own words');
  });

  it('runs with a picked file', async () => {
    const { session, lab, user } = await setup();
    render(<ObjectForm session={session} />);
    await user.upload(screen.getByLabelText('File'), new File(['abc'], 'abc.bin'));
    expect(lab.runs.at(-1)?.object).toMatchObject({ name: 'abc.bin' });
  });

  it('says why a file is too large and keeps the text', async () => {
    const { session, user } = await setup();
    render(<ObjectForm session={session} />);
    const file = new File([], 'big.iso');
    Object.defineProperty(file, 'size', { value: 65 * 1024 * 1024 });
    await user.upload(screen.getByLabelText('File'), file);
    expect(screen.getByRole('alert').textContent).toContain('up to 64 MiB');
    expect(screen.getByRole('textbox', { name: 'Text' })).toHaveProperty('value', 'a small report');
  });
});

describe('RunStatus and Settings', () => {
  it('shows the seed in use', async () => {
    const { session, user } = await setup();
    render(
      <>
        <RunStatus session={session} />
        <Settings session={session} />
      </>,
    );
    expect(screen.queryByText(/Seed in use/)).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Seed' }), 'class 7');
    await user.click(screen.getByRole('button', { name: 'Use' }));
    expect(screen.getByText(/Seed in use/).textContent).toContain('class 7');
  });

  it('names what a link got wrong until it is dismissed', async () => {
    const { session, user } = await setup({ hash: '#v=1&mode=rot13' });
    render(<RunStatus session={session} />);
    expect(screen.getByText(/rot13/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(/rot13/)).toBeNull();
  });

  it('says that the lab failed and runs again', async () => {
    const { session, lab, user } = await setup({ lab: fakeLab(() => ({ type: 'failed', message: 'It broke.' })) });
    render(<RunStatus session={session} />);
    expect(screen.getByRole('alert').textContent).toContain('It broke.');
    await user.click(screen.getByRole('button', { name: 'Run again' }));
    expect(lab.runs).toHaveLength(2);
  });
});

describe('DownloadResult', () => {
  it('claims equality only for the same bytes, and offers them under their name', async () => {
    const lab = fakeLab(spec => ({ type: 'done', trace: traceFor(spec), download: new Blob(['a small report']) }));
    const { session } = await setup({ lab });
    session.actions.last();
    render(<DownloadResult session={session} />);
    expect(await screen.findByText(/byte for byte the same/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Save' })).toHaveProperty('download', session.getState().trace?.objectName);
    expect(screen.getByText('a small report')).toBeTruthy();
  });

  it('does not claim it for others', async () => {
    const lab = fakeLab(spec => ({ type: 'done', trace: traceFor(spec), download: new Blob(['a small raport']) }));
    const { session } = await setup({ lab });
    session.actions.last();
    render(<DownloadResult session={session} />);
    expect(await screen.findByText(/not the bytes you uploaded/)).toBeTruthy();
    expect(screen.queryByText(/byte for byte the same/)).toBeNull();
  });
});
