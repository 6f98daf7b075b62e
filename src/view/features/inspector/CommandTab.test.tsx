import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Exchange, RunSpec } from '../../../engine/index.ts';
import { type CommandForm, CommandTab, type CommandTarget } from './CommandTab.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const UPLOAD: Exchange = {
  index: 0,
  link: 'client-s3',
  isSecure: true,
  request: {
    startLine: 'PUT /lab/report.txt HTTP/1.1',
    headers: [
      ['host', 's3.eu-central-1.amazonaws.com'],
      ['authorization', 'AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-central-1/s3/aws4_request'],
      ['x-amz-server-side-encryption', 'AES256'],
    ],
    bodyLength: 3,
  },
};

const RUN: RunSpec = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' };

function setup(exchange: Exchange = UPLOAD, run: Partial<RunSpec> = {}) {
  function Host() {
    const [form, setForm] = useState<CommandForm>('cli');
    const [target, setTarget] = useState<CommandTarget>('aws');
    return (
      <CommandTab
        run={{ ...RUN, ...run }}
        exchange={exchange}
        form={form}
        target={target}
        onChooseForm={setForm}
        onChooseTarget={setTarget}
      />
    );
  }
  const view = render(<Host />);
  return { user: userEvent.setup(), ...view };
}
const toOwn = () => screen.getByRole('button', { name: 'My endpoint' });
const startLine = () => screen.getByRole('region', { name: 'command that starts the endpoint' }).textContent;

describe('the command tab', () => {
  it('shows the AWS CLI first, and the program when asked', async () => {
    const { user } = setup();
    expect(screen.getByRole('region', { name: 'AWS CLI command' }).textContent).toMatch(/^aws s3api put-object/);
    await user.click(screen.getByRole('button', { name: 'SDK' }));
    expect(screen.getByRole('region', { name: 'SDK program' }).textContent).toContain('new PutObjectCommand(');
    expect(screen.getByRole('button', { name: 'SDK' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('copies what it shows and says so aloud', async () => {
    const { user } = setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    expect(screen.getByRole('status').textContent).toBe('');
    await user.click(screen.getByRole('button', { name: 'Copy: AWS CLI command' }));
    expect(write.mock.calls).toEqual([[screen.getByRole('region').textContent]]);
    await vi.waitFor(() => expect(screen.getByRole('status').textContent).toBe('Copied: AWS CLI command'));
  });

  it('says so when the browser does not let it', async () => {
    const { user } = setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'));
    vi.spyOn(document, 'execCommand').mockReturnValue(false);
    await user.click(screen.getByRole('button', { name: 'Copy: AWS CLI command' }));
    await vi.waitFor(() => expect(screen.getByRole('status').textContent).toBe('Not copied: AWS CLI command'));
  });

  it('says that nobody can type a call which S3 makes', () => {
    const headers = [['x-amz-target', 'TrentService.GenerateDataKey']] as const;
    const request = { startLine: 'POST / HTTP/1.1', headers, bodyLength: 2, json: { KeyId: 'k' } };
    setup({ index: 1, link: 's3-kms', isSecure: true, request });
    expect(screen.getByText(/you cannot type it/)).toBeTruthy();
  });

  it('says when there is no command', () => {
    setup({ ...UPLOAD, request: { ...UPLOAD.request, startLine: 'PUT /lab/a?torrent HTTP/1.1' } });
    expect(screen.getByText('There is no command for this request.')).toBeTruthy();
  });

  it('sends to AWS until it is told to send to an endpoint of one’s own', async () => {
    const { user } = setup(UPLOAD, { seed: 'class 7' });
    const command = () => screen.getByRole('region', { name: 'AWS CLI command' }).textContent;
    expect(command()).not.toContain('--endpoint-url');
    expect(screen.queryByText(/npm run endpoint/)).toBeNull();
    await user.click(toOwn());
    expect(command()).toContain('--endpoint-url http://localhost:4571');
    expect(startLine()).toBe("npm run endpoint -- --lab sse-s3 --seed 'class 7' --trust-loopback");
    expect(screen.getByText(/lines it prints under “application-owner”/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'SDK' }));
    expect(screen.getByRole('region', { name: 'SDK program' }).textContent).toContain("'http://localhost:4571'");
  });

  it('copies the line that starts the endpoint', async () => {
    const { user } = setup(UPLOAD, { seed: 'class' });
    await user.click(toOwn());
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await user.click(screen.getByRole('button', { name: 'Copy: command that starts the endpoint' }));
    expect(write.mock.calls).toEqual([[startLine()]]);
  });

  it('trusts no line where plain HTTP is the lesson', async () => {
    const { user } = setup(UPLOAD, { seed: 'class', transport: 'http', mode: 'sse-c', principal: 'stranger' });
    await user.click(toOwn());
    expect(startLine()).toBe('npm run endpoint -- --lab sse-c --seed class');
    expect(screen.getByText(/under “stranger”/)).toBeTruthy();
  });

  it('asks for a seed when there is none: no endpoint has the keys of chance', async () => {
    const { user } = setup();
    await user.click(toOwn());
    expect(screen.getByText(/this run’s own.*Use a Seed \(in Settings\)/)).toBeTruthy();
    expect(screen.queryByText(/npm run endpoint/)).toBeNull();
  });

  it.each<[Partial<RunSpec>, RegExp | undefined]>([
    [{ operation: 'upload' }, undefined],
    [{ operation: 'download' }, /bucket is empty: send the commands of the upload first/],
    [{ operation: 'download', transport: 'http' }, /bucket is empty: send the commands of the upload first/],
    [{ operation: 'download', transport: 'http', mode: 'sse-c' }, undefined],
    [{ operation: 'download', transport: 'http', mode: 'dsse-kms' }, /upload is refused too: it will answer NoSuchKey/],
  ])('says of %j what the endpoint does not have', async (run, said) => {
    const { user, container } = setup(UPLOAD, { seed: 'class', ...run });
    await user.click(toOwn());
    if (said) expect(container.textContent).toMatch(said);
    else expect(container.textContent).not.toContain('bucket is empty');
  });

  it('says that KMS refuses the AWS managed key to everybody but S3', () => {
    const headers = [['x-amz-target', 'TrentService.Decrypt']] as const;
    const request = { startLine: 'POST / HTTP/1.1', headers, bodyLength: 2, json: { CiphertextBlob: 'AAAA' } };
    setup({ index: 1, link: 's3-kms', isSecure: true, request }, { mode: 'sse-kms-aws' });
    expect(screen.getByText(/KMS answers you with AccessDeniedException/)).toBeTruthy();
  });

  it('has no accessibility violation', async () => {
    const { container, user } = setup(UPLOAD, { seed: 'class' });
    expect((await axe.run(container)).violations).toEqual([]);
    await user.click(toOwn());
    expect((await axe.run(container)).violations).toEqual([]);
  });
});
