/** What AWS answers to signatures that do not count: each service in its own words. */
import { utf8 } from '../bytes/bytes.ts';
import { amzDate, isoSeconds } from '../clock.ts';
import type { HttpRefusal } from '../http/refusal.ts';
import { ALGORITHM, type SignedService, TERMINATOR } from './canonical.ts';

/** Where a signature was sent. */
export type SignedBy = 'header' | 'query' | 'form';

/** How far the clocks may be apart, and how long a header's signature counts, in milliseconds. */
export const MAX_SKEW = 15 * 60 * 1000;
/** The JSON and query services give a signature less time. */
const MAX_SKEW_PLAIN = 5 * 60 * 1000;
/** The longest life of a presigned request, in seconds. */
export const MAX_EXPIRES = 7 * 24 * 60 * 60;

/** A part of a credential that is not what this endpoint needs. */
export type WrongPart = 'region' | 'service' | 'terminator';

/** `authorization` is the header's value, empty when the signature is in the query. */
export interface SignatureRefusals {
  /** Milliseconds that a request's time may differ from now. */
  readonly maxSkew: number;
  readonly unsupported: (by: SignedBy, algorithm: string, authorization: string) => HttpRefusal;
  readonly missing: (by: SignedBy, names: readonly string[], authorization: string) => HttpRefusal;
  readonly credential: (by: SignedBy, sent: string) => HttpRefusal;
  readonly wrong: (by: SignedBy, part: WrongPart, sent: string, expected: string) => HttpRefusal;
  readonly otherDay: (by: SignedBy, day: string, date: string) => HttpRefusal;
  readonly date: (by: SignedBy, authorization: string) => HttpRefusal;
  readonly skewed: (date: string, time: number, now: number) => HttpRefusal;
  /** A presigned request, too late or too early. */
  readonly expired: (expires: number, time: number, now: number) => HttpRefusal;
  readonly early: (time: number, now: number) => HttpRefusal;
  readonly unsignedHeaders: (names: readonly string[]) => HttpRefusal;
  readonly token: (sent: string) => HttpRefusal;
  readonly mismatch: (check: Mismatch) => HttpRefusal;
}

/** What the answer to a wrong signature tells, so that a developer can find the difference. */
export interface Mismatch {
  readonly accessKeyId: string;
  readonly sent: string;
  readonly stringToSign: string;
  /** Empty for a form. */
  readonly canonicalRequest: string;
}

const refuse = (status: number, code: string, message: string, extra?: Record<string, string>): HttpRefusal => ({
  status,
  code,
  message,
  ...(extra ? { extra } : {}),
});

const hexBytes = (text: string) => [...utf8(text)].map(byte => byte.toString(16).padStart(2, '0')).join(' ');

const CREDENTIAL_FORM = '<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request';
const S3_WRONG: Record<WrongPart, (sent: string, expected: string) => string> = {
  region: (sent, expected) => `the region '${sent}' is wrong; expecting '${expected}'`,
  service: (sent, expected) => `incorrect service "${sent}". This endpoint belongs to "${expected}".`,
  terminator: (sent, expected) => `incorrect terminal "${sent}". This endpoint uses "${expected}".`,
};

/** In S3 a header and a query parameter with the same fault have different codes. */
const malformed = (by: SignedBy, detail: string, extra?: Record<string, string>): HttpRefusal =>
  by === 'header'
    ? refuse(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; ${detail}`, extra)
    : queryError(`Error parsing the X-Amz-Credential parameter; ${detail}`, extra);

export const queryError = (message: string, extra?: Record<string, string>): HttpRefusal =>
  refuse(400, 'AuthorizationQueryParametersError', message, extra);

/** An argument of an S3 request, and what is wrong with it. */
export const argumentError = (message: string, name: string, value: string): HttpRefusal =>
  refuse(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });

const S3: SignatureRefusals = {
  maxSkew: MAX_SKEW,
  unsupported: (by, _algorithm, authorization) =>
    by === 'header'
      ? argumentError('Unsupported Authorization Type', 'Authorization', authorization)
      : queryError(`X-Amz-Algorithm only supports "${ALGORITHM}"`),
  missing: by =>
    by === 'header'
      ? malformed(by, 'the authorization header requires three components: Credential, SignedHeaders, and Signature.')
      : queryError(
          'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
        ),
  credential: by => malformed(by, `the Credential is mal-formed; expecting "${CREDENTIAL_FORM}".`),
  wrong: (by, part, sent, expected) =>
    malformed(by, S3_WRONG[part](sent, expected), part === 'region' ? { Region: expected } : undefined),
  otherDay: (by, day, date) => {
    const detail = `Invalid credential date "${day}". This date is not the same as X-Amz-Date: "${date.slice(0, 8)}".`;
    return by === 'header' ? malformed(by, detail) : queryError(detail);
  },
  date: by =>
    by === 'header'
      ? refuse(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
      : queryError(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`),
  skewed: (date, _time, now) =>
    refuse(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
      RequestTime: date,
      ServerTime: isoSeconds(now),
      MaxAllowedSkewMilliseconds: String(MAX_SKEW),
    }),
  expired: (expires, time, now) =>
    refuse(403, 'AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expires),
      Expires: isoSeconds(time + expires * 1000),
      ServerTime: isoSeconds(now),
    }),
  early: (_time, now) => refuse(403, 'AccessDenied', 'Request is not valid yet', { ServerTime: isoSeconds(now) }),
  unsignedHeaders: names =>
    refuse(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: names.join(', '),
    }),
  token: sent =>
    refuse(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.', { 'Token-0': sent }),
  mismatch: check =>
    refuse(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      {
        AWSAccessKeyId: check.accessKeyId,
        StringToSign: check.stringToSign,
        SignatureProvided: check.sent,
        StringToSignBytes: hexBytes(check.stringToSign),
        ...(check.canonicalRequest === ''
          ? {}
          : {
              CanonicalRequest: check.canonicalRequest,
              CanonicalRequestBytes: hexBytes(check.canonicalRequest),
            }),
      },
    ),
};

const PLAIN_WRONG: Record<WrongPart, (sent: string, expected: string) => string> = {
  region: () => 'Credential should be scoped to a valid region. ',
  service: (_sent, expected) => `Credential should be scoped to correct service: '${expected}'. `,
  terminator: () => `Credential should be scoped with a valid terminator: '${TERMINATOR}'. `,
};
/** The names of a header's parts, by those of a query's. */
const IN_HEADER: ReadonlyMap<string, string> = new Map([
  ['X-Amz-Credential', 'Credential'],
  ['X-Amz-Signature', 'Signature'],
  ['X-Amz-SignedHeaders', 'SignedHeaders'],
]);

/** The services that are no S3 share their texts and differ in codes and statuses. */
function plain(
  incomplete: readonly [status: number, code: string],
  invalid: readonly [status: number, code: string],
  unrecognized: readonly [status: number, code: string],
): SignatureRefusals {
  const minutes = MAX_SKEW_PLAIN / 60_000;
  const late = (time: number, now: number) =>
    refuse(
      ...invalid,
      `Signature expired: ${amzDate(time)} is now earlier than ${amzDate(now - MAX_SKEW_PLAIN)} (${amzDate(now)} - ${minutes} min.)`,
    );
  const early = (time: number, now: number) =>
    refuse(
      ...invalid,
      `Signature not yet current: ${amzDate(time)} is still later than ${amzDate(now + MAX_SKEW_PLAIN)} (${amzDate(now)} + ${minutes} min.)`,
    );
  return {
    maxSkew: MAX_SKEW_PLAIN,
    unsupported: (_by, algorithm) => refuse(...incomplete, `Unsupported AWS 'algorithm': '${algorithm}'.`),
    missing: (by, names) =>
      refuse(
        ...incomplete,
        names
          .map(name =>
            by === 'header'
              ? `Authorization header requires '${IN_HEADER.get(name) ?? name}' parameter.`
              : `AWS query-string parameters must include '${name}'.`,
          )
          .join(' '),
      ),
    credential: (_by, sent) =>
      refuse(
        ...incomplete,
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${sent}'`,
      ),
    wrong: (_by, part, sent, expected) => refuse(...invalid, PLAIN_WRONG[part](sent, expected)),
    otherDay: (_by, day, date) =>
      refuse(
        ...invalid,
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`,
      ),
    date: by =>
      refuse(
        ...incomplete,
        by === 'header'
          ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
          : "Date must be in ISO-8601 'basic format'.",
      ),
    skewed: (_date, time, now) => (time < now ? late(time, now) : early(time, now)),
    expired: (expires, time, now) =>
      refuse(...invalid, `Signature expired: ${amzDate(now)} is now later than ${amzDate(time + expires * 1000)}`),
    early,
    unsignedHeaders: () =>
      refuse(...invalid, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
    token: () => refuse(...unrecognized, 'The security token included in the request is invalid.'),
    mismatch: () =>
      refuse(
        ...invalid,
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      ),
  };
}

/** The catalogue. KMS speaks JSON and answers 400 to all of it; STS speaks the query protocol with codes of its own. */
export const SIGNATURE_REFUSALS: Readonly<Record<SignedService, SignatureRefusals>> = {
  s3: S3,
  kms: plain(
    [400, 'IncompleteSignatureException'],
    [400, 'InvalidSignatureException'],
    [400, 'UnrecognizedClientException'],
  ),
  sts: plain([400, 'IncompleteSignature'], [403, 'SignatureDoesNotMatch'], [403, 'InvalidClientTokenId']),
};

/** What the services that are no S3 answer to a request without signature, and to an access key that nobody has. */
export const UNSIGNED_REFUSALS: Readonly<
  Record<Exclude<SignedService, 's3'>, { readonly anonymous: HttpRefusal; readonly unknownAccessKey: HttpRefusal }>
> = {
  kms: {
    anonymous: refuse(400, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
    unknownAccessKey: SIGNATURE_REFUSALS.kms.token(''),
  },
  sts: {
    anonymous: refuse(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'),
    unknownAccessKey: SIGNATURE_REFUSALS.sts.token(''),
  },
};

/** The answer to a signature that was checked and is wrong. */
export function signatureMismatch(check: Mismatch, service: SignedService): HttpRefusal {
  return SIGNATURE_REFUSALS[service].mismatch(check);
}
