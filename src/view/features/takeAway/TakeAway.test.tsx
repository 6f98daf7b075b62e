import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aSession, fakeLab, settled, traceFor } from '../../../testing/sessionHarness.ts';
import type { TakeAwayAnswer, TakeAwayQuestion } from '../../../worker/takeAwayProtocol.ts';
import { TakeAway } from './TakeAway.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** What is handed to the browser’s downloads, by name. */
function watchDownloads(): Map<string, Blob> {
  const saved = new Map<string, Blob>();
  let last: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(content => {
    if (content instanceof Blob) last = content;
    return 'blob:nothing';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (last) saved.set(this.download, last);
  });
  return saved;
}

const KEY_TEXT = 'pKWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=';
const STORED: TakeAwayAnswer = {
  type: 'stored',
  object: {
    objectName: 'report.txt',
    body: new Blob([new Uint8Array(39)]),
    contentType: 'text/plain',
    metadata: { 'x-amz-c': '115' },
  },
};

/** Makes and takes AES keys; a text with “junk” is none. */
function answer(question: TakeAwayQuestion): TakeAwayAnswer {
  switch (question.type) {
    case 'write-key':
      return { type: 'text', text: KEY_TEXT };
    case 'forget-keys':
      return { type: 'forgotten' };
    case 'read-stored':
      return STORED;
    case 'read-key':
      if (question.text.includes('junk'))
        return { type: 'problem', problem: 'This is neither Base64 nor a PEM block.' };
  }
  const fingerprint = question.type === 'make-key' ? 'aaaaaaaaaaaaaaaa' : 'bbbbbbbbbbbbbbbb';
  return { type: 'key', wrappingKey: { type: 'aes', secret: new Uint8Array(32).fill(5), bits: 256, fingerprint } };
}

async function setup(mode = 'cse-aes') {
  const lab = Object.assign(
    fakeLab(spec => ({ type: 'done', trace: traceFor(spec) })),
    { ask: (question: TakeAwayQuestion) => Promise.resolve(answer(question)) },
  );
  const { session } = aSession({ hash: `#v=1&mode=${mode}&op=upload`, lab });
  await settled();
  const { container } = render(<TakeAway session={session} />);
  const user = userEvent.setup();
  const agree = () => user.click(screen.getByRole('checkbox', { name: /nothing real/ }));
  const press = (name: string | RegExp) => user.click(screen.getByRole('button', { name }));
  return { session, lab, user, container, agree, press };
}
const status = () => screen.getByRole('region', { name: 'The wrapping key' }).textContent;
const isDisabled = (name: RegExp) => screen.getByRole('button', { name }).matches(':disabled');

describe('the dialog of the wrapping key', () => {
  it('lets nothing be done before the warning is agreed to', async () => {
    const { agree } = await setup();
    expect(screen.getByRole('region', { name: /Before you touch/ }).textContent).toMatch(/no secret any more/);
    expect(isDisabled(/Make a new key/)).toBe(true);
    expect(isDisabled(/Use a key of mine/)).toBe(true);
    await agree();
    expect(isDisabled(/Make a new key/)).toBe(false);
  });

  it('makes a key, which stays hidden until it is asked for, and can be hidden again', async () => {
    const { agree, press, session, container } = await setup();
    await agree();
    await press(/Make a new key/);
    await waitFor(() => expect(status()).toContain('AES key of 256 bits, fingerprint aaaaaaaaaaaaaaaa'));
    expect(session.getState().ownKeys.aes?.fingerprint).toBe('aaaaaaaaaaaaaaaa');
    expect(container.innerHTML).not.toContain(KEY_TEXT);
    await press('Show it');
    expect((await screen.findByText(KEY_TEXT)).tagName).toBe('PRE');
    expect(isDisabled(/Copy: wrapping-key.b64/)).toBe(false);
    await press('Hide it');
    expect(container.innerHTML).not.toContain(KEY_TEXT);
  });

  it('saves the key under the name that the programs read, without showing it', async () => {
    const saved = watchDownloads();
    const { agree, press, container } = await setup();
    await agree();
    await press(/Make a new key/);
    await press('Save wrapping-key.b64');
    await waitFor(() => expect(saved.size).toBe(1));
    expect(await saved.get('wrapping-key.b64')?.text()).toBe(KEY_TEXT);
    expect(container.innerHTML).not.toContain(KEY_TEXT);
  });

  it('says what is wrong with a text that is no key, and keeps both the text and the key in use', async () => {
    const { agree, press, user } = await setup();
    await agree();
    await press(/Make a new key/);
    await press(/Use a key of mine/);
    await user.type(screen.getByLabelText('Your key'), 'junk');
    await press('Use this key');
    expect((await screen.findByRole('alert')).textContent).toContain('neither Base64 nor a PEM');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Your key').value).toBe('junk');
    expect(status()).toContain('aaaaaaaaaaaaaaaa');
    await user.clear(screen.getByLabelText('Your key'));
    await user.type(screen.getByLabelText('Your key'), KEY_TEXT);
    await press('Use this key');
    await waitFor(() => expect(status()).toContain('bbbbbbbbbbbbbbbb'));
    expect(screen.queryByLabelText('Your key')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes a key from a file', async () => {
    const { agree, press, user, session } = await setup();
    await agree();
    await press(/Use a key of mine/);
    await user.upload(screen.getByLabelText('Key file'), new File([KEY_TEXT], 'mine.b64'));
    await waitFor(() => expect(session.getState().ownKeys.aes?.fingerprint).toBe('bbbbbbbbbbbbbbbb'));
  });

  it('goes back to a fresh key each run, and runs anew', async () => {
    const { agree, press, session, lab } = await setup();
    await agree();
    await press(/Make a new key/);
    await press(/Back to a fresh key/);
    await waitFor(() => expect(status()).toContain('Each run makes a fresh wrapping key'));
    expect([session.getState().ownKeys, lab.runs.length]).toEqual([{}, 3]);
  });

  it('gives out the object as files with the commands that upload it, to AWS or to one’s own endpoint', async () => {
    const saved = watchDownloads();
    const { press, user } = await setup();
    await press('Get the files');
    await press(/Save object.encrypted 39 bytes/);
    await press(/Save object.metadata.json/);
    expect([...saved.keys()]).toEqual(['object.encrypted', 'object.metadata.json']);
    expect(saved.get('object.encrypted')?.size).toBe(39);
    const commands = screen.getByRole('region', { name: /Commands that upload/ });
    expect(commands.textContent).toContain('--bucket amzn-s3-demo-bucket');
    await user.clear(screen.getByLabelText('To bucket'));
    await user.type(screen.getByLabelText('To bucket'), 'mine');
    await user.click(
      within(screen.getByRole('group', { name: 'Send to' })).getByRole('button', { name: 'My endpoint' }),
    );
    expect(commands.textContent).toMatch(/--endpoint-url http:\/\/localhost:4571[\s\S]*--bucket mine/);
  });

  it('says in other modes where a wrapping key is', async () => {
    await setup('sse-s3');
    expect(screen.getByText(/Choose client-side encryption/).tagName).toBe('P');
  });

  it('has no accessibility violation, with everything open', async () => {
    const { agree, press, container } = await setup();
    await agree();
    await press(/Make a new key/);
    await press('Show it');
    await press(/Use a key of mine/);
    await press('Get the files');
    await screen.findByText(KEY_TEXT);
    const { violations } = await axe.run(container, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
