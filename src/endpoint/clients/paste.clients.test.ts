import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Exchange,
  MODES,
  type Mode,
  OPERATIONS,
  type Operation,
  type PrincipalName,
  type RunResult,
  type RunSpec,
  type Transport,
} from '../../engine/index.ts';
import { type EquivalentCommand, equivalentOf } from '../../scene/equivalent.ts';
import { startCommandOf } from '../../scene/ownEndpoint.ts';
import { buildProgram, type Program, startProgram } from '../testing/endpointProgram.ts';
import { AWS_CLIS, type Finished, run } from './clientPrograms.ts';
import { dataKeysOf, filesOf, nameOf, OBJECT, refusalOf, runAsPage, SEED } from './pasteRuns.ts';

const FORMS = ['cli', 'sdk'] as const;
type Form = (typeof FORMS)[number];
const FORM_WORDS = { cli: 'AWS CLI', sdk: 'SDK' };
/** Programs lie in the repository's tree, so that node finds the SDK. */
const PROGRAMS = join(process.cwd(), 'node_modules/.cache/paste', String(process.pid));
const PEOPLE = { owner: 'application-owner', 's3-admin': 's3-administrator', stranger: 'stranger' };
const OVER_HTTP = ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms', 'sse-c'] as const;
const DOWNLOADED = 'downloaded-report.txt';
const skipped = AWS_CLIS.length > 0 ? '' : ' (AWS CLI skipped: there is none here, and it could not be installed)';

let program = '';
beforeAll(async () => {
  program = await buildProgram();
  mkdirSync(PROGRAMS, { recursive: true });
});
afterAll(() => rmSync(PROGRAMS, { recursive: true, force: true }));

/** A terminal of somebody who has pasted what the endpoint printed for them. */
interface Terminal {
  readonly folder: string;
  readonly endpoint: string;
  readonly paste: (form: Form, command: EquivalentCommand) => Promise<Finished>;
}

function openTerminal(port: number, printed: string, principal: PrincipalName, folder: string): Terminal {
  const block = printed.split('\n\n').find(part => part.startsWith(`# ${PEOPLE[principal]} `));
  if (block === undefined) throw new Error(`nothing was printed for ${principal}`);
  const environment = { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' };
  let programs = 0;
  return {
    folder,
    endpoint: `http://localhost:${port}`,
    paste: (form, command) => {
      const path = join(PROGRAMS, `${port}-${principal}-${programs++}.mjs`);
      if (form === 'sdk') writeFileSync(path, command.sdk);
      const typed = form === 'cli' ? command.cli : `node '${path}'`;
      return run('sh', ['-c', `${block}\n${typed}\n`], environment, { cwd: folder });
    },
  };
}

function commandOf(exchange: Exchange, mode: Mode, endpoint: string): EquivalentCommand {
  const command = equivalentOf(exchange, { endpoint, mode });
  if (!command) throw new Error(`there is no command for ${nameOf(exchange)}`);
  return command;
}

/** The learner's own files. */
function layOut(result: RunResult, folder: string): void {
  for (const [name, bytes] of Object.entries(filesOf(result))) writeFileSync(join(folder, name), bytes);
}

/** What the endpoint answers: what the run was answered, but for two cases that the page tells the learner of. */
function expectedRefusal(exchange: Exchange, { mode, operation, transport }: RunSpec): string | undefined {
  if (exchange.link === 's3-kms' && mode === 'sse-kms-aws') return 'AccessDeniedException';
  if (transport === 'http' && operation === 'download' && mode !== 'sse-c') return 'NoSuchKey';
  return refusalOf(exchange);
}

/** Pastes every command of the run, in the order of the run. */
async function pasteAll(form: Form, spec: RunSpec, terminal: Terminal): Promise<void> {
  const result = await runAsPage(spec);
  expect(result.trace.exchanges.length).toBeGreaterThan(0);
  rmSync(join(terminal.folder, DOWNLOADED), { force: true });
  if (spec.operation === 'upload') layOut(result, terminal.folder);
  for (const exchange of result.trace.exchanges) {
    const finished = await terminal.paste(form, commandOf(exchange, spec.mode, terminal.endpoint));
    check(form, exchange, spec, result, finished);
  }
  if (spec.operation === 'download') checkDownloaded(spec, result, terminal.folder);
}

function check(form: Form, exchange: Exchange, spec: RunSpec, { trace, world }: RunResult, finished: Finished): void {
  const { code, out, err } = finished;
  // Older clients do not know the element yet.
  if (form === 'cli' && /Unknown parameter.*BlockedEncryptionTypes/s.test(err)) return;
  const refusal = expectedRefusal(exchange, spec);
  if (refusal !== undefined) {
    expect([nameOf(exchange), code === 0, err]).toEqual([
      nameOf(exchange),
      false,
      expect.stringMatching(form === 'cli' ? `\\(${refusal}\\) when calling` : `\\b${refusal}: `),
    ]);
    return;
  }
  expect([nameOf(exchange), code, code === 0 ? '' : err]).toEqual([nameOf(exchange), 0, '']);
  if (exchange.link === 'client-s3') {
    checkAnswer(form, exchange, spec, out);
    return;
  }
  expect(out).toContain(world.names.kmsKeyArn);
  if (nameOf(exchange).endsWith(' Decrypt')) expect(dataKeysOf(trace)).toContain(plaintextIn(form, out));
}

/** The object is protected as in the run, and has the same metadata; an SDK program prints all of an upload's answer only. */
function checkAnswer(form: Form, { response, request }: Exchange, { mode }: RunSpec, out: string): void {
  if (form === 'sdk' && request.startLine.startsWith('GET')) return;
  const headers = (response?.headers ?? []).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  for (const [name, value] of headers) {
    if (/^x-amz-server-side-encryption/.test(name)) expect(out).toContain(value);
  }
  const metadata = headers
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice(11), value]);
  if (metadata.length === 0) return;
  const told = JSON.parse(out).Metadata;
  if (mode === 'cse-rsa') expect(Object.keys(told).toSorted()).toEqual(metadata.map(([name]) => name).toSorted());
  else expect(told).toEqual(Object.fromEntries(metadata));
}

/** The data key that KMS gave out, in Base64, as the AWS CLI or node prints it. */
function plaintextIn(form: Form, out: string): string {
  if (form === 'cli') return JSON.parse(out).Plaintext;
  const numbers = /Plaintext: Uint8Array\(32\) \[([\d,\s]+)\]/.exec(out)?.[1] ?? '';
  return Buffer.from(numbers.split(',').map(Number)).toString('base64');
}

function checkDownloaded(spec: RunSpec, { trace }: RunResult, folder: string): void {
  const path = join(folder, DOWNLOADED);
  if (!trace.outcome.isOk) {
    expect(existsSync(path) && readFileSync(path).length > 0).toBe(false);
    return;
  }
  const isClientSide = spec.mode.startsWith('cse-');
  const stored = isClientSide ? readFileSync(join(folder, 'report.txt.encrypted')) : Buffer.from(OBJECT);
  expect(readFileSync(path).equals(stored)).toBe(true);
}

/** An endpoint as the page says to start it, with the object in it that the owner has uploaded, if it can be. */
function useEndpoint(mode: Mode, transport: Transport) {
  let started: Program | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'envelope-paste-'));
  const spec: RunSpec = { mode, operation: 'upload', transport, principal: 'owner', seed: SEED };
  const terminal = (principal: PrincipalName): Terminal => {
    if (!started) throw new Error('the endpoint is not up');
    return openTerminal(started.port, started.printed(), principal, folder);
  };
  beforeAll(async () => {
    started = await startProgram(program, (startCommandOf(spec) ?? '').split(' ').slice(4));
    const result = await runAsPage(spec);
    layOut(result, folder);
    if (transport === 'http') return;
    const { endpoint, paste } = terminal('owner');
    for (const exchange of result.trace.exchanges.filter(({ link }) => link === 'client-s3')) {
      expect(await paste('sdk', commandOf(exchange, mode, endpoint))).toMatchObject({ code: 0 });
    }
  });
  afterAll(async () => {
    started?.child.kill('SIGTERM');
    await started?.ended;
    rmSync(folder, { recursive: true, force: true });
  });
  return terminal;
}

const forms = FORMS.filter(form => form === 'sdk' || AWS_CLIS.length > 0);
type Case = readonly [name: string, operation: Operation, form: Form];
const casesOf = (nameIt: (operation: Operation, words: string) => string): Case[] =>
  // The upload of a form before its download, which then reads what that form has stored.
  forms.flatMap(form => OPERATIONS.map((operation): Case => [nameIt(operation, FORM_WORDS[form]), operation, form]));

/** What a case of this mode cannot or must not do as the run did. */
const EXCEPTIONS: Partial<Record<Mode, string>> = {
  'cse-rsa': ' (only its requests to S3: RSA keys take no seed)',
  'sse-kms-aws': ' (but KMS refuses the key aws/s3 to everybody but S3, as the page says: F-KSM-035)',
};

describe.each(MODES)(`the page’s commands of %s, pasted into a terminal${skipped}`, mode => {
  const terminal = useEndpoint(mode, 'https');
  const spec = { mode, transport: 'https', seed: SEED } as const;

  it.each(casesOf((operation, words) => `${operation}, ${words}: do what the run did${EXCEPTIONS[mode] ?? ''}`))(
    '%s',
    (_, operation, form) => pasteAll(form, { ...spec, operation, principal: 'owner' }, terminal('owner')),
  );

  if (mode !== 'sse-kms-cmk') return;
  describe.each(['s3-admin', 'stranger'] as const)('as %s', principal => {
    it.each(casesOf((operation, words) => `${operation}, ${words}: are refused as the run was`))(
      '%s',
      (_, operation, form) => pasteAll(form, { ...spec, operation, principal }, terminal(principal)),
    );
  });
});

describe.each(OVER_HTTP)(`the page’s commands of %s over plain HTTP, pasted into a terminal${skipped}`, mode => {
  const terminal = useEndpoint(mode, 'http');
  const isNeverStored = (operation: Operation) => operation === 'download' && mode !== 'sse-c';
  const outcomeOf = (operation: Operation) =>
    isNeverStored(operation) ? 'find nothing, since the upload is refused too' : 'are refused as the run was';

  it.each(casesOf((operation, words) => `${operation}, ${words}: ${outcomeOf(operation)}`))(
    '%s',
    (_, operation, form) =>
      pasteAll(form, { mode, operation, transport: 'http', principal: 'owner', seed: SEED }, terminal('owner')),
  );
});

describe('the page’s line that starts the endpoint', () => {
  let child: ChildProcess | undefined;
  afterAll(() => {
    if (child?.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  });

  it('works when pasted, and what is printed makes one the owner of the run', async () => {
    const spec: RunSpec = {
      mode: 'cse-kms',
      operation: 'upload',
      transport: 'https',
      principal: 'owner',
      seed: "it's 7",
    };
    const { world } = await runAsPage(spec);
    const started = spawn('sh', ['-c', `${startCommandOf(spec)} --port 0`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      started.stdout.on('data', piece => {
        printed += piece;
        if (printed.includes('Ready.')) resolve();
      });
      started.on('exit', code => reject(new Error(`it ended with ${code}`)));
    });
    const { accessKeyId, secretAccessKey } = world.people.owner;
    const owner = printed.split('\n\n').find(part => part.startsWith('# '));
    expect(owner).toContain(`AWS_ACCESS_KEY_ID=${accessKeyId} `);
    expect(owner).toContain(`AWS_SECRET_ACCESS_KEY=${secretAccessKey} `);
    expect(printed.match(/^# \S+ of account/gm)).toHaveLength(3);
  });
});
