/** What the tables of facts on client-side encryption are checked in: a bench, with what is sent and recorded at hand. */
import type { Customer } from '../../engine/client/customer.ts';
import { createEncryptionClient, type S3EncryptionClient } from '../../engine/client/s3EncryptionClient/client.ts';
import type { ClientResult } from '../../engine/client/s3EncryptionClient/failures.ts';
import type { ClientOptions } from '../../engine/client/s3EncryptionClient/options.ts';
import type { GetMore } from '../../engine/client/s3EncryptionClient/reading.ts';
import { bodyOf, EMPTY_BODY } from '../../engine/http/message.ts';
import type { Artifact, Header, HttpRequest, HttpResponse, Operation, RunSpec, Trace } from '../../engine/index.ts';
import {
  type Bench,
  createBench,
  headersOf,
  metadataOf,
  type Storage,
  type WrapKind,
} from '../encryptionClientHarness.ts';
import type { SealedObject } from '../independentClient/seal.ts';
import type { Pairs, WrapName } from '../independentClient/wrapping.ts';

export const OBJECT = 'diary.txt';
export const PLAINTEXT = Buffer.from('A plain text of forty-two bytes, more or less, and then some more.');
/** The names of today’s wraps in format V2. */
export const TODAYS_WRAPS: Readonly<Record<WrapKind, WrapName>> = {
  aes: 'AES/GCM',
  rsa: 'RSA-OAEP-SHA1',
  kms: 'kms+context',
};

/** Policies that write and read each format without refusing. */
export const POLICIES = { v2: 'FORBID_ENCRYPT_ALLOW_DECRYPT', v3: 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT' } as const;

/** What came of a read, in plain values. */
export interface Outcome {
  readonly code?: string;
  /** The true reason. */
  readonly why?: string;
  readonly text?: string;
  readonly status?: number;
}

export interface ClientWorld extends Bench {
  readonly clientOf: (
    wrap: WrapKind,
    more?: Partial<ClientOptions>,
    customer?: Partial<Customer>,
  ) => S3EncryptionClient;
  /** Puts the plaintext; `storage` and `format` choose how. The answer must be good. */
  readonly write: (kind: Kind, more?: WriteMore) => Promise<SealedObject>;
  /** What a read comes to, of what lies in S3. */
  readonly read: (kind: Pick<Kind, 'wrap'>, more?: Partial<ClientOptions>, get?: GetMore) => Promise<Outcome>;
  /** What a read comes to if S3 has exactly this. */
  readonly readFrom: (
    sealed: SealedObject,
    wrap: WrapKind,
    more?: Partial<ClientOptions>,
    get?: GetMore,
  ) => Promise<Outcome>;
  /** Runs an action under the recorder. */
  readonly record: <T>(operation: Operation, act: () => Promise<T>) => Promise<{ result: T; trace: Trace }>;
  /** A customer whose requests are written down as they are sent. */
  readonly listening: () => { readonly customer: Customer; readonly sent: { to: string; request: HttpRequest }[] };
}

export interface Kind {
  readonly format: 'v2' | 'v3';
  readonly wrap: WrapKind;
  readonly storage: Storage;
}

export interface WriteMore {
  readonly context?: Pairs;
  readonly headers?: readonly Header[];
  readonly plaintext?: Buffer;
}

export async function createClientWorld(
  seed: string,
  descriptions: Parameters<typeof createBench>[1] = {},
): Promise<ClientWorld> {
  const bench = await createBench(seed, descriptions);
  const { customer, world, rings } = bench;

  const clientOf: ClientWorld['clientOf'] = (wrap, more = {}, other = {}) =>
    createEncryptionClient({ ...customer, ...other }, { keyring: rings[wrap], transport: 'https', ...more });

  const outcomeOf = (got: ClientResult<{ response: HttpResponse; plaintext?: Artifact }>): Outcome => {
    if ('failure' in got) return { code: got.failure.code, ...(got.failure.why ? { why: got.failure.why.code } : {}) };
    const { plaintext, response } = got.ok;
    return plaintext ? { text: bench.bytesOf(plaintext).toString() } : { status: response.status };
  };

  return {
    ...bench,
    clientOf,
    async write({ format, wrap, storage }, { context = {}, headers = [], plaintext = PLAINTEXT } = {}) {
      const options = { commitmentPolicy: POLICIES[format], writesInstructionFiles: storage === 'instruction-file' };
      const artifact = await bench.hold(OBJECT, plaintext);
      const put = await clientOf(wrap, options).putObject(bench.address(OBJECT), artifact, 'text/plain', {
        encryptionContext: context,
        headers,
      });
      if ('failure' in put || put.ok.status !== 200) throw new Error(`it can be put: ${JSON.stringify(put)}`);
      const sealed = await bench.fetch(OBJECT);
      bench.clear();
      if (storage === 'instruction-file') return sealed;
      const { body, metadata } = sealed;
      return { body, metadata };
    },
    async read({ wrap }, more = {}, get = {}) {
      const outcome = outcomeOf(await clientOf(wrap, more).getObject(bench.address(OBJECT), get));
      bench.clear();
      return outcome;
    },
    async readFrom(sealed, wrap, more = {}, get = {}) {
      const send: Customer['send'] = async (to, request, cargo, transport) => {
        if (to === 'kms') return customer.send(to, request, cargo, transport);
        const file = sealed.instructionFile;
        if (!request.path.endsWith('.instruction')) return answerOf(sealed.body, sealed.metadata);
        if (file) return answerOf(Buffer.from(file.body, 'utf8'), file.metadata);
        return { status: 404, headers: [], body: EMPTY_BODY };
      };
      const outcome = outcomeOf(await clientOf(wrap, more, { send }).getObject(bench.address(OBJECT), get));
      bench.clear();
      return outcome;
    },
    async record(operation, act) {
      const run: RunSpec = { mode: 'cse-aes', operation, transport: 'https', principal: 'owner' };
      const subject = { bucketName: world.names.bucketName, objectName: OBJECT, objectLength: PLAINTEXT.length };
      world.recorder.begin(run, subject, world.roomsOf('owner'));
      const result = await act();
      return { result, trace: world.recorder.finish({ isOk: true }) };
    },
    listening() {
      const sent: { to: string; request: HttpRequest }[] = [];
      const send: Customer['send'] = async (to, request, cargo, transport) => {
        sent.push({ to, request });
        return customer.send(to, request, cargo, transport);
      };
      return { customer: { ...customer, send }, sent };
    },
  };
}

function answerOf(body: Buffer, metadata: Pairs): HttpResponse {
  return {
    status: 200,
    headers: [['content-length', String(body.length)], ...headersOf(metadata)],
    body: bodyOf(new Uint8Array(body)),
  };
}

export { metadataOf };
