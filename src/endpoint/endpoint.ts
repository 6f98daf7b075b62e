import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Cloud,
  createCloud,
  createServer,
  cryptoRandom,
  parsePolicy,
  type RandomSource,
  type RootSecrets,
  seededRandom,
  wallClock,
} from '../engine/index.ts';
import type { EndpointArguments } from './arguments.ts';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { describeEnvironment } from './environment.ts';
import { createHttpServer } from './httpServer.ts';
import { type Keep, openKeep } from './keep/keep.ts';
import { codeOf, KeepProblem } from './keep/problem.ts';
import { openLab } from './lab.ts';
import { changesOf, createFaultBox, createPipeline } from './pipeline.ts';
import { type Certificate, provideCertificate } from './tls.ts';
import { openTraceFolder } from './traces.ts';
import { type EndpointUser, readUsers, toUsers } from './users.ts';

/** An endpoint that runs. */
export interface Endpoint {
  readonly port: number;
  readonly url: string;
  /** What to print: the address and blocks of environment variables. */
  readonly description: string;
  /** Lets what is under way finish (at most 5 s), writes what is to be kept, gives everything free. */
  readonly stop: () => Promise<void>;
}

/** Why it cannot start. `users` is the operator's mistake; the rest is the machine's. Says what to do, never a secret. */
export class StartProblem extends Error {
  readonly about: 'users' | 'data' | 'port' | 'tls' | 'trace';
  constructor(about: StartProblem['about'], message: string) {
    super(message);
    this.name = 'StartProblem';
    this.about = about;
  }
}

const STOP_GRACE = 5000;

/**
 * Builds the world, opens the door.
 * @param report takes lines for the operator
 * @throws StartProblem
 */
export async function startEndpoint(asked: EndpointArguments, report: (line: string) => void): Promise<Endpoint> {
  // Bad users end the start before a data folder is touched.
  const named = asked.lab === undefined ? await findUsers(asked.usersFile) : [];
  let keep: Keep | undefined;
  try {
    keep = await openData(asked);
    const { cloud, users } = await openWorld(asked, named, keep);
    await keep?.commit(changesOf(cloud));
    const traces = asked.traceFolder === undefined ? undefined : await openTraces(asked.traceFolder, report);
    const certificate = asked.isTls ? await openTls(asked) : undefined;
    const faults = createFaultBox();
    const server = createHttpServer({
      serve: createPipeline({
        serve: createServer(cloud, { onFault: faults.onFault }),
        takeFault: faults.takeFault,
        takeChanges: () => changesOf(cloud),
        ...(keep ? { keep } : {}),
        ...(traces ? { onTrace: traces.add } : {}),
        report,
      }),
      ...(certificate ? { tls: certificate } : {}),
      trustsLoopback: asked.trustsLoopback,
      report,
    });
    const port = await server.listen(asked.host, asked.port).catch(thrown => {
      throw new StartProblem('port', explainPort(asked, codeOf(thrown)));
    });
    const url = urlFor(asked, port);
    return {
      port,
      url,
      description: describeEnvironment({ ...surroundingsOf(asked, users, certificate), url }),
      stop: async () => {
        await server.stop(STOP_GRACE);
        await traces?.flush();
        await keep?.close();
      },
    };
  } catch (thrown) {
    await keep?.close();
    if (thrown instanceof KeepProblem) throw new StartProblem('data', thrown.message);
    throw thrown;
  }
}

async function openWorld(
  { lab, seed, region, host }: EndpointArguments,
  users: readonly EndpointUser[],
  keep: Keep | undefined,
): Promise<{ readonly cloud: Cloud; readonly users: readonly EndpointUser[] }> {
  if (lab !== undefined && seed !== undefined) return openLab(lab, seed);
  const cloud = await createCloud({
    region,
    random: randomFor(seed, keep?.starts ?? 1),
    clock: wallClock,
    principals: users.map(({ principal }) => principal),
    hosts: hostsFor(host),
    ...(keep ? { secrets: keep.secrets, saved: keep.saved } : {}),
  });
  return { cloud, users };
}

async function findUsers(path: string | undefined): Promise<readonly EndpointUser[]> {
  const read =
    path === undefined
      ? toUsers(DEFAULT_USERS, parsePolicy)
      : readUsers(
          await readFile(path, 'utf8').catch(thrown => {
            throw new StartProblem('users', `${path} cannot be read: ${codeOf(thrown)}.`);
          }),
          parsePolicy,
        );
  if ('problem' in read) throw new StartProblem('users', `${path ?? 'built-in users'}: ${read.problem}`);
  return read.users;
}

async function openData({ dataFolder, region, seed }: EndpointArguments): Promise<Keep | undefined> {
  if (dataFolder === undefined) return undefined;
  const makeSecrets = (): RootSecrets => {
    const random = seed === undefined ? cryptoRandom : seededRandom(`${seed} root secrets`);
    return { domainKey: random.bytes(32), s3RootKey: random.bytes(32) };
  };
  return openKeep(dataFolder, { region, makeSecrets });
}

/** A world that is started again must not draw the same bytes again: its first keys and ids are taken. */
function randomFor(seed: string | undefined, starts: number): RandomSource {
  if (seed === undefined) return cryptoRandom;
  return seededRandom(starts === 1 ? seed : `${seed} start ${starts}`);
}

async function openTraces(folder: string, report: (line: string) => void) {
  return openTraceFolder(folder, report).catch(thrown => {
    throw new StartProblem('trace', `${folder} cannot take traces: ${codeOf(thrown)}. Choose another folder.`);
  });
}

async function openTls({ dataFolder, host }: EndpointArguments): Promise<Certificate> {
  return provideCertificate(dataFolder === undefined ? undefined : resolve(dataFolder), host, wallClock.now()).catch(
    thrown => {
      throw new StartProblem(
        'tls',
        `The certificate cannot be written: ${codeOf(thrown)}. Choose another --data folder.`,
      );
    },
  );
}

/** Under these names buckets have names of their own: `bucket.localhost`; with TLS, `bucket.s3.localhost`. */
function hostsFor(host: string): string[] {
  const isName = /[A-Za-z]/.test(host) && !host.includes(':');
  return [...new Set(['localhost', 's3.localhost', ...(isName ? [host.toLowerCase()] : [])])];
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function urlFor({ host, isTls }: EndpointArguments, port: number): string {
  const named = isEverywhere(host) ? '127.0.0.1' : host;
  return `${isTls ? 'https' : 'http'}://${named.includes(':') ? `[${named}]` : named}:${port}`;
}

function explainPort({ host, port }: EndpointArguments, code: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use. Choose another with --port, or 0 for any free one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`;
  return `${host} port ${port} cannot be listened on: ${code}. Check --host and --port.`;
}

function surroundingsOf(
  asked: EndpointArguments,
  users: readonly EndpointUser[],
  certificate: Certificate | undefined,
) {
  const { region, host, trustsLoopback, seed, lab, dataFolder, traceFolder } = asked;
  return {
    region,
    users,
    hasPublicKeys: asked.usersFile === undefined && lab === undefined,
    trustsLoopback,
    isOpen: !/^(?:127\.|::1$|localhost$)/.test(host),
    ...(certificate ? { certificatePath: certificate.certificatePath } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(lab === undefined ? {} : { lab }),
    ...(dataFolder === undefined ? {} : { dataFolder: resolve(dataFolder) }),
    ...(traceFolder === undefined ? {} : { traceFolder: resolve(traceFolder) }),
  };
}
