/** One request of a program outside, from its arrival to its answer: what the endpoint and the SDK's handler call. */
import type { Bytes } from './bytes/bytes.ts';
import { parseBase64, toHex } from './bytes/text.ts';
import type { Cloud } from './cloud.ts';
import { EngineError } from './errors.ts';
import {
  bodyText,
  findHeader,
  gather,
  type Handler,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from './http/message.ts';
import { readPayload } from './http/payload.ts';
import type { Artifact, ArtifactId } from './trace/artifact.ts';
import { Room } from './trace/room.ts';
import type { Outcome, ServedRun, Trace } from './trace/trace.ts';
import { exchangeOver } from './wire/line.ts';

export interface Incoming {
  /** Whole; path and query percent-encoded as they came, header names in any case. Its body's buffer is handed over. */
  readonly request: HttpRequest;
  /** It came over TLS, or the host says that its line counts as secure. */
  readonly isSecure: boolean;
  /** For example `127.0.0.1`. */
  readonly sourceIp: string;
}

export interface Served {
  readonly response: HttpResponse;
  /** Present when it was recorded. */
  readonly trace?: Trace<ServedRun>;
}

/**
 * Serves one request after another: a second call waits until the first is answered, since a trace tells one story.
 * Which service is meant is read from the request: its credential scope, `X-Amz-Target`, or `Action`.
 *
 * @param isRecorded with a trace, the request crosses the lab's own line, where a tap sees what an eavesdropper would; without,
 * it goes straight to the service.
 */
export type Serve = (incoming: Incoming, isRecorded: boolean) => Promise<Served>;

/** CloudTrail records beyond this many are dropped, oldest first. */
const MAX_RECORDS = 1000;

/** Looks at a trace and at everything that holds something, right when the run ends and before memory is cleared. */
export type Witness = (trace: Trace<ServedRun>, rooms: readonly Room[]) => void;

export interface ServerOptions {
  readonly witness?: Witness;
  /** Hears of what must not happen: a rule of the engine that did not hold. The program outside gets AWS's 500. */
  readonly onFault?: (error: EngineError) => void;
}

/** A server over a cloud. */
export function createServer(cloud: Cloud, options: ServerOptions = {}): Serve {
  let last: Promise<unknown> = Promise.resolve();
  return (incoming, isRecorded) => {
    const turn = last.then(() => serveOne(cloud, incoming, isRecorded, options));
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function serveOne(
  cloud: Cloud,
  incoming: Incoming,
  isRecorded: boolean,
  { witness, onFault }: ServerOptions,
): Promise<Served> {
  const service = serviceOf(incoming.request);
  const client = new Room('client');
  try {
    if (isRecorded && service !== 'sts') {
      const served = await serveRecorded(cloud, service, incoming, client);
      if (served.trace) witness?.(served.trace, [client, ...Object.values(cloud.rooms)]);
      return served;
    }
    return { response: await serveStraight(cloud, service, incoming) };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    cloud.recorder.abandon();
    onFault?.(thrown);
    return { response: internalError(cloud, service) };
  } finally {
    tidy(cloud, client);
  }
}

async function serveStraight(cloud: Cloud, service: ServedRun['service'], incoming: Incoming): Promise<HttpResponse> {
  const { request, isSecure, sourceIp } = incoming;
  const response = await handlerOf(cloud, service)(request, { isSecure, sourceIp });
  // What is in memory is overwritten when the answer is out: the caller gets bytes of its own.
  const bytes = gather(response.body).slice();
  return { ...response, body: { length: bytes.length, pieces: () => (bytes.length === 0 ? [] : [bytes]) } };
}

async function serveRecorded(cloud: Cloud, service: 's3' | 'kms', incoming: Incoming, client: Room): Promise<Served> {
  const { recorder, random, rooms } = cloud;
  const { request, isSecure, sourceIp } = incoming;
  const transport = isSecure ? 'https' : 'http';
  const operation = service === 's3' ? cloud.s3.operationOf(request) : targetOf(request);
  const sent = await takeToClient(cloud, service, request, client);
  const { bucketName = '', objectName = '' } = cloud.s3.addressOf(request);
  const run: ServedRun = {
    service,
    operation,
    transport,
    ...(random.seed === undefined ? {} : { seed: random.seed }),
  };
  recorder.begin(run, { bucketName, objectName, objectLength: sent.length }, [client, ...Object.values(rooms)]);
  const response = await exchangeOver(
    { transport, recorder, random, client, network: rooms.network, sourceIp, claim: sent.claim },
    service === 's3'
      ? {
          actor: 's3',
          name: 'Amazon S3',
          room: rooms['s3.memory'],
          handle: cloud.s3.handle,
          afterSending: cloud.s3.forgetRequest,
        }
      : {
          actor: 'kms',
          name: 'AWS KMS',
          room: rooms['kms.host'],
          handle: cloud.kms.handle,
          afterSending: cloud.kms.forget,
        },
    request,
    sent.cargo,
  );
  const bytes = gather(response.body).slice();
  const trace = recorder.finish<ServedRun>(outcomeOf(response));
  return {
    response: { ...response, body: { length: bytes.length, pieces: () => (bytes.length === 0 ? [] : [bytes]) } },
    trace,
  };
}

/** What the program outside has in its hands when it sends: the content, and its own key if it sends one. */
async function takeToClient(
  cloud: Cloud,
  service: 's3' | 'kms',
  request: HttpRequest,
  client: Room,
): Promise<{ cargo: ArtifactId[]; length: number; claim: (id: ArtifactId) => Bytes | undefined }> {
  const { recorder } = cloud;
  const cargo: ArtifactId[] = [];
  const hold = (artifact: Artifact, bytes: Bytes) => {
    if (cargo.includes(artifact.id)) return;
    client.hold(artifact.id, bytes);
    cargo.push(artifact.id);
  };
  let framed: { id: ArtifactId; bytes: Bytes } | undefined;
  const payload = readPayload(request);
  const bytes = 'refusal' in payload ? undefined : payload.bytes;
  if (service === 's3') {
    const kind = cloud.s3.bodyOf(request);
    if (bytes && kind === 'content') {
      const { objectName = 'object' } = cloud.s3.addressOf(request);
      const body = await recorder.identify({ kind: 'plaintext-object', name: objectName, bytes, isSecret: true });
      hold(body, bytes.slice());
      // Chunk framing stands between the content and the line: the tap is told where the content is.
      if ('framing' in payload && payload.framing === 'aws-chunked') framed = { id: body.id, bytes };
    } else if (bytes && kind === 'document' && bytes.length > 0) {
      const name = `${cloud.s3.operationOf(request)} document`;
      hold(await recorder.identify({ kind: 'configuration', name, bytes, isSecret: false }), bytes.slice());
    }
    for (const name of CUSTOMER_KEY_HEADERS) {
      const raw = parseBase64(findHeader(request, name) ?? '');
      if (raw?.length !== 32) continue;
      const key = await recorder.identify({ kind: 'customer-key', name: 'customer key', bytes: raw, isSecret: true });
      hold(key, raw);
    }
  } else {
    for (const { id, bytes: carried } of await cloud.kms.cargoOf(request)) hold(recorder.get(id), carried);
  }
  return {
    cargo,
    length: bytes?.length ?? 0,
    claim: id => (framed?.id === id ? framed.bytes.slice() : undefined),
  };
}

const CUSTOMER_KEY_HEADERS = [
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
];

/** The service a request is for, by what every client says about it. */
export function serviceOf(request: HttpRequest): ServedRun['service'] {
  if (findHeader(request, 'x-amz-target')?.startsWith('TrentService.')) return 'kms';
  const credential =
    /Credential=([^,\s]+)/.exec(findHeader(request, 'authorization') ?? '')?.[1] ??
    /(?:^|&)X-Amz-Credential=([^&]+)/i.exec(request.query)?.[1]?.replaceAll(/%2f/gi, '/');
  const scope = credential?.split('/').at(-2);
  if (scope === 'kms' || scope === 'sts' || scope === 's3') return scope;
  const type = findHeader(request, 'content-type') ?? '';
  if (type.startsWith('application/x-amz-json-1.1')) return 'kms';
  const isQuery = request.path === '/' && type.startsWith('application/x-www-form-urlencoded');
  return isQuery || /(?:^|&)Action=GetCallerIdentity(?:&|$)/.test(request.query) ? 'sts' : 's3';
}

function targetOf(request: HttpRequest): string {
  return findHeader(request, 'x-amz-target')?.replace(/^TrentService\./, '') ?? '';
}

function handlerOf(cloud: Cloud, service: ServedRun['service']): Handler {
  if (service === 's3') return cloud.s3.handle;
  return service === 'kms' ? cloud.kms.handle : cloud.sts;
}

function outcomeOf({ status, body }: HttpResponse): Outcome {
  const isOk = status < 400;
  if (isOk) return { isOk, status };
  const text = bodyText(body);
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? /"__type":"([^"]*)"/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? /"message":"([^"]*)"/.exec(text)?.[1];
  return { isOk, status, ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

/** A rule of the engine did not hold: the program outside gets what AWS gives when something is wrong inside. */
function internalError({ random }: Cloud, service: ServedRun['service']): HttpResponse {
  const message = 'We encountered an internal error. Please try again.';
  if (service === 'kms') {
    return {
      status: 500,
      headers: [['content-type', 'application/x-amz-json-1.1']],
      body: textBody(JSON.stringify({ __type: 'KMSInternalException', message })),
    };
  }
  const requestId = toHex(random.bytes(8)).toUpperCase();
  const error =
    service === 'sts'
      ? `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
      : `<Error><Code>InternalError</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`;
  const type = service === 'sts' ? 'text/xml' : 'application/xml';
  return {
    status: 500,
    headers: [['content-type', type]],
    body: textBody(`<?xml version="1.0" encoding="UTF-8"?>\n${error}`),
  };
}

/** Between two requests nothing is left of the first: not in memory, not on the tap. */
function tidy(cloud: Cloud, client: Room): void {
  const { recorder, rooms, s3, kms } = cloud;
  s3.forgetRequest();
  kms.forget();
  for (const room of [client, rooms.network]) {
    for (const id of room.ids()) room.release(id, recorder.get(id).isSecret);
  }
  const surplus = rooms.audit.ids().length - MAX_RECORDS;
  for (const id of surplus > 0 ? rooms.audit.ids().slice(0, surplus) : []) rooms.audit.release(id, false);
  recorder.prune(Object.values(rooms));
}
