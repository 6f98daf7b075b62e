/** A bucket in a served world, and the calls of a multipart upload in one line each. */

import { toBase64 } from '../engine/bytes/text.ts';
import { md5 } from '../engine/crypto/md5.ts';
import { type Clock, type CloudOptions, type Header, seededRandom } from '../engine/index.ts';
import { lawsWitness } from './servedLaws.ts';
import { createServedWorld, type Sent, type ServedAnswer, type ServedWorld } from './servedWorld.ts';

export const SSE = 'x-amz-server-side-encryption';
export const MIB = 1024 * 1024;
export const CUSTOMER_KEY = new Uint8Array(32).fill(9);
export const OTHER_KEY = new Uint8Array(32).fill(8);

export function sseC(raw: Uint8Array, prefix = `${SSE}-customer`): Header[] {
  return [
    [`${prefix}-algorithm`, 'AES256'],
    [`${prefix}-key`, toBase64(raw)],
    [`${prefix}-key-md5`, toBase64(md5(raw))],
  ];
}
export const SOURCE_PREFIX = 'x-amz-copy-source-server-side-encryption-customer';

/** Every way in which S3 encrypts at rest, by the request that asks for it. */
export const REST_MODES = [
  'none',
  'SSE-S3',
  'SSE-KMS aws/s3',
  'SSE-KMS cmk',
  'SSE-KMS cmk, Bucket Key',
  'DSSE-KMS',
  'SSE-C',
] as const;
export type RestMode = (typeof REST_MODES)[number];

export interface MultipartHarness extends ServedWorld {
  readonly bucket: string;
  readonly kmsKeyArn: string;
  readonly clock: { now: number };
  /** Violations of the laws in recorded requests. */
  readonly complaints: readonly string[];
  readonly headersOf: (mode: RestMode) => Header[];
  readonly onObject: (method: string, name: string, query?: string, more?: Sent) => Promise<ServedAnswer>;
  /** @returns the upload's id */
  readonly open: (name: string, headers?: readonly Header[], more?: Sent) => Promise<string>;
  readonly part: (
    upload: { name: string; id: string },
    number: number | string,
    body: string | Uint8Array,
    headers?: readonly Header[],
    more?: Sent,
  ) => Promise<ServedAnswer>;
  readonly complete: (
    upload: { name: string; id: string },
    parts: readonly (readonly [number: number, etag: string, extra?: string])[],
    more?: Sent,
  ) => Promise<ServedAnswer>;
  /** How often KMS was asked for something by S3 since the last call. */
  readonly kmsCalls: () => string[];
}

/** Builds it. The clock stands still until a test moves it. */
export async function createMultipartHarness(
  era: 'today' | 'before-2023' = 'today',
  options: Partial<CloudOptions> = {},
): Promise<MultipartHarness> {
  const clock = { now: Date.UTC(2026, 10, 21, 10) };
  const complaints: string[] = [];
  const moving: Clock = { now: () => clock.now };
  const world = await createServedWorld(
    'multipart',
    { random: seededRandom('multipart'), clock: moving, ...options },
    lawsWitness(complaints, era === 'before-2023'),
  );
  const bucket = 'the-bucket';
  world.cloud.s3.createBucket(bucket, '111122223333', era);
  const made = await world.kms('CreateKey', {});
  const kmsKeyArn = /"Arn":"([^"]*)"/.exec(made.text)?.[1] ?? '';
  let seen = 0;
  const send = (sent: Sent) => world.send({ isRecorded: true, ...sent });
  const onObject: MultipartHarness['onObject'] = (method, name, query = '', more = {}) =>
    send({ method, path: `/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`, query, ...more });
  const harness: MultipartHarness = {
    ...world,
    send,
    bucket,
    kmsKeyArn,
    clock,
    complaints,
    headersOf: mode => {
      const named: Header = [`${SSE}-aws-kms-key-id`, kmsKeyArn];
      const byMode: Record<RestMode, Header[]> = {
        none: [],
        'SSE-S3': [[SSE, 'AES256']],
        'SSE-KMS aws/s3': [[SSE, 'aws:kms']],
        'SSE-KMS cmk': [[SSE, 'aws:kms'], named],
        'SSE-KMS cmk, Bucket Key': [[SSE, 'aws:kms'], named, [`${SSE}-bucket-key-enabled`, 'true']],
        'DSSE-KMS': [[SSE, 'aws:kms:dsse'], named],
        'SSE-C': sseC(CUSTOMER_KEY),
      };
      return byMode[mode];
    },
    onObject,
    open: async (name, headers = [], more = {}) => {
      const answer = await onObject('POST', name, 'uploads', { headers, ...more });
      const id = /<UploadId>([^<]*)</.exec(answer.text)?.[1];
      if (id === undefined) throw new Error(`${answer.status} ${answer.text}`);
      return id;
    },
    part: ({ name, id }, number, body, headers = [], more = {}) =>
      onObject('PUT', name, `partNumber=${number}&uploadId=${encodeURIComponent(id)}`, { body, headers, ...more }),
    complete: ({ name, id }, parts, more = {}) =>
      onObject('POST', name, `uploadId=${encodeURIComponent(id)}`, { body: completion(parts), ...more }),
    kmsCalls: () => {
      const records = world.cloud.rooms.audit.entries().map(([, record]) => record as Record<string, unknown>);
      const fresh = records.slice(seen);
      seen = records.length;
      return fresh.filter(one => one.eventSource === 'kms.amazonaws.com').map(one => String(one.eventName));
    },
  };
  const unblock =
    '<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>';
  if (era === 'today') await configure(harness, unblock);
  harness.kmsCalls();
  return harness;
}

/** PutBucketEncryption. */
export async function configure({ send, bucket }: Pick<MultipartHarness, 'send' | 'bucket'>, xml: string) {
  const headers: Header[] = [['content-md5', toBase64(md5(new TextEncoder().encode(xml)))]];
  return send({ method: 'PUT', path: `/${bucket}`, query: 'encryption', body: xml, headers });
}

export function completion(parts: readonly (readonly [number: number, etag: string, extra?: string])[]): string {
  const inside = parts.map(
    ([number, etag, extra = '']) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag>${extra}</Part>`,
  );
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside.join('')}</CompleteMultipartUpload>`;
}

/** Bytes that tell where they stand. */
export function patterned(length: number, salt = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = (at * 31 + salt + (at >> 8) * 7) % 256;
  return bytes;
}
