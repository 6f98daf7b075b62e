import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a real client is asked to do: a line of JSON, the same for all of them. */
export interface Job {
  readonly does: 'put' | 'get';
  /** Of the client, not of the format: the second one reads the first one's objects when `isLegacy`. */
  readonly version: 'v1' | 'v2';
  readonly wrap: Wrap;
  readonly bucketName: string;
  readonly objectName: string;
  /** Base64; only with `put`. */
  readonly body?: string;
  /** Write and expect the envelope in an instruction file. */
  readonly isInFile?: boolean;
  readonly isLegacy?: boolean;
  /** Of Go's first client: how it encrypts contents, as it will say itself. */
  readonly content?: 'AES/CBC/PKCS5Padding' | 'AES/CBC/PKCS7Padding' | 'AES/GCM/NoPadding';
  readonly kmsKeyId?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** 32 bytes in Base64. */
  readonly aesKey?: string;
  /** Private key in PEM. */
  readonly rsaPem?: string;
  /** Of the wrapping key: it is stored with what is written, and only what bears it is opened. */
  readonly materialDescription?: Readonly<Record<string, string>>;
  readonly range?: string;
}
export type Wrap = 'kms' | 'aes' | 'rsa';

/** What it did, or why not, in its own words. */
export type Told =
  | { readonly ok: { readonly body?: string } }
  | { readonly error: { readonly code: string; readonly message: string } };

export interface RealClient {
  /** Jobs are done one after another. */
  readonly tell: (job: Job) => Promise<Told>;
  readonly stop: () => Promise<void>;
}

const FOLDER = join(process.cwd(), 'src/endpoint/encryptionClients');
/** Where Debian keeps the sources of Go's packages. */
const GO_PATH = '/usr/share/gocode';
const CACHE = join(process.cwd(), 'node_modules/.cache/encryption-clients');
const goEnvironment = () => ({
  PATH: process.env.PATH,
  HOME: CACHE,
  GOPATH: GO_PATH,
  GOCACHE: join(CACHE, 'go'),
  GO111MODULE: 'off',
  GOFLAGS: '',
  GOTOOLCHAIN: 'local',
});

const works = (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) =>
  spawnSync(command, args, { stdio: 'ignore', ...(env ? { env } : {}) }).status === 0;

/** A Ruby that has the AWS SDK's S3 and KMS. */
export const RUBY: string | undefined = ['ruby', '/usr/bin/ruby'].find(command =>
  works(command, ['-e', 'require "aws-sdk-s3"; require "aws-sdk-kms"']),
);
/** A Go that finds the AWS SDK's S3 Encryption Client. */
export const GO: string | undefined = ['go', '/usr/bin/go'].find(command =>
  works(command, ['list', 'github.com/aws/aws-sdk-go/service/s3/s3crypto'], goEnvironment()),
);

/** For names of tests. */
export const whyNot = (command: string | undefined, name: string): string =>
  command === undefined ? ` (skipped: there is no ${name} here, and it could not be installed)` : '';

/** Starts the clients of the SDK for Ruby. */
export function startRuby(environment: NodeJS.ProcessEnv): RealClient {
  return startClient(RUBY ?? 'ruby', [join(FOLDER, 'rubyClient.rb')], environment);
}

/** Builds and starts the clients of the SDK for Go; the first time that takes up to a minute. */
export function startGo(environment: NodeJS.ProcessEnv, folder: string): RealClient {
  const program = join(folder, 'goClient');
  const built = spawnSync(GO ?? 'go', ['build', '-o', program, join(FOLDER, 'goClient.go')], {
    env: goEnvironment(),
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the Go program cannot be built: ${built.stderr}`);
  return startClient(program, [], environment);
}

function startClient(command: string, args: readonly string[], env: NodeJS.ProcessEnv): RealClient {
  const child: ChildProcess = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr?.on('data', piece => {
    complaints += piece;
  });
  const waiting: ((line: string | undefined) => void)[] = [];
  const ended = new Promise<void>(resolve => {
    child.once('close', () => {
      for (const resume of waiting.splice(0)) resume(undefined);
      resolve();
    });
    child.once('error', () => resolve());
  });
  if (child.stdout) createInterface({ input: child.stdout }).on('line', line => waiting.shift()?.(line));
  return {
    tell: async job => {
      const answer = new Promise<string | undefined>(resolve => waiting.push(resolve));
      child.stdin?.write(`${JSON.stringify(job)}\n`);
      const line = await answer;
      if (line === undefined) throw new Error(`${command} has ended: ${complaints}`);
      return JSON.parse(line) as Told;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
