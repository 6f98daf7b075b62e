/** Any other request to S3, and uploads in parts. */
import { utf8 } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { type Customer, holdAtClient } from '../client/customer.ts';
import { sendInParts } from '../client/multipart.ts';
import { requestOf, send } from '../client/s3Client.ts';
import { fail, finish, uploadHeaders } from '../client/transfer.ts';
import { sha256 } from '../crypto/sha2.ts';
import { formatObjectPath } from '../http/address.ts';
import { bodyOf, bodyText, findHeader, type Header, type HttpRequest } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import type { JsonValue } from '../trace/event.ts';
import type { Mode, Transport } from '../trace/trace.ts';
import type { Action } from './action.ts';
import { type Answered, addressOf, type Bench, carriedKeys, changed, headersOf, keepOf, ofResponse } from './bench.ts';
import { fill, fillAll } from './names.ts';
import { takeObject } from './transfers.ts';

const MEBIBYTE = 1024 * 1024;
const PART_BYTES = 5 * MEBIBYTE;
const MOST_MEBIBYTES = 16;

export async function askS3(
  bench: Bench,
  action: Extract<Action, { do: 's3' }>,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const bucketName = action.bucket === undefined ? bench.world.names.bucketName : fill(action.bucket, bench.names);
  const objectName = action.object === null ? undefined : addressOf(bench, action.object).objectName;
  const query = fill(action.query ?? '', bench.names);
  const plain = requestOf(
    customer,
    action.method,
    { bucketName, objectName: '' },
    headersOf(bench, action.headers ?? {}),
    query,
  );
  const located: HttpRequest = { ...plain, path: formatObjectPath(bucketName, objectName) };
  const { request, cargo } = await withDocument(bench, customer, located, action.body);
  const keys = await carriedKeys(customer, request.headers);
  const response = await send(customer, transport, request, [...cargo, ...keys]);
  const isObject = action.method === 'GET' && objectName !== undefined && query === '' && response.status === 200;
  if (isObject) return takeObject(customer, response, objectName, false);
  keepOf(bench, action.keep, name =>
    name.startsWith('header:')
      ? findHeader(response, name.slice(7))
      : new RegExp(`<${name}>([^<]*)</${name}>`).exec(bodyText(response.body))?.[1],
  );
  return ofResponse(customer, response, []);
}

/** A body that is a document about a bucket or an object. */
export async function withDocument(
  bench: Bench,
  customer: Customer,
  request: HttpRequest,
  body: JsonValue | undefined,
): Promise<{ request: HttpRequest; cargo: readonly string[] }> {
  if (body === undefined) return { request, cargo: [] };
  const filled = fillAll(body, bench.names);
  const bytes = utf8(typeof filled === 'string' ? filled : JSON.stringify(filled));
  customer.recorder.step('client.prepare', 'client');
  const document = await customer.recorder.identify({
    kind: 'configuration',
    name: 'document',
    bytes,
    isSecret: false,
  });
  holdAtClient(customer, document, bytes);
  customer.recorder.emit({ verb: 'generated', place: 'client', outputs: [document.id], facts: [] });
  const digest = await sha256(bytes);
  const hash = toHex(digest);
  const headers = request.headers.map(
    ([name, value]): Header => [name, name === 'x-amz-content-sha256' ? hash : value],
  );
  const hasType = headers.some(([name]) => name === 'content-type');
  return {
    request: {
      ...request,
      headers: [
        ...headers,
        ['content-length', String(bytes.length)],
        ['x-amz-checksum-sha256', toBase64(digest)],
        ...(hasType
          ? []
          : [['content-type', typeof filled === 'string' ? 'application/xml' : 'application/json'] as const]),
      ],
      body: bodyOf(bytes),
    },
    cargo: [document.id],
  };
}

export async function doMultipart(
  bench: Bench,
  action: Extract<Action, { do: 'multipart' }>,
  mode: Mode,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const address = addressOf(bench, action.object);
  const total = Math.min(action.mebibytes, MOST_MEBIBYTES) * MEBIBYTE;
  customer.recorder.step('client.prepare', 'client');
  const parts: Artifact[] = [];
  const count = Math.ceil(total / PART_BYTES);
  for (let index = 0; index < count; index++) {
    const bytes = customer.random.bytes(Math.min(PART_BYTES, total - index * PART_BYTES));
    const name = `part ${index + 1} of ${count}`;
    const part = await customer.recorder.identify({ kind: 'plaintext-object', name, bytes, isSecret: true });
    holdAtClient(customer, part, bytes);
    parts.push(part);
  }
  const ids = parts.map(part => part.id);
  customer.recorder.emit({ verb: 'generated', place: 'client', outputs: ids, facts: ['F-MPU-001'] });
  const headers = changed(
    bench,
    [
      ['content-type', 'application/octet-stream'],
      ['x-amz-checksum-algorithm', 'SHA256'],
      ...uploadHeaders({ mode }, bench.world.names),
    ],
    action.headers,
  );
  const result = await sendInParts(customer, transport, address, { headers, cargo: [], parts, kept: [] });
  const isRefused = 'failure' in result || result.ok.status >= 400;
  return {
    customer,
    isRefused,
    end: () => {
      const outcome = 'failure' in result ? fail(customer, result.failure) : finish(customer, result.ok, []);
      return { outcome };
    },
  };
}
