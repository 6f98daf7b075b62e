import { toBase64, toHex } from '../bytes/text.ts';
import { httpDate } from '../clock.ts';
import { EngineError } from '../errors.ts';
import { parseObjectPath } from '../http/address.ts';
import {
  type Connection,
  findHeader,
  type Handler,
  type Header,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from '../http/message.ts';
import { type Arrival, takeIn } from './arrival.ts';
import { type Bucket, DEFAULT_ENCRYPTION } from './bucket.ts';
import { forget, type S3Parts, type S3Request } from './context.ts';
import { authenticate } from './gate.ts';
import { getObject } from './getObject.ts';
import { logRefusal } from './log.ts';
import { putBucketEncryption } from './putBucketEncryption.ts';
import { putObject, workingMemory } from './putObject.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import { errorXml } from './xml.ts';

/** Amazon S3 as the lab has it: a function from request to response. */
export interface S3Service {
  readonly handle: Handler;
  /** Forgets what a request left in memory; to be called when its answer is on the line. */
  readonly forgetRequest: () => void;
  /** A bucket as CreateBucket makes it today, or one of before 5 January 2023 that nobody configured. */
  readonly createBucket: (name: string, ownerAccountId: string, era: 'today' | 'before-2023') => Bucket;
}

export function createS3(s3: S3Parts): S3Service {
  return {
    handle: (request, connection) => handle(s3, request, connection),
    forgetRequest: () => forget(s3, workingMemory({ s3 })),
    createBucket: (name, ownerAccountId, era) => {
      const bucket: Bucket = { name, ownerAccountId, encryption: era === 'today' ? DEFAULT_ENCRYPTION : undefined };
      s3.buckets.set(name, bucket);
      return bucket;
    },
  };
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
  let asked: S3Request | undefined;
  try {
    const arrival = await takeIn(s3, request, connection);
    asked = await identify(s3, request, connection);
    const response = await route(asked, arrival);
    return withHead(response, standard);
  } catch (thrown) {
    const refusal = toRefusal(thrown);
    if (!refusal) throw thrown;
    if (asked) await logRefusal(asked, refusal);
    s3.recorder.step('s3.refuse', 's3');
    const { code, message } = refusal.error;
    s3.recorder.emit({ verb: 'failed', place: 's3.memory', code, message, facts: refusal.facts });
    forget(s3, workingMemory({ s3 }));
    s3.recorder.step('s3.answer', 's3');
    const body = textBody(errorXml(refusal.error, request.path, requestId, hostId));
    return withHead({ status: refusal.error.status, headers: [['Content-Type', 'application/xml']], body }, standard);
  }
}

/** Finds the bucket and the caller. @throws Refusal */
async function identify(s3: S3Parts, request: HttpRequest, connection: Connection): Promise<S3Request> {
  const address = parseObjectPath(request.path);
  if (!address) throw REFUSALS.invalidUri();
  const bucket = s3.buckets.get(address.bucketName);
  const principal = await authenticate(s3, request, isAboutKms(s3, request, bucket, address.objectName));
  if (!bucket) throw REFUSALS.noSuchBucket(address.bucketName);
  return { s3, request, connection, bucket, principal, objectName: address.objectName ?? '' };
}

/** Whether a PUT or GET of an object would need a KMS key. */
function isAboutKms(s3: S3Parts, request: HttpRequest, bucket: Bucket | undefined, objectName = ''): boolean {
  if (!bucket || objectName === '') return false;
  if (request.method === 'GET')
    return s3.objects.find(bucket.name, objectName)?.encryption.type.endsWith('-KMS') ?? false;
  const algorithm = findHeader(request, 'x-amz-server-side-encryption') ?? bucket.encryption?.algorithm;
  return request.method === 'PUT' && (algorithm?.startsWith('aws:kms') ?? false);
}

async function route(asked: S3Request, arrival: Arrival): Promise<HttpResponse> {
  const { method, query } = asked.request;
  const isObject = asked.objectName !== '';
  if (method === 'PUT' && !isObject && query === 'encryption') return putBucketEncryption(asked, arrival);
  if (method === 'PUT' && isObject && query === '') return putObject(asked, arrival);
  if (method === 'GET' && isObject && query === '') return getObject(asked);
  throw REFUSALS.notImplemented();
}

function toRefusal(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refusal) return thrown;
  const isDamaged = thrown instanceof EngineError && thrown.code === 'decryption-failed';
  const message = 'We encountered an internal error. Please try again.';
  return isDamaged ? new Refusal({ status: 500, code: 'InternalError', message }, []) : undefined;
}

function withHead(response: HttpResponse, standard: readonly Header[]): HttpResponse {
  const length: Header = ['Content-Length', String(response.body.length)];
  return { ...response, headers: [...standard, ...response.headers, length] };
}
