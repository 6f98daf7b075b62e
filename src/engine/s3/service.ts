import { toBase64, toHex } from '../bytes/text.ts';
import { httpDate } from '../clock.ts';
import { EngineError } from '../errors.ts';
import { parseAddress } from '../http/address.ts';
import {
  type Connection,
  EMPTY_BODY,
  findHeader,
  type Handler,
  type Header,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from '../http/message.ts';
import { readPayload } from '../http/payload.ts';
import { parseQuery } from '../http/query.ts';
import { takeIn } from './arrival.ts';
import { type Bucket, documentsOf, newBucket } from './bucket.ts';
import { forget, type S3Parts, type ServiceRequest, workingMemory } from './context.ts';
import { checkExpectedOwner } from './expectedOwner.ts';
import { authenticate } from './gate.ts';
import { logCall } from './log.ts';
import type { AnyS3Operation, S3Answer } from './operation.ts';
import { findOperation } from './operations.ts';
import { refusePreflight } from './preflight.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import { errorXml } from './xml.ts';

/** Amazon S3 as the lab has it: a function from request to response. */
export interface S3Service {
  readonly handle: Handler;
  /** Forgets what a request left in memory; to be called when its answer is on the line. */
  readonly forgetRequest: () => void;
  /** A bucket as CreateBucket makes it today, or one of before 5 January 2023 that nobody configured. */
  readonly createBucket: (name: string, ownerAccountId: string, era: 'today' | 'before-2023') => Bucket;
  readonly getBucket: (name: string) => Bucket;
  /** Undoes what was done to a bucket's settings since it looked like this. Documents put since then are nobody's any more. */
  readonly putBack: (bucket: Bucket) => void;
  /** AWS's name of the operation a request is for; empty when there is none. Nothing is done. */
  readonly operationOf: (request: HttpRequest) => string;
  /** What the request's body is, if it counts at all. */
  readonly bodyOf: (request: HttpRequest) => AnyS3Operation['body'];
  /** Bucket and object a request names. */
  readonly addressOf: (request: HttpRequest) => { readonly bucketName?: string; readonly objectName?: string };
}

export function createS3(s3: S3Parts): S3Service {
  return {
    handle: (request, connection) => handle(s3, request, connection),
    forgetRequest: () => forget(s3, workingMemory(s3)),
    createBucket: (name, ownerAccountId, era) => {
      const bucket = newBucket(name, ownerAccountId, s3.clock.now(), era);
      s3.buckets.set(name, bucket);
      return bucket;
    },
    getBucket: name => s3.buckets.get(name),
    putBack: bucket => {
      const before = documentsOf(bucket);
      s3.pieces.release(documentsOf(s3.buckets.get(bucket.name)).filter(id => !before.includes(id)));
      s3.buckets.set(bucket.name, bucket);
    },
    operationOf: request => lookAt(s3, request).operation?.name ?? '',
    bodyOf: request => lookAt(s3, request).operation?.body ?? 'none',
    addressOf: request => parseAddress(request, s3.hosts) ?? {},
  };
}

/** What a request means, before anything is believed or done. */
function lookAt(s3: S3Parts, request: HttpRequest) {
  const query = parseQuery(request.query);
  const address = parseAddress(request, s3.hosts);
  const { bucketName = '', objectName = '' } = address ?? {};
  const on = bucketName === '' ? 'service' : objectName === '' ? 'bucket' : 'object';
  const operation = address && findOperation(request, query, on);
  return { query, isAddress: address !== undefined, bucketName, objectName, on, operation } as const;
}

async function handle(s3: S3Parts, request: HttpRequest, connection: Connection): Promise<HttpResponse> {
  const requestId = toHex(s3.random.bytes(8)).toUpperCase();
  const hostId = toBase64(s3.random.bytes(48));
  const standard: Header[] = [
    ['x-amz-id-2', hostId],
    ['x-amz-request-id', requestId],
    ['Date', httpDate(s3.clock.now())],
    ['Server', 'AmazonS3'],
  ];
  const state: { asked?: ServiceRequest } = {};
  try {
    const answer = await perform(s3, request, connection, requestId, state);
    if (state.asked) await logCall(state.asked, answer.told);
    s3.recorder.step('s3.answer', 's3');
    return withHead(request, answer.response, standard);
  } catch (thrown) {
    const refusal = toRefusal(thrown);
    if (!refusal) throw thrown;
    if (state.asked) await logCall(state.asked, {}, refusal);
    s3.recorder.step('s3.refuse', 's3');
    const { code, message, status, headers = [] } = refusal.error;
    s3.recorder.emit({ verb: 'failed', place: 's3.memory', code, message, facts: refusal.facts });
    forget(s3, workingMemory(s3));
    s3.recorder.step('s3.answer', 's3');
    // 304 and answers to HEAD have no body (F-HED-001).
    const hasBody = status !== 304;
    const body = hasBody ? textBody(errorXml(refusal.error, requestId, hostId)) : EMPTY_BODY;
    const type: Header[] = hasBody ? [['Content-Type', 'application/xml']] : [];
    return withHead(request, { status, headers: [...type, ...headers], body }, standard);
  }
}

/** From the first look at the request to the answer of its operation. @throws Refusal */
async function perform(
  s3: S3Parts,
  request: HttpRequest,
  connection: Connection,
  requestId: string,
  state: { asked?: ServiceRequest },
): Promise<S3Answer> {
  const { query, isAddress, bucketName, objectName, on, operation } = lookAt(s3, request);
  const payload = readPayload(request);
  const isReadable = !('refusal' in payload);
  // Out of a broken framing nothing came.
  const [sought, bytes] = isReadable ? [operation, payload.bytes] : [undefined, new Uint8Array(0)];
  const arrival = await takeIn(s3, sought, request, bytes, connection);
  if (!isAddress) throw REFUSALS.invalidUri();
  if (!isReadable) throw new Refusal(payload.refusal, []);
  const bucket = s3.buckets.find(bucketName);
  const isAboutKms = touchesKms(s3, operation, request, bucket, objectName);
  const { principal, authType } = await authenticate(s3, request, payload, isAboutKms);
  if (!operation) throw unknownOperation(request, on, bucket !== undefined);
  const asked: ServiceRequest = {
    s3,
    operation,
    request,
    query,
    trailers: payload.trailers,
    connection,
    requestId,
    principal,
    authType,
    bucketName,
    objectName,
  };
  if ('needsNoBucket' in operation) {
    state.asked = asked;
    return operation.perform(asked, arrival);
  }
  if (!bucket) throw REFUSALS.noSuchBucket(bucketName);
  state.asked = asked;
  checkExpectedOwner(findHeader(request, 'x-amz-expected-bucket-owner'), bucket);
  return operation.perform({ ...asked, bucket }, arrival);
}

/** Whether this read or write of an object needs a KMS key (F-ERR-034). */
function touchesKms(
  s3: S3Parts,
  operation: AnyS3Operation | undefined,
  request: HttpRequest,
  bucket: Bucket | undefined,
  objectName: string,
): boolean {
  if (!bucket || operation?.touches === undefined) return false;
  if (operation.touches === 'read') {
    return s3.objects.find(bucket.name, objectName)?.encryption.type.endsWith('-KMS') ?? false;
  }
  const algorithm = findHeader(request, 'x-amz-server-side-encryption') ?? bucket.encryption?.algorithm;
  return algorithm?.startsWith('aws:kms') ?? false;
}

function unknownOperation(request: HttpRequest, on: AnyS3Operation['on'], hasBucket: boolean): Refusal {
  if (request.method === 'OPTIONS') return refusePreflight(request, on, hasBucket);
  const isKnownMethod = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'].includes(request.method);
  if (isKnownMethod) return REFUSALS.notImplemented();
  return REFUSALS.methodNotAllowed(request.method, on.toUpperCase());
}

function toRefusal(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refusal) return thrown;
  const isDamaged = thrown instanceof EngineError && thrown.code === 'decryption-failed';
  const message = 'We encountered an internal error. Please try again.';
  return isDamaged ? new Refusal({ status: 500, code: 'InternalError', message }, ['F-SIM-105']) : undefined;
}

/** HEAD answers say how long a body would be, and have none (RFC 9110, 9.3.2). */
function withHead(request: HttpRequest, response: HttpResponse, standard: readonly Header[]): HttpResponse {
  const isHead = request.method === 'HEAD';
  const isBodiless = response.status === 204 || response.status === 304;
  const hasLength = findHeader(response, 'content-length') !== undefined;
  const length: Header[] = isBodiless || hasLength ? [] : [['Content-Length', String(response.body.length)]];
  return {
    ...response,
    headers: [...standard, ...response.headers, ...length],
    body: isHead ? EMPTY_BODY : response.body,
  };
}
