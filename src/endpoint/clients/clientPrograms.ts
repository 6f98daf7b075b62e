import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_USERS } from '../defaultUsers.ts';

const works = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Every AWS CLI of this machine; a second one only when it is another program. */
export const AWS_CLIS: readonly string[] = ['aws', '/usr/bin/aws'].filter(
  (command, i) => works(command, ['--version']) && (i === 0 || versionOf('aws') !== versionOf(command)),
);
/** A Python that has boto3. */
export const PYTHON: string | undefined = ['python3', '/usr/bin/python3'].find(command =>
  works(command, ['-c', 'import boto3']),
);

export function versionOf(command: string): string {
  return spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout?.split(' ')[0] ?? '';
}

export interface RunningEndpoint {
  readonly url: string;
  /** A folder for files, removed when the endpoint stops. */
  readonly folder: string;
  /** Environment for a client, as the endpoint prints it, and nothing of this machine's own AWS settings. */
  readonly environment: (user?: string) => NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Starts the real program. */
export async function startEndpoint(more: readonly string[] = []): Promise<RunningEndpoint> {
  const folder = mkdtempSync(join(tmpdir(), 'envelope-clients-'));
  const port = await freePort();
  const isTls = more.includes('--tls');
  const child = spawn(process.execPath, ['scripts/endpoint.mjs', '--port', String(port), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', piece => {
    printed += piece;
  });
  const url = `${isTls ? 'https' : 'http'}://localhost:${port}`;
  await untilListening(port, () => child.exitCode !== null);
  const bundle = () => /AWS_CA_BUNDLE=['"]?([^'"\s]+)/.exec(printed)?.[1];
  return {
    url,
    folder,
    environment: (name = 'admin') => {
      const user = DEFAULT_USERS.find(one => one.name === name);
      const certificate = bundle();
      return {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
        AWS_ACCESS_KEY_ID: user?.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user?.secretAccessKey,
        AWS_DEFAULT_REGION: 'eu-central-1',
        AWS_REGION: 'eu-central-1',
        AWS_ENDPOINT_URL: url,
        ...(certificate === undefined ? {} : { AWS_CA_BUNDLE: certificate }),
      };
    },
    stop: async () => {
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function untilListening(port: number, isOver: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (isOver()) throw new Error('the endpoint has ended before it began');
    const isUp = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('the endpoint did not come up within 30 s');
}

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options: { readonly cwd?: string; readonly input?: string } = {},
): Promise<Finished> {
  return new Promise(resolve => {
    const child = execFile(
      command,
      [...args],
      { env, cwd: options.cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
    child.stdin?.end(options.input ?? '');
  });
}
