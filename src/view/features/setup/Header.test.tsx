import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { MODES } from '../../../engine/index.ts';
import { aSession, fakeLab, settled, traceFor } from '../../../testing/sessionHarness.ts';
import { ClientOptionsButton } from './ClientOptionsButton.tsx';
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

describe('Header: lessons and client-side choices', () => {
  it('opens everything else there is', async () => {
    const { session, user } = await setup();
    render(<Header session={session} />);
    await user.click(screen.getByRole('button', { name: 'Explore' }));
    expect(session.getState().dialog).toBe('explore');
  });

  it('names the object of a lesson that brings its own', async () => {
    const lab = fakeLab(spec => ({
      type: 'done',
      trace: { ...traceFor(spec), objectName: spec.lesson ? 'invoice.txt' : 'report.txt', objectLength: 4096 },
    }));
    const { session } = await setup({ lab, hash: '#v=1&lesson=swap-v2' });
    render(<Header session={session} />);
    expect(screen.getByRole('button', { name: 'Object: invoice.txt, 4 KiB. Change it' })).toBeTruthy();
    cleanup();
    session.actions.leaveLesson();
    await settled();
    render(<Header session={session} />);
    expect(screen.getByRole('button', { name: 'Object: report.txt, 14 bytes. Change it' })).toBeTruthy();
  });

  it('offers format and envelope in client-side modes, outside of lessons', async () => {
    const { session, lab, user } = await setup({ hash: '#v=1&mode=cse-rsa' });
    render(<Settings session={session} />);
    await user.click(within(screen.getByRole('group', { name: 'Format' })).getByRole('button', { name: 'V2' }));
    expect(lab.runs.at(-1)?.spec).toMatchObject({ mode: 'cse-rsa', format: 'v2' });
    expect(screen.getByText(/^V2 has no key commitment/)).toBeTruthy();
    await user.click(
      within(screen.getByRole('group', { name: 'Envelope' })).getByRole('button', { name: 'Instruction file' }),
    );
    expect(lab.runs.at(-1)?.spec).toMatchObject({ format: 'v2', envelope: 'instruction-file' });
    cleanup();
    session.actions.choose({ mode: 'sse-s3' });
    render(<Settings session={session} />);
    expect(screen.queryByRole('group', { name: 'Format' })).toBeNull();
    cleanup();
    session.actions.openLesson('range');
    render(<Settings session={session} />);
    expect(screen.queryByRole('group', { name: 'Format' })).toBeNull();
  });

  it('says beside the modes what a client writes', async () => {
    const { session } = await setup({ hash: '#v=1&mode=cse-rsa&format=v2&envelope=instruction-file' });
    render(<ClientOptionsButton session={session} />);
    const button = screen.getByRole('button', { name: 'Format V2, envelope in an instruction file. Change it' });
    expect(button.textContent).toBe('V2 + file');
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

  it('shows in a lesson what came, and what came in an earlier act when it was other', async () => {
    const texts = ['', 'Pay 100 to Ada.', '', 'Pay 900 to Eve.'];
    const lab = fakeLab(spec => ({
      type: 'done',
      trace: traceFor(spec),
      ...(spec.operation === 'download' ? { download: new Blob([texts[spec.lesson?.act ?? 0] ?? '']) } : {}),
    }));
    const { session } = await setup({ lab, hash: '#v=1&lesson=swap-v2&act=2' });
    session.actions.last();
    render(<DownloadResult session={session} />);
    expect((await screen.findByRole('definition')).textContent).toBe('Pay 100 to Ada.');
    session.actions.goToAct(3);
    await settled();
    session.actions.last();
    expect((await screen.findByText('In act 2')).nextElementSibling?.textContent).toBe('Pay 100 to Ada.');
    expect(screen.getByText('Now').nextElementSibling?.textContent).toBe('Pay 900 to Eve.');
    expect(screen.queryByText(/what you uploaded|bytes you uploaded/)).toBeNull();
  });
});
