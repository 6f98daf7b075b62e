/** The two ways in which real AWS clients reach the engine: a request handler in the same process, and TCP. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { DEFAULT_USERS } from '../endpoint/defaultUsers.ts';
import { createHttpServer } from '../endpoint/httpServer.ts';
import { toUsers } from '../endpoint/users.ts';
import {
  type Cloud,
  type CloudOptions,
  createCloud,
  createServer,
  type Principal,
  parsePolicy,
  type Served,
  seededRandom,
  wallClock,
} from '../engine/index.ts';
import { engineHandler } from '../sdk/requestHandler.ts';

export const TEST_REGION = 'eu-central-1';
export type UserName = 'admin' | 'application-owner' | 's3-administrator' | 'stranger';

/** A world with a door that is open. */
export interface OpenDoor {
  readonly cloud: Cloud;
  readonly s3: (user?: UserName, more?: Partial<S3ClientConfig>) => S3Client;
  readonly kms: (user?: UserName) => KMSClient;
  readonly sts: (user?: UserName) => STSClient;
  readonly principal: (user: UserName) => Principal;
  /** Where plain HTTP clients reach it; only over TCP. */
  readonly url?: string;
  readonly close: () => Promise<void>;
}

export interface Door {
  readonly name: 'request handler' | 'TCP';
  readonly open: (options?: DoorOptions) => Promise<OpenDoor>;
}

export interface DoorOptions extends Partial<CloudOptions> {
  readonly isRecorded?: boolean;
  readonly onServed?: (served: Served) => void;
}

/** The endpoint's own default users. */
export function testPrincipals(): readonly Principal[] {
  const read = toUsers(DEFAULT_USERS, parsePolicy);
  if ('problem' in read) throw new Error(read.problem);
  return read.users.map(user => user.principal);
}

async function newCloud(options: DoorOptions): Promise<Cloud> {
  return createCloud({
    region: TEST_REGION,
    random: seededRandom('doors'),
    // Real clients sign with the machine's time.
    clock: wallClock,
    principals: testPrincipals(),
    hosts: ['localhost'],
    ...options,
  });
}

function clientsOf(cloud: Cloud, connect: Pick<S3ClientConfig, 'endpoint' | 'requestHandler'>) {
  const principal = (user: UserName): Principal => {
    const found = testPrincipals().find(one => one.name === user);
    if (!found) throw new Error(`no user ${user}`);
    return found;
  };
  const common = (user: UserName) => {
    const { accessKeyId, secretAccessKey } = principal(user);
    return { region: TEST_REGION, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1, ...connect };
  };
  return {
    cloud,
    principal,
    s3: (user: UserName = 'admin', more: Partial<S3ClientConfig> = {}) =>
      new S3Client({ ...common(user), forcePathStyle: true, ...more }),
    kms: (user: UserName = 'admin') => new KMSClient(common(user)),
    sts: (user: UserName = 'admin') => new STSClient(common(user)),
  };
}

export const DOORS: readonly Door[] = [
  {
    name: 'request handler',
    open: async (options = {}) => {
      const cloud = await newCloud(options);
      const { isRecorded = false, onServed } = options;
      const requestHandler = engineHandler({
        serve: createServer(cloud),
        isRecorded,
        ...(onServed ? { onServed } : {}),
      });
      return { ...clientsOf(cloud, { endpoint: 'https://localhost', requestHandler }), close: async () => {} };
    },
  },
  {
    name: 'TCP',
    open: async (options = {}) => {
      const cloud = await newCloud(options);
      const serve = createServer(cloud);
      const server = createHttpServer({
        serve: async incoming => {
          const served = await serve(incoming, options.isRecorded ?? false);
          options.onServed?.(served);
          return served.response;
        },
        trustsLoopback: true,
        report: line => {
          throw new Error(line);
        },
      });
      const port = await server.listen('127.0.0.1', 0);
      const url = `http://localhost:${port}`;
      return { ...clientsOf(cloud, { endpoint: url }), url, close: () => server.stop(1000) };
    },
  },
];
