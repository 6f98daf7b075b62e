/** A cloud with the endpoint's users, and a short way to send it signed requests as a program outside would. */
import { createHash } from 'node:crypto';
import {
  bodyOf,
  type Cloud,
  type CloudOptions,
  createCloud,
  createServer,
  findHeader,
  gather,
  type Header,
  type HttpRequest,
  type Principal,
  type Served,
  seededRandom,
  steadyClock,
} from '../engine/index.ts';
import type { Witness } from '../engine/serve.ts';
import { signRequest } from '../engine/sigv4/sigV4.ts';
import { TEST_REGION, testPrincipals, type UserName } from './doors.ts';

export interface Sent {
  readonly service?: 's3' | 'kms' | 'sts';
  readonly method?: string;
  /** Percent-encoded. */
  readonly path?: string;
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly body?: string | Uint8Array;
  /** Default: admin. */
  readonly as?: UserName | 'anonymous';
  readonly isSecure?: boolean;
  readonly isRecorded?: boolean;
}

export interface ServedAnswer {
  readonly status: number;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly header: (name: string) => string | undefined;
  /** `<Code>` of XML or `__type` of JSON; empty when there is none. */
  readonly code: string;
  readonly trace: Served['trace'];
}

export interface ServedWorld {
  readonly cloud: Cloud;
  readonly send: (sent: Sent) => Promise<ServedAnswer>;
  /** A call of KMS. */
  readonly kms: (operation: string, body: object, more?: Sent) => Promise<ServedAnswer>;
}

/** Time and chance come from a seed: the same calls give the same bytes. */
export async function createServedWorld(
  seed = 'served',
  options: Partial<CloudOptions> = {},
  witness?: Witness,
): Promise<ServedWorld> {
  const clock = steadyClock(Date.UTC(2026, 10, 21, 10));
  const principals = testPrincipals();
  const cloud = await createCloud({
    region: TEST_REGION,
    random: seededRandom(seed),
    clock,
    principals,
    hosts: ['localhost'],
    ...options,
  });
  const serve = createServer(cloud, witness ? { witness } : {});
  const send = async (sent: Sent): Promise<ServedAnswer> => {
    const request = await requestOf(sent, principals, (options.clock ?? clock).now());
    const { isSecure = true, isRecorded = false } = sent;
    const { response, trace } = await serve({ request, isSecure, sourceIp: '203.0.113.9' }, isRecorded);
    const bytes = gather(response.body);
    const text = new TextDecoder().decode(bytes);
    return {
      status: response.status,
      text,
      bytes,
      header: name => findHeader(response, name),
      code: /<Code>([^<]*)</.exec(text)?.[1] ?? /"__type":"([^"]*)"/.exec(text)?.[1] ?? '',
      trace,
    };
  };
  return {
    cloud,
    send,
    kms: (operation, body, more = {}) =>
      send({
        service: 'kms',
        method: 'POST',
        path: '/',
        headers: [
          ['content-type', 'application/x-amz-json-1.1'],
          ['x-amz-target', `TrentService.${operation}`],
        ],
        body: JSON.stringify(body),
        ...more,
      }),
  };
}

async function requestOf(sent: Sent, principals: readonly Principal[], now: number): Promise<HttpRequest> {
  const { service = 's3', method = 'GET', path = '/', query = '', headers = [], as = 'admin' } = sent;
  const body = typeof sent.body === 'string' ? new TextEncoder().encode(sent.body) : new Uint8Array(sent.body ?? []);
  const plain: HttpRequest = {
    method,
    path,
    query,
    headers: [
      ['host', service === 's3' ? `s3.${TEST_REGION}.amazonaws.com` : `${service}.${TEST_REGION}.amazonaws.com`],
      ['content-length', String(body.length)],
      ...(headers.some(([name]) => name === 'x-amz-content-sha256')
        ? []
        : ([['x-amz-content-sha256', createHash('sha256').update(body).digest('hex')]] as const)),
      ...headers,
    ],
    body: bodyOf(body),
  };
  const principal = principals.find(one => one.name === as);
  return principal ? signRequest(plain, principal, { region: TEST_REGION, service }, now) : plain;
}
