/** What the tables of facts are checked in: a bucket, a KMS key, and a trail that can be read. */
import { toBase64 } from '../../engine/bytes/text.ts';
import { md5 } from '../../engine/crypto/md5.ts';
import type { CloudOptions, Header, JsonObject } from '../../engine/index.ts';
import { configure, createMultipartHarness, type MultipartHarness, type RestMode, SSE } from '../multipartHarness.ts';
import type { Sent, ServedAnswer } from '../servedWorld.ts';

export const KMS_KEY_ID = `${SSE}-aws-kms-key-id`;
export const CONTEXT = `${SSE}-context`;
export const BUCKET_KEY = `${SSE}-bucket-key-enabled`;
export const SSE_C = `${SSE}-customer`;
/** Everything an answer may tell about encryption. */
export const TOLD_HEADERS = [SSE, KMS_KEY_ID, CONTEXT, BUCKET_KEY, `${SSE_C}-algorithm`, `${SSE_C}-key-MD5`] as const;

/** A record of the trail, with the members the facts speak of. */
export type TrailRecord = JsonObject & { readonly eventName: string; readonly eventSource: string };

export interface FactWorld extends MultipartHarness {
  /** The records since the last call, oldest first. */
  readonly records: () => TrailRecord[];
  readonly put: (name: string, headers?: readonly Header[], more?: Sent) => Promise<ServedAnswer>;
  readonly get: (name: string, headers?: readonly Header[], more?: Sent) => Promise<ServedAnswer>;
  /** A call of KMS with its answer read. */
  readonly askKms: (operation: string, body?: object, more?: Sent) => Promise<KmsAnswer>;
  /** PutBucketPolicy. */
  readonly putPolicy: (...statements: readonly object[]) => Promise<ServedAnswer>;
  /** PutBucketEncryption; SSE-C stays possible. */
  readonly setDefault: (algorithm: string, kmsKeyId?: string, isBucketKey?: boolean) => Promise<ServedAnswer>;
  /** The ARN of the requester's `aws/s3`; it is made when it is not there. */
  readonly findS3KeyArn: () => Promise<string>;
}

export interface KmsAnswer {
  readonly status: number;
  readonly code: string;
  readonly body: JsonObject;
}

/** A world of its own, in which SSE-C is not blocked. */
export async function createFactWorld(
  era: 'today' | 'before-2023' = 'today',
  options: Partial<CloudOptions> = {},
): Promise<FactWorld> {
  const world = await createMultipartHarness(era, options);
  const { audit } = world.cloud.rooms;
  let seen = audit.ids().length;
  const askKms: FactWorld['askKms'] = async (operation, body = {}, more = {}) => {
    const { status, code, text } = await world.kms(operation, body, more);
    return { status, code, body: text === '' ? {} : JSON.parse(text) };
  };
  return {
    ...world,
    askKms,
    records: () => {
      const all = audit.entries().map(([, record]) => record as TrailRecord);
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
    put: (name, headers = [], more = {}) => world.onObject('PUT', name, '', { body: 'content', headers, ...more }),
    get: (name, headers = [], more = {}) => world.onObject('GET', name, '', { headers, ...more }),
    putPolicy: (...statements) => {
      const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      return world.send({
        method: 'PUT',
        path: `/${world.bucket}`,
        query: 'policy',
        body: policy,
        headers: [['content-md5', toBase64(md5(new TextEncoder().encode(policy)))]],
      });
    },
    setDefault: (algorithm, kmsKeyId, isBucketKey = false) => {
      const named = kmsKeyId === undefined ? '' : `<KMSMasterKeyID>${kmsKeyId}</KMSMasterKeyID>`;
      return configure(
        world,
        `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm>${named}</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${isBucketKey}</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`,
      );
    },
    findS3KeyArn: async () => {
      const { body } = await askKms('DescribeKey', { KeyId: 'alias/aws/s3' });
      const { KeyMetadata } = body as { KeyMetadata: { Arn: string } };
      return KeyMetadata.Arn;
    },
  };
}

/** What of encryption an answer tells, by header. */
export function toldBy(answer: ServedAnswer): Record<string, string> {
  return Object.fromEntries(
    TOLD_HEADERS.flatMap(name => {
      const value = answer.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The same as it has to be for an object of a mode (F-HDR-031…035 in the facts' numbering). */
export function expectedOf(mode: RestMode, kmsKeyArn: string, s3KeyArn: string, customerKey: Uint8Array) {
  const told: Record<RestMode, Record<string, string>> = {
    none: { [SSE]: 'AES256' },
    'SSE-S3': { [SSE]: 'AES256' },
    'SSE-KMS aws/s3': { [SSE]: 'aws:kms', [KMS_KEY_ID]: s3KeyArn },
    'SSE-KMS cmk': { [SSE]: 'aws:kms', [KMS_KEY_ID]: kmsKeyArn },
    'SSE-KMS cmk, Bucket Key': { [SSE]: 'aws:kms', [KMS_KEY_ID]: kmsKeyArn, [BUCKET_KEY]: 'true' },
    'DSSE-KMS': { [SSE]: 'aws:kms:dsse', [KMS_KEY_ID]: kmsKeyArn },
    'SSE-C': { [`${SSE_C}-algorithm`]: 'AES256', [`${SSE_C}-key-MD5`]: toBase64(md5(new Uint8Array(customerKey))) },
  };
  return told[mode];
}

/** Message of an XML error. */
export function messageOf({ text }: ServedAnswer): string {
  return (/<Message>([^<]*)</.exec(text)?.[1] ?? '').replaceAll('&quot;', '"');
}

/** Text of another element of an XML error. */
export function elementOf({ text }: ServedAnswer, name: string): string | undefined {
  const [, content = ''] = new RegExp(`<${name}(?:/>|>([^<]*)<)`).exec(text) ?? [];
  return text.includes(`<${name}`) ? content : undefined;
}
