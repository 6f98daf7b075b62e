import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { buildProgram, type Program, startProgram } from './testing/endpointProgram.ts';

let path = '';
const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
const running: Program[] = [];

beforeAll(async () => {
  path = await buildProgram();
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(...args: string[]): Promise<Program> {
  const program = await startProgram(path, args);
  running.push(program);
  return program;
}
function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
const admin = DEFAULT_USERS[0];
function configFor(port: number) {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: admin?.accessKeyId ?? '', secretAccessKey: admin?.secretAccessKey ?? '' },
  };
}

describe('the program', () => {
  it('prints help and ends', async () => {
    await expect(startProgram(path, ['--help'])).rejects.toThrow('ended with 0');
  });

  it('serves, and ends with 0 on a signal', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = await start('--seed', 'class 7');
      const identity = await new STSClient(configFor(program.port)).send(new GetCallerIdentityCommand({}));
      expect(identity.Arn).toBe('arn:aws:iam::111122223333:user/admin');
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      expect(program.complaints()).toBe('');
    }
  });

  it('with --quiet prints nothing, serves all the same, and ends with 0', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [path, '--quiet', '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk));
    const ended = new Promise(go => child.on('close', go));
    const sts = new STSClient(configFor(port));
    const ask = (): Promise<unknown> => sts.send(new GetCallerIdentityCommand({}));
    for (let isUp = false; !isUp; ) {
      isUp = await ask().then(
        () => true,
        () => new Promise<boolean>(go => setTimeout(() => go(false), 50)),
      );
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(printed).toBe('');
  });

  it.each([
    ['an argument that is none', ['--fast'], 2, '--fast is not an option'],
    ['users that are not there', ['--users', '/nowhere/users.json'], 2, '/nowhere/users.json cannot be read: ENOENT'],
    ['a data folder that cannot be', ['--data', '/dev/null/x'], 1, 'cannot be used'],
    ['a trace folder that cannot be', ['--trace', '/dev/null/x'], 1, 'cannot take traces'],
    ['an address of somebody else', ['--host', '203.0.113.1'], 1, 'cannot be listened on: EADDRNOTAVAIL'],
  ])('with %s ends and says why', async (_, args, code, message) => {
    await expect(startProgram(path, args)).rejects.toThrow(new RegExp(`ended with ${code}: .*${message}`));
  });

  it('on a port in use ends with 1 and says so', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise(go => other.once('listening', go));
    await expect(startProgram(path, ['--port', String(port)])).rejects.toThrow(`ended with 1: Port ${port}`);
    other.close();
  });

  it('with users of a file knows them and nobody else', async () => {
    const file = join(folder, 'users.json');
    writeFileSync(file, JSON.stringify({ users: DEFAULT_USERS.map(user => ({ ...user, name: `${user.name}-2` })) }));
    const { port } = await start('--users', file);
    const identity = await new STSClient(configFor(port)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe('arn:aws:iam::111122223333:user/admin-2');
    const stranger = { ...configFor(port), credentials: { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' } };
    await expect(new STSClient(stranger).send(new GetCallerIdentityCommand({}))).rejects.toThrow('security token');
  });

  it('started by npm ends in good order when npm is stopped', async () => {
    const data = join(folder, 'npm');
    const npm = spawn('npm', ['run', '--silent', 'endpoint', '--', '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>(go => {
      npm.stdout.on('data', chunk => String(chunk).includes('Ready.') && go());
    });
    expect(existsSync(join(data, 'lock'))).toBe(true);
    npm.kill('SIGTERM');
    while (existsSync(join(data, 'lock'))) await new Promise(go => setTimeout(go, 50));
    expect(readdirSync(data).sort()).toEqual(['contents', 'journal.jsonl', 'secrets.json']);
  });

  it('writes traces where it is told to', async () => {
    const traces = join(folder, 'traces');
    const program = await start('--trace', traces, '--trust-loopback');
    await new KMSClient(configFor(program.port)).send(new CreateKeyCommand({}));
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(readdirSync(traces)).toEqual(['000001-kms-CreateKey.json']);
  });
});

describe('a kept world', () => {
  it('holds whatever was acknowledged when the process was killed, and nothing torn', async () => {
    const data = join(folder, 'data');
    const args = ['--data', data, '--trust-loopback'];
    const expected = new Map<string, string | undefined>();
    const possible = new Map<string, (string | undefined)[]>();
    const blobs: { blob: Uint8Array; text: string }[] = [];
    let program = await start(...args);
    const first = new KMSClient(configFor(program.port));
    const key = await first.send(new CreateKeyCommand({}));
    const KeyId = key.KeyMetadata?.KeyId;
    await new S3Client(configFor(program.port)).send(new CreateBucketCommand({ Bucket: 'lesson' }));

    for (let round = 0; round < 8; round++) {
      const s3 = new S3Client(configFor(program.port));
      const kms = new KMSClient(configFor(program.port));
      let isOver = false;
      const hammer = async (worker: number): Promise<void> => {
        for (let i = 0; !isOver; i++) {
          const name = `w${worker}/o${i % 4}`;
          const text = `${round}.${worker}.${i} ${'x'.repeat(i % 3 === 0 ? 20_000 : 10)}`;
          // Until the answer is here it may be the old or the new one, or gone.
          possible.set(name, [expected.get(name), i % 5 === 4 ? undefined : text]);
          expected.delete(name);
          if (i % 5 === 4) {
            await s3.send(new DeleteObjectCommand({ Bucket: 'lesson', Key: name }));
            expected.set(name, undefined);
          } else {
            const mode = i % 2 === 0 ? ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KeyId } as const) : {};
            await s3.send(new PutObjectCommand({ Bucket: 'lesson', Key: name, Body: text, ...mode }));
            expected.set(name, text);
          }
          if (i % 3 !== 0) continue;
          const start = text.slice(0, 50);
          const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from(start) }));
          if (CiphertextBlob) blobs.push({ blob: CiphertextBlob, text: start });
        }
      };
      const workers = [0, 1, 2, 3].map(worker => hammer(worker).catch(() => undefined));
      await new Promise(go => setTimeout(go, 100 + Math.random() * 400));
      program.child.kill('SIGKILL');
      isOver = true;
      await Promise.all(workers);
      expect(await program.ended).toBe('SIGKILL');

      program = await start(...args);
      const reader = new S3Client(configFor(program.port));
      const list = await reader.send(new ListObjectsV2Command({ Bucket: 'lesson' }));
      const names = (list.Contents ?? []).map(item => item.Key ?? '');
      const found = new Map<string, string>();
      for (const name of names) {
        const { Body } = await reader.send(new GetObjectCommand({ Bucket: 'lesson', Key: name }));
        found.set(name, (await Body?.transformToString()) ?? '');
      }
      for (const [name, text] of expected) expect(found.get(name), name).toBe(text);
      for (const [name, texts] of possible) {
        expect(texts.includes(found.get(name)) || expected.has(name), name).toBe(true);
        expected.set(name, found.get(name));
      }
      expect(found.size).toBeGreaterThan(0);
      const last = blobs.at(-1);
      if (!last) continue;
      const opened = await new KMSClient(configFor(program.port)).send(
        new DecryptCommand({ CiphertextBlob: last.blob }),
      );
      expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe(last.text);
    }
  });
});
