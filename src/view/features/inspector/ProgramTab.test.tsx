import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Exchange, RunSpec, Trace } from '../../../engine/index.ts';
import { aTrace } from '../../../testing/traceBuilder.ts';
import type { CommandTarget } from './OwnEndpoint.tsx';
import { type ProgramLanguage, ProgramTab } from './ProgramTab.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const PUT: Exchange = {
  index: 0,
  link: 'client-s3',
  isSecure: true,
  request: {
    startLine: 'PUT /lab/report.txt HTTP/1.1',
    headers: [
      ['host', 's3.eu-central-1.amazonaws.com'],
      ['x-amz-meta-x-amz-c', '115'],
      ['x-amz-meta-x-amz-3', 'AAAA'],
      ['x-amz-meta-x-amz-w', '02'],
    ],
    bodyLength: 43,
  },
  response: { startLine: 'HTTP/1.1 200 OK', headers: [], bodyLength: 0 },
};

function traceOf(run: Partial<RunSpec> = {}, exchanges: readonly Exchange[] = [PUT]): Trace {
  return { ...aTrace({ mode: 'cse-aes', ...run }).build(), exchanges };
}

function setup(trace: Trace = traceOf()) {
  function Host() {
    const [language, setLanguage] = useState<ProgramLanguage>('java');
    const [target, setTarget] = useState<CommandTarget>('aws');
    return (
      <ProgramTab
        trace={trace}
        language={language}
        target={target}
        onChooseLanguage={setLanguage}
        onChooseTarget={setTarget}
      />
    );
  }
  const view = render(<Host />);
  return { user: userEvent.setup(), ...view };
}
const language = () => screen.getByRole('combobox', { name: 'Language' });
const program = (name: string) => screen.getByRole('region', { name: `${name} program` }).textContent;

describe('the program tab', () => {
  it('shows a program, what it needs, how to get the library and under which name to save it', () => {
    setup();
    expect(program('Java')).toContain('.aesKey(wrappingKey)');
    expect(screen.getByText(/^Needs version 4\.0\.0 or later/)).toBeTruthy();
    const install = screen.getByRole('region', { name: 'line that gets the library' });
    expect(install.textContent).toContain('amazon-s3-encryption-client-java:4.0.0');
    expect(screen.getByText('OpenObject.java')).toBeTruthy();
  });

  it('writes it in the language that is chosen', async () => {
    const { user } = setup();
    expect(screen.getAllByRole('option').map(option => option.textContent)).toEqual([
      'Java',
      'Go',
      'Python',
      'Ruby',
      '.NET',
      'PHP',
      'C++',
    ]);
    await user.selectOptions(language(), 'Ruby');
    expect(program('Ruby')).toContain('Aws::S3::EncryptionV3::Client.new(');
    await user.selectOptions(language(), 'C++');
    expect(program('C++')).toContain('S3EncryptionClientV3 opener');
  });

  it('says in one sentence which client cannot open the object', async () => {
    const { user } = setup();
    await user.selectOptions(language(), 'Go');
    expect(screen.getByText(/^The S3 Encryption Client for Go cannot open this object/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Copy/ })).toBeNull();
  });

  it('copies the program and the line, each by a button of its own', async () => {
    const { user } = setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await user.click(screen.getByRole('button', { name: 'Copy: Java program' }));
    await user.click(screen.getByRole('button', { name: 'Copy: line that gets the library' }));
    expect(write.mock.calls).toEqual([
      [program('Java')],
      [screen.getByRole('region', { name: 'line that gets the library' }).textContent],
    ]);
  });

  it('goes to one’s own endpoint when told, and says how to start it', async () => {
    const { user } = setup(traceOf({ seed: 'class 7' }));
    expect(program('Java')).not.toContain('localhost');
    await user.click(screen.getByRole('button', { name: 'My endpoint' }));
    expect(program('Java')).toContain('URI.create("http://localhost:4571")');
    expect(screen.getByRole('region', { name: 'command that starts the endpoint' }).textContent).toContain(
      '--lab cse-aes',
    );
    expect(screen.getByText(/first upload the object there/)).toBeTruthy();
  });

  it('says so when nothing was sealed', () => {
    setup(traceOf({}, []));
    expect(screen.getByText(/Nothing that the S3 Encryption Client has sealed/)).toBeTruthy();
  });

  it('has no accessibility violation', async () => {
    const { container, user } = setup(traceOf({ seed: 'class' }));
    expect((await axe.run(container)).violations).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'My endpoint' }));
    await user.selectOptions(language(), 'Go');
    expect((await axe.run(container)).violations).toEqual([]);
  });
});
