/** Finds the signature in a request, before anything is believed of it. */
import { amzDate } from '../clock.ts';
import { parseAmzDate, parseHttpDate } from '../http/date.ts';
import { findHeader, type HttpRequest } from '../http/message.ts';
import { parseQuery } from '../http/query.ts';
import type { HttpRefusal } from '../http/refusal.ts';
import { ALGORITHM, type SignedService } from './canonical.ts';
import { argumentError, MAX_EXPIRES, queryError, SIGNATURE_REFUSALS, type SignedBy } from './refusals.ts';

/** A signature as it was sent, whole but not believed. */
export interface SentSignature {
  readonly by: SignedBy;
  readonly credential: string;
  /** In lowercase, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`, and the same in milliseconds. */
  readonly date: string;
  readonly time: number;
  /** Seconds that a presigned request counts. */
  readonly expires?: number;
  readonly token?: string;
  /** What the query says of the payload. */
  readonly payloadHash?: string;
}

export type Found =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly refusal: HttpRefusal; readonly isOldSignature: boolean }
  | { readonly kind: 'sent'; readonly sent: SentSignature };

const refused = (refusal: HttpRefusal, isOldSignature = false): Found => ({ kind: 'refused', refusal, isOldSignature });
const ANONYMOUS: Found = { kind: 'anonymous' };

const ONE_MECHANISM =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
const QUERY_PARTS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;

/** Looks at `Authorization` and at the query. Version 2 of the signature is told apart and never checked. */
export function findSignature(request: HttpRequest, service: SignedService): Found {
  const authorization = findHeader(request, 'authorization');
  const query = parseQuery(request.query);
  const isInQuery = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature') || query.has('X-Amz-Credential');
  const isOldQuery = service === 's3' && query.has('Signature') && query.has('AWSAccessKeyId');
  if (authorization !== undefined) {
    if (service === 's3' && (isInQuery || isOldQuery))
      return refused(argumentError(ONE_MECHANISM, 'Authorization', authorization));
    return fromHeader(request, authorization.trim(), service);
  }
  if (isInQuery) return fromQuery(request, query.get, service);
  if (isOldQuery) return refused(argumentError('Unsupported Authorization Type', 'Authorization', 'null'), true);
  return ANONYMOUS;
}

function fromHeader(request: HttpRequest, authorization: string, service: SignedService): Found {
  const texts = SIGNATURE_REFUSALS[service];
  const space = authorization.indexOf(' ');
  const algorithm = space < 0 ? authorization : authorization.slice(0, space);
  if (algorithm !== ALGORITHM)
    return refused(texts.unsupported('header', algorithm, authorization), algorithm === 'AWS');
  const parts = new Map<string, string>();
  for (const part of space < 0 ? [] : authorization.slice(space + 1).split(',')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  const [credential = '', signedHeaders = '', signature = ''] = ['Credential', 'SignedHeaders', 'Signature'].map(name =>
    parts.get(name),
  );
  const missing = [
    ...(credential === '' ? ['Credential'] : []),
    ...(signature === '' ? ['Signature'] : []),
    ...(signedHeaders === '' ? ['SignedHeaders'] : []),
  ];
  if (missing.length > 0) return refused(texts.missing('header', missing, authorization));
  const dated = findDate(request);
  if (!dated) return refused(texts.date('header', authorization));
  const token = findHeader(request, 'x-amz-security-token');
  return {
    kind: 'sent',
    sent: {
      by: 'header',
      credential,
      signedHeaders: namesOf(signedHeaders),
      signature,
      ...dated,
      ...(token === undefined ? {} : { token: token.trim() }),
    },
  };
}

function fromQuery(request: HttpRequest, get: (name: string) => string | undefined, service: SignedService): Found {
  const texts = SIGNATURE_REFUSALS[service];
  // Only S3 insists that the signer says how long; elsewhere a signature lives as long as one in a header.
  const wanted = QUERY_PARTS.filter(name => service === 's3' || name !== 'X-Amz-Expires');
  const missing = wanted.filter(name => (get(name) ?? '') === '');
  if (missing.length > 0) return refused(texts.missing('query', missing, ''));
  const [algorithm = '', credential = '', signature = '', date = '', signedHeaders = '', expires] =
    QUERY_PARTS.map(get);
  if (algorithm !== ALGORITHM) return refused(texts.unsupported('query', algorithm, ''));
  const time = parseAmzDate(date);
  if (time === undefined) return refused(texts.date('query', ''));
  const expiresRefusal = expires === undefined ? undefined : refuseExpires(expires);
  if (expiresRefusal) return refused(expiresRefusal);
  const token = get('X-Amz-Security-Token') ?? findHeader(request, 'x-amz-security-token');
  const payloadHash = get('X-Amz-Content-Sha256');
  return {
    kind: 'sent',
    sent: {
      by: 'query',
      credential,
      signedHeaders: namesOf(signedHeaders),
      signature,
      date,
      time,
      ...(expires === undefined ? {} : { expires: Number(expires) }),
      ...(token === undefined ? {} : { token }),
      ...(payloadHash === undefined ? {} : { payloadHash }),
    },
  };
}

const namesOf = (list: string) => list.split(';').map(name => name.trim().toLowerCase());

function refuseExpires(sent: string): HttpRefusal | undefined {
  if (!/^-?\d+$/.test(sent)) return queryError('X-Amz-Expires should be a number');
  if (sent.startsWith('-')) return queryError('X-Amz-Expires must be non-negative');
  if (Number(sent) <= MAX_EXPIRES) return undefined;
  return queryError(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES} seconds`,
  );
}

/** The time a request says it was signed: `X-Amz-Date`, or else `Date` in any of HTTP's forms. */
function findDate(request: HttpRequest): { date: string; time: number } | undefined {
  const sent = findHeader(request, 'x-amz-date') ?? findHeader(request, 'date');
  if (sent === undefined) return undefined;
  const time = parseAmzDate(sent.trim()) ?? parseHttpDate(sent);
  return time === undefined ? undefined : { date: amzDate(time), time };
}
