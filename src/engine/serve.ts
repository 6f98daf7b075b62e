/** One request of a program outside, from its arrival to its answer: what the endpoint and the SDK's handler call. */
import { zeroize } from './bytes/bytes.ts';
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
import { isFramed, readPayload } from './http/payload.ts';
import { findInHeaders } from './s3/arrival.ts';
import type { Artifact, ArtifactId } from './trace/artifact.ts';
import { Room } from './trace/room.ts';
import type { Outcome, ServedRun, Trace } from './trace/trace.ts';
import { canCross } from './wire/head.ts';
import { exchangeOver } from './wire/line.ts';
import type { Claim } from './wire/unpack.ts';

export interface Incoming {
  /**
   * Whole; path and query percent-encoded as they came, header names in any case. Its body's buffer is handed over: it is
   * overwritten, or S3 keeps it.
   */
  readonly request: HttpRequest;
  /** It came over TLS, or the host says that its line counts as secure. */
  readonly isSecure: boolean;
  /** For example `127.0.0.1`. */
  readonly sourceIp: string;
}

export interface Served {
  readonly response: HttpResponse;
  /** Present when it was recorded. A request that no strict reader would take from a line is answered, and not recorded. */
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
  const { request } = incoming;
  const service = serviceOf(request);
  const client = new Room('client');
  const hsm = cloud.rooms['kms.hsm'];
  const inHsm = hsm.ids();
  const crossesLine = isRecorded && service !== 'sts' && canCross(request);
  try {
    if (crossesLine) {
      const served = await serveRecorded(cloud, service, incoming, client);
      if (served.trace) witness?.(served.trace, [client, ...Object.values(cloud.rooms)]);
      return served;
    }
    return { response: await serveStraight(cloud, service, incoming) };
  } catch (thrown) {
    // Whatever it was, the next request must not find a run that never ended, or a key that nobody discards any more.
    cloud.recorder.abandon();
    for (const id of hsm.ids()) if (!inHsm.includes(id)) hsm.release(id, true);
    if (!(thrown instanceof EngineError)) throw thrown;
    onFault?.(thrown);
    return { response: internalError(cloud, service) };
  } finally {
    // What crossed the line are copies. Without it, S3 keeps a plain document in the very buffer it came in.
    if (crossesLine || !isKeptAsItCame(cloud, service, request)) overwrite(request);
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
          handle: overwriting(cloud, 's3'),
          afterSending: cloud.s3.forgetRequest,
        }
      : {
          actor: 'kms',
          name: 'AWS KMS',
          room: rooms['kms.host'],
          handle: overwriting(cloud, 'kms'),
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
): Promise<{ cargo: readonly ArtifactId[]; length: number; claim: Claim }> {
  const { recorder } = cloud;
  const cargo = new Set<ArtifactId>();
  const hold = ({ id }: Pick<Artifact, 'id'>, bytes: Uint8Array<ArrayBuffer>) => {
    if (cargo.has(id)) zeroize(bytes);
    else client.hold(id, bytes);
    cargo.add(id);
  };
  const payload = readPayload(request);
  // Out of its framing a body is in a buffer of its own already.
  const own = 'refusal' in payload ? undefined : payload.framing === 'plain' ? payload.bytes.slice() : payload.bytes;
  const length = own?.length ?? 0;
  if (service === 's3') {
    const kind = cloud.s3.bodyOf(request);
    if (own && kind === 'content') {
      const { objectName = 'object' } = cloud.s3.addressOf(request);
      hold(await recorder.identify({ kind: 'plaintext-object', name: objectName, bytes: own, isSecret: true }), own);
    } else if (own && kind === 'document' && length > 0) {
      const name = `${cloud.s3.operationOf(request)} document`;
      hold(await recorder.identify({ kind: 'configuration', name, bytes: own, isSecret: false }), own);
    }
    for (const name of CUSTOMER_KEY_HEADERS) {
      const raw = parseBase64(findHeader(request, name) ?? '');
      if (raw?.length !== 32) continue;
      hold(await recorder.identify({ kind: 'customer-key', name: 'customer key', bytes: raw, isSecret: true }), raw);
    }
    // As S3 will read them: a program may send what KMS gave it before.
    for (const { artifact, bytes } of await findInHeaders(recorder, request)) hold(artifact, bytes);
  } else {
    for (const { id, bytes: carried } of await cloud.kms.cargoOf(request)) hold({ id }, carried);
  }
  // All of it was read out of this request, whatever framing or type stands around it: the line need not find it again.
  const claim: Claim = (id, message) =>
    'method' in message && cargo.has(id) ? client.getBytes(id).slice() : undefined;
  return { cargo: [...cargo], length, claim };
}

const CUSTOMER_KEY_HEADERS = [
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
];

/** A handler that leaves nothing of what it was sent: bodies whose contents were taken out of them are overwritten. */
function overwriting(cloud: Cloud, service: 's3' | 'kms'): Handler {
  return async (request, connection) => {
    try {
      return await handlerOf(cloud, service)(request, connection);
    } finally {
      if (!isKeptAsItCame(cloud, service, request)) overwrite(request);
    }
  };
}

/** Whether S3 may keep the very buffer in which the body came: a document about a bucket, without framing around it. */
function isKeptAsItCame({ s3 }: Cloud, service: ServedRun['service'], request: HttpRequest): boolean {
  return service === 's3' && s3.bodyOf(request) === 'document' && !isFramed(request);
}

function overwrite({ body }: HttpRequest): void {
  for (const piece of body.pieces()) zeroize(piece);
}

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
