import { randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createEncryptionClient, type S3EncryptionClient } from '../../engine/client/s3EncryptionClient/client.ts';
import type { ClientOptions } from '../../engine/client/s3EncryptionClient/options.ts';
import type { GetMore } from '../../engine/client/s3EncryptionClient/reading.ts';
import type { Artifact } from '../../engine/index.ts';
import { startEndpoint } from '../clients/clientPrograms.ts';
import { createLab, keyringOf, type Lab, WORLD } from './labCustomer.ts';
import { GO, type Job, type RealClient, RUBY, startGo, startRuby, type Told, type Wrap } from './realClients.ts';

export type ClientName = 'Ruby' | 'Go';
export interface ClientCase {
  readonly name: ClientName;
  readonly command: string | undefined;
  readonly wraps: readonly Wrap[];
}
/** The real clients there are, with what each of them can do. */
export const CLIENTS: readonly ClientCase[] = [
  { name: 'Ruby', command: RUBY, wraps: ['kms', 'aes', 'rsa'] },
  { name: 'Go', command: GO, wraps: ['kms'] },
];
export const PLACES = ['metadata', 'instruction file'] as const;
export type Place = (typeof PLACES)[number];

/** What every KMS object of these tests is bound to; JSON of it is not the same text everywhere. */
export const CONTEXT = { department: 'finance', project: 'a<b & "c"' };
const contextFor = (wrap: Wrap) => (wrap === 'kms' ? { encryptionContext: CONTEXT } : {});

/** An object as somebody sees it who knows nothing of encryption. */
export interface Stored {
  readonly body: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An endpoint, the real clients there are, and the lab's customer, all in one world and with the same keys. */
export interface Stage {
  readonly lab: Lab;
  /** A name that no object has yet. */
  readonly newName: () => string;
  /** Lets a real client write or read; what a job does not say is filled in. */
  readonly tell: (name: ClientName, job: Pick<Job, 'does' | 'objectName' | 'wrap'> & Partial<Job>) => Promise<Told>;
  /** Lets a real client write random bytes, and gives them in Base64. */
  readonly writeByReal: (name: ClientName, job: Partial<Job> & Writing) => Promise<string>;
  /** The lab's client with the key ring of that wrap; it writes V2 and reads everything, unless told otherwise. */
  readonly labClient: (wrap: Wrap, options?: Partial<ClientOptions>) => S3EncryptionClient;
  /** Lets the lab's client write random bytes, and gives them in Base64. */
  readonly writeByLab: (writing: Writing, options?: Partial<ClientOptions>) => Promise<string>;
  /** What the lab's client reads, in Base64, or its code and the trace's reason. */
  readonly readByLab: (
    objectName: string,
    wrap: Wrap,
    options?: Partial<ClientOptions>,
    more?: GetMore,
  ) => Promise<string>;
  readonly load: (objectName: string) => Promise<Stored>;
  readonly store: (objectName: string, stored: Stored) => Promise<void>;
  readonly stop: () => Promise<void>;
}
export interface Writing {
  readonly objectName: string;
  readonly wrap: Wrap;
  readonly byteLength: number;
}

export async function openStage(): Promise<Stage> {
  const endpoint = await startEndpoint(['--trust-loopback', '--lab', WORLD.mode, '--seed', WORLD.seed]);
  const lab = await createLab(endpoint.url);
  const { customer, bucketName } = lab;
  const environment = { ...endpoint.environment(), ...lab.environment };
  const clients: Partial<Record<ClientName, RealClient>> = {
    ...(RUBY === undefined ? {} : { Ruby: startRuby(environment) }),
    ...(GO === undefined ? {} : { Go: startGo(environment, endpoint.folder) }),
  };
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = lab.environment;
  const credentials = { accessKeyId, secretAccessKey };
  const s3 = new S3Client({ endpoint: endpoint.url, region: 'eu-central-1', forcePathStyle: true, credentials });

  const tell: Stage['tell'] = async (name, job) => {
    const client = clients[name];
    if (!client) throw new Error(`there is no ${name} here`);
    const { kmsKeyArn: kmsKeyId, keys } = lab;
    return client.tell({ version: 'v2', bucketName, kmsKeyId, aesKey: keys.aes.base64, rsaPem: keys.rsa.pem, ...job });
  };
  const labClient: Stage['labClient'] = (wrap, options) =>
    createEncryptionClient(customer, {
      keyring: keyringOf(lab, wrap),
      transport: 'https',
      commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT',
      ...options,
    });
  let count = 0;
  return {
    lab,
    newName: () => `object-${count++}`,
    tell,
    writeByReal: async (name, { byteLength, ...job }) => {
      const body = toBase64(randomBytes(byteLength));
      // The first clients know no context of the caller's.
      const context = job.version === 'v1' ? {} : contextFor(job.wrap);
      bodyOf(await tell(name, { does: 'put', body, ...context, ...job }));
      return body;
    },
    labClient,
    writeByLab: async ({ objectName, wrap, byteLength }, options) => {
      const { plaintext, base64 } = await layOut(lab, byteLength);
      const address = { bucketName, objectName };
      const put = await labClient(wrap, options).putObject(address, plaintext, 'text/plain', contextFor(wrap));
      if ('failure' in put || put.ok.status !== 200) throw new Error(`not written: ${JSON.stringify(put)}`);
      return base64;
    },
    readByLab: async (objectName, wrap, options, more) => {
      const address = { bucketName, objectName };
      const got = await labClient(wrap, options).getObject(address, { ...contextFor(wrap), ...more });
      if ('failure' in got) return `${got.failure.code} ${got.failure.why?.code ?? ''}`.trim();
      if (!got.ok.plaintext) throw new Error(`S3 answered ${got.ok.response.status}`);
      return toBase64(customer.room.getBytes(got.ok.plaintext.id));
    },
    load: async objectName => {
      const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: objectName }));
      return { body: (await Body?.transformToByteArray()) ?? new Uint8Array(0), metadata: Metadata ?? {} };
    },
    store: async (objectName, { body, metadata }) => {
      await s3.send(
        new PutObjectCommand({ Bucket: bucketName, Key: objectName, Body: body, Metadata: { ...metadata } }),
      );
    },
    stop: async () => {
      s3.destroy();
      await Promise.all(Object.values(clients).map(client => client.stop()));
      await endpoint.stop();
    },
  };
}

/** Random bytes on the customer's desk, ready to be written. */
export async function layOut({ customer }: Lab, byteLength: number): Promise<{ plaintext: Artifact; base64: string }> {
  const bytes = new Uint8Array(randomBytes(byteLength));
  const base64 = toBase64(bytes);
  const { recorder, room } = customer;
  const plaintext = await recorder.identify({ kind: 'plaintext-object', name: 'object', bytes, isSecret: true });
  room.hold(plaintext.id, bytes);
  return { plaintext, base64 };
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What a real client has read, in Base64; a refusal is thrown, so that a test that expects content shows it. */
export function bodyOf(told: Told): string {
  if ('error' in told) throw new Error(`${told.error.code}: ${told.error.message}`);
  return told.ok.body ?? '';
}
