import { randomBytes } from 'node:crypto';
import { findHeader, type Header, type HttpRequest, type HttpResponse, textBody } from '../engine/index.ts';

/** What the endpoint itself has to say, before or instead of the engine. */
export type OwnProblem = 'broken-http' | 'headers-too-large' | 'too-slow' | 'body-too-large' | 'internal' | 'not-kept';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** KMS has other words for some. */
  readonly kmsCode: string;
}

/** Codes and texts as AWS has them for the like. */
const ANSWERS: Readonly<Record<OwnProblem, Answer>> = {
  'broken-http': {
    status: 400,
    code: 'BadRequest',
    message: 'An error occurred when parsing the HTTP request.',
    kmsCode: 'SerializationException',
  },
  'headers-too-large': {
    status: 400,
    code: 'RequestHeaderSectionTooLarge',
    message: 'Your request header section exceeds the maximum allowed size.',
    kmsCode: 'SerializationException',
  },
  'too-slow': {
    status: 400,
    code: 'RequestTimeout',
    message:
      'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    kmsCode: 'RequestTimeoutException',
  },
  'body-too-large': {
    status: 400,
    code: 'EntityTooLarge',
    message: 'Your proposed upload exceeds the maximum allowed size',
    kmsCode: 'RequestEntityTooLargeException',
  },
  internal: {
    status: 500,
    code: 'InternalError',
    message: 'We encountered an internal error. Please try again.',
    kmsCode: 'KMSInternalException',
  },
  'not-kept': {
    status: 503,
    code: 'ServiceUnavailable',
    message: 'The endpoint could not write to its data folder and takes no requests until it is started again.',
    kmsCode: 'DependencyTimeoutException',
  },
};

/**
 * The answer in the manner of the service that was meant: S3's XML, STS's XML or KMS's JSON.
 * @param request as far as it is known; without one, S3's manner
 * @param extra further members of S3's error document
 */
export function ownAnswer(
  problem: OwnProblem,
  request?: Pick<HttpRequest, 'method' | 'headers'>,
  extra: Readonly<Record<string, string>> = {},
): HttpResponse {
  const { status, code, message, kmsCode } = ANSWERS[problem];
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const isKms = request !== undefined && findHeader(request, 'x-amz-target') !== undefined;
  const isSts =
    request !== undefined && /\/sts\/aws4_request/.test(findHeader(request, 'authorization')?.slice(0, 1024) ?? '');
  const [type, idHeader, text] = isKms
    ? ['application/x-amz-json-1.1', 'x-amzn-RequestId', JSON.stringify({ __type: kmsCode, message })]
    : isSts
      ? ['text/xml', 'x-amzn-RequestId', stsXml(status, code, message, requestId)]
      : ['application/xml', 'x-amz-request-id', s3Xml({ Code: code, Message: message, ...extra }, requestId)];
  const body = textBody(request?.method === 'HEAD' ? '' : text);
  const headers: Header[] = [
    [idHeader, requestId],
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ];
  return { status, headers, body };
}

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

function s3Xml(members: Readonly<Record<string, string>>, requestId: string): string {
  const inner = Object.entries({ ...members, RequestId: requestId, HostId: requestId })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
  return `${XML_HEAD}<Error>${inner}</Error>`;
}

function stsXml(status: number, code: string, message: string, requestId: string): string {
  const type = status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
