import type { Exchange, Trace, TraceEvent } from '../engine/index.ts';

/** What a request asks for, as far as words have to tell requests apart; of a call to KMS: its operation, as in `kms:Encrypt`. */
export type RequestKind =
  | 'get'
  | 'head'
  | 'put'
  | 'copy'
  | 'delete'
  | 'update'
  | 'tags'
  | 'list'
  | 'open-upload'
  | 'part'
  | 'complete-upload'
  | 'abort-upload'
  | 'bucket-read'
  | 'bucket-change'
  | 'other'
  | `kms:${string}`;

/** Requests for an object itself: a path with a key, and no sub-resource. */
const PLAIN_KINDS: Readonly<Record<string, RequestKind>> = { GET: 'get', HEAD: 'head', PUT: 'put', DELETE: 'delete' };

type Rule = readonly [method: string, query: string, kind: RequestKind];
/** Requests for an object that its query makes another one; the first that fits counts. */
const OBJECT_RULES: readonly Rule[] = [
  ['POST', 'uploads', 'open-upload'],
  ['PUT', 'partNumber', 'part'],
  ['POST', 'uploadId', 'complete-upload'],
  ['DELETE', 'uploadId', 'abort-upload'],
  ['PUT', 'encryption', 'update'],
  ['GET', 'tagging', 'tags'],
];
/** Names in a query that leave the request what it is: those of a signed link, of versions and of the client. */
const NEUTRAL = /^(x-amz-|response-|AWSAccessKeyId$|Expires$|Signature$|versionId$|x-id$)/i;

/** What was asked for in an exchange. */
export function requestKind({ link, request }: Exchange): RequestKind {
  if (link !== 'client-s3') return `kms:${headerOf(request.headers, 'x-amz-target')?.split('.').at(-1) ?? ''}`;
  const [method = '', target = ''] = request.startLine.split(' ');
  const [path = '', query = ''] = target.split('?', 2);
  const names = query.split('&').map(pair => pair.split('=', 1)[0] ?? '');
  const asked = names.filter(name => name !== '' && !NEUTRAL.test(name));
  const hasKey = path.indexOf('/', 1) > 0 && !path.endsWith('/');
  if (!hasKey) return bucketKind(method, asked);
  const rule = OBJECT_RULES.find(([ofMethod, name]) => ofMethod === method && asked.includes(name));
  if (rule) return rule[2];
  if (asked.length > 0) return 'other';
  const isCopy = method === 'PUT' && headerOf(request.headers, 'x-amz-copy-source') !== undefined;
  return isCopy ? 'copy' : (PLAIN_KINDS[method] ?? 'other');
}

function bucketKind(method: string, asked: readonly string[]): RequestKind {
  if (method === 'PUT' || method === 'DELETE') return 'bucket-change';
  const isList = asked.length === 0 || asked.includes('list-type') || asked.includes('versions');
  return method === 'GET' && isList ? 'list' : 'bucket-read';
}

function headerOf(headers: Exchange['request']['headers'], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/**
 * The request that an event belongs to; of one outside requests, the client’s next. Whoever prepares a request thus has its kind, and
 * nobody does after the last answer.
 */
export function askedIn(trace: Trace, event: TraceEvent): RequestKind | undefined {
  if (event.exchange !== undefined) return kindAt(trace, event.exchange);
  for (let index = event.index + 1; index < trace.events.length; index++) {
    const exchange = trace.events[index]?.exchange;
    if (exchange !== undefined) return kindAt(trace, exchange);
  }
  return undefined;
}

/** The last request of the client that was under way before this event. */
export function askedBefore(trace: Trace, event: TraceEvent): RequestKind | undefined {
  for (let index = event.index - 1; index >= 0; index--) {
    const exchange = trace.events[index]?.exchange;
    if (exchange !== undefined && trace.exchanges[exchange]?.link !== 's3-kms') return kindAt(trace, exchange);
  }
  return undefined;
}

function kindAt(trace: Trace, index: number): RequestKind | undefined {
  const exchange = trace.exchanges[index];
  return exchange && requestKind(exchange);
}
