import type { Bytes } from '../engine/bytes/bytes.ts';
import { utf8 } from '../engine/bytes/bytes.ts';
import { toBase64, toHex } from '../engine/bytes/text.ts';
import { steadyClock } from '../engine/clock.ts';
import { md5 } from '../engine/crypto/md5.ts';
import { seededRandom } from '../engine/crypto/seededRandom.ts';
import { sha256 } from '../engine/crypto/sha2.ts';
import { formatObjectPath } from '../engine/http/address.ts';
import { bodyOf, findHeader, gather, type Header, type HttpRequest } from '../engine/http/message.ts';
import { parseXml } from '../engine/s3/xml.ts';
import { type Credentials, signRequest } from '../engine/sigv4/sigV4.ts';
import type { Mode, PrincipalName } from '../engine/trace/trace.ts';
import { createWorld, REGION, type World } from '../engine/world.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
export const SSE = 'x-amz-server-side-encryption';
export const SSE_C = `${SSE}-customer`;

/** A request as a test tells it. Unless told, the owner sends it over a secure line. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly body?: string | Uint8Array;
  /** `undefined`: signed by the owner; `anonymous`: not signed. */
  readonly as?: PrincipalName | Credentials | 'anonymous';
  readonly isSecure?: boolean;
  /** Changes the request after it was signed, as somebody on the way would. */
  readonly afterSigning?: (request: HttpRequest) => HttpRequest;
}

export interface Answer {
  readonly status: number;
  readonly bytes: Bytes;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
  /** The error document's elements; empty when there is none. */
  readonly error: Readonly<Record<string, unknown>>;
}

/** A world and the straight way into its S3, without client and line. */
export interface S3Harness {
  readonly world: World;
  readonly bucketName: string;
  readonly ask: (ask: Ask) => Promise<Answer>;
  readonly put: (objectName: string, body: string, headers?: readonly Header[], more?: Partial<Ask>) => Promise<Answer>;
  readonly get: (objectName: string, headers?: readonly Header[], more?: Partial<Ask>) => Promise<Answer>;
  readonly configure: (xml: string, more?: Partial<Ask>) => Promise<Answer>;
}

/** Builds the world of a mode. */
export async function createS3Harness(mode: Mode = 'sse-s3'): Promise<S3Harness> {
  const world = await createWorld({
    mode,
    keyHolder: 'owner',
    random: seededRandom('s3 harness'),
    clock: steadyClock(NOW),
  });
  const { bucketName } = world.names;
  const ask = (wanted: Ask) => send(world, wanted);
  return {
    world,
    bucketName,
    ask,
    put: (objectName, body, headers = [], more = {}) =>
      ask({ method: 'PUT', path: formatObjectPath(bucketName, objectName), headers, body, ...more }),
    get: (objectName, headers = [], more = {}) =>
      ask({ path: formatObjectPath(bucketName, objectName), headers, ...more }),
    configure: (xml, more = {}) =>
      ask({
        method: 'PUT',
        path: formatObjectPath(bucketName),
        query: 'encryption',
        // S3 takes no configuration without a hash of it (F-BKT-003).
        headers: [['content-md5', toBase64(md5(utf8(xml)))]],
        body: xml,
        ...more,
      }),
  };
}

async function send(world: World, wanted: Ask): Promise<Answer> {
  const { method = 'GET', path, query = '', headers = [], isSecure = true, as = 'owner' } = wanted;
  // S3 overwrites what it received: it gets bytes of its own.
  const body = typeof wanted.body === 'string' ? utf8(wanted.body) : new Uint8Array(wanted.body ?? []);
  const plain: HttpRequest = {
    method,
    path,
    query,
    headers: [
      ['host', `s3.${REGION}.amazonaws.com`],
      ['content-length', String(body.length)],
      ['x-amz-content-sha256', toHex(await sha256(body))],
      ...headers,
    ],
    body: bodyOf(body),
  };
  const credentials = typeof as === 'object' ? as : as === 'anonymous' ? undefined : world.customers[as].credentials;
  const signed = credentials ? await signRequest(plain, credentials, { region: REGION, service: 's3' }, NOW) : plain;
  const request = wanted.afterSigning?.(signed) ?? signed;
  const response = await world.s3.handle(request, { isSecure, sourceIp: '203.0.113.9' });
  const bytes = gather(response.body).slice();
  world.s3.forgetRequest();
  const text = new TextDecoder().decode(bytes);
  const document = findHeader(response, 'content-type') === 'application/xml' ? parseXml(text)?.Error : undefined;
  return {
    status: response.status,
    bytes,
    text,
    header: name => findHeader(response, name),
    error: typeof document === 'object' && document !== null ? { ...document } : {},
  };
}

/** The three SSE-C headers; each can be replaced, or left out with `undefined`. */
export function customerKeyHeaders(
  raw: Uint8Array,
  changed: { algorithm?: string | undefined; encodedKey?: string | undefined; encodedMd5?: string | undefined } = {},
): Header[] {
  const all = { algorithm: 'AES256', encodedKey: toBase64(raw), encodedMd5: toBase64(md5(raw)), ...changed };
  const headers: [string, string | undefined][] = [
    [`${SSE_C}-algorithm`, all.algorithm],
    [`${SSE_C}-key`, all.encodedKey],
    [`${SSE_C}-key-MD5`, all.encodedMd5],
  ];
  return headers.flatMap(([name, value]): Header[] => (value === undefined ? [] : [[name, value]]));
}

/** A PutBucketEncryption document with these rules inside. */
export function encryptionXml(...rules: readonly string[]): string {
  return `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules.join('')}</ServerSideEncryptionConfiguration>`;
}

/** A rule that sets the default. */
export function defaultRule(algorithm: string, kmsKeyId?: string): string {
  const named = kmsKeyId === undefined ? '' : `<KMSMasterKeyID>${kmsKeyId}</KMSMasterKeyID>`;
  return `<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm>${named}</ApplyServerSideEncryptionByDefault></Rule>`;
}

/** A rule that lifts the block of SSE-C (F-BLK-008). */
export const UNBLOCK_RULE =
  '<Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule>';
