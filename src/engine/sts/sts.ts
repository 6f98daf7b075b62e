import { type Bytes, textOf } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { findHeader, gather, type Handler, type Header, type HttpRequest, textBody } from '../http/message.ts';
import { parseQuery, type Query } from '../http/query.ts';
import type { HttpRefusal } from '../http/refusal.ts';
import type { Principal } from '../iam/principal.ts';
import type { RandomSource } from '../random.ts';
import { errorXml, identityXml } from './xml.ts';

export interface StsParts {
  readonly random: RandomSource;
  /** Who signed; or what to answer instead. */
  readonly authenticate: (request: HttpRequest, body: Bytes) => Promise<Principal | { readonly refusal: HttpRefusal }>;
}

/** The only version of the API there is. */
const VERSION = '2011-06-15';

/**
 * AWS STS as far as clients need it to ask who they are: GetCallerIdentity over the query protocol, by GET or POST. It needs no
 * permission: even an explicit deny does not forbid it (API reference of GetCallerIdentity).
 *
 * Nothing here is worth following, so no run is recorded.
 */
export function createSts({ random, authenticate }: StsParts): Handler {
  return async request => {
    const requestId = uuid(random);
    const bytes = gather(request.body);
    const asked = readAction(request, bytes);
    const caller = 'refusal' in asked ? asked : await authenticate(request, bytes);
    const [status, text] =
      'refusal' in caller
        ? [inStsWords(caller.refusal).status, errorXml(inStsWords(caller.refusal), requestId)]
        : [200, identityXml(caller, requestId)];
    const body = textBody(text);
    const headers: Header[] = [
      ['x-amzn-RequestId', requestId],
      ['Content-Type', 'text/xml'],
      ['Content-Length', String(body.length)],
    ];
    return { status, headers, body };
  };
}

/** The action, when it is one that there is. */
function readAction(
  request: HttpRequest,
  bytes: Bytes,
): { readonly action: string } | { readonly refusal: HttpRefusal } {
  const parameters = parametersOf(request, bytes);
  const action = parameters.get('Action') ?? '';
  if (action === '') {
    return refuse('MissingAction', 'An action is missing. Actions of this endpoint: GetCallerIdentity.');
  }
  const version = parameters.get('Version') ?? 'NO_VERSION_SPECIFIED';
  if (action === 'GetCallerIdentity' && version === VERSION) return { action };
  return refuse('InvalidAction', `Could not find operation ${action} for version ${version}`);
}

function parametersOf(request: HttpRequest, bytes: Bytes): Query {
  const isForm = findHeader(request, 'content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded');
  return parseQuery(request.method === 'POST' && isForm === true ? textOf(bytes) : request.query);
}

function refuse(code: string, message: string): { readonly refusal: HttpRefusal } {
  return { refusal: { status: 400, code, message } };
}

/** What the services that speak JSON call otherwise: STS's codes and status. */
const CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  IncompleteSignatureException: 'IncompleteSignature',
};
const FORBIDDEN = ['MissingAuthenticationToken', 'InvalidClientTokenId', 'SignatureDoesNotMatch'];

function inStsWords(refusal: HttpRefusal): HttpRefusal {
  const code = Object.hasOwn(CODES, refusal.code) ? (CODES[refusal.code] ?? refusal.code) : refusal.code;
  return { ...refusal, code, status: FORBIDDEN.includes(code) ? 403 : refusal.status };
}

/** A version 4 UUID (RFC 9562, 5.4). */
function uuid(random: RandomSource): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
