/** The side that signs: requests by header, requests by query (presigned), browser forms. */
import { toHex } from '../bytes/text.ts';
import { amzDate } from '../clock.ts';
import { sha256 } from '../crypto/sha2.ts';
import { encodeSegment } from '../http/address.ts';
import { findHeader, gather, type Header, type HttpRequest } from '../http/message.ts';
import {
  ALGORITHM,
  type Credentials,
  canonicalRequest,
  credentialScope,
  type SigningScope,
  signText,
  stringToSign,
  UNSIGNED_PAYLOAD,
} from './canonical.ts';

const ALSO_SIGNED = ['host', 'content-type', 'content-md5', 'range'];

function namesToSign(headers: readonly Header[]): readonly string[] {
  const names = headers.map(([name]) => name.toLowerCase());
  const wanted = names.filter(name => name.startsWith('x-amz-') || ALSO_SIGNED.includes(name));
  return [...new Set(wanted)].sort();
}

async function signatureOf(
  request: HttpRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  credentials: Credentials,
  scope: SigningScope,
  date: string,
): Promise<string> {
  const day = date.slice(0, 8);
  const canonical = canonicalRequest(request, signedHeaders, payloadHash, scope.service);
  const text = await stringToSign(date, credentialScope(day, scope), canonical);
  return signText(text, credentials.secretAccessKey, day, scope);
}

/**
 * The request with `X-Amz-Date`, `X-Amz-Security-Token` for temporary credentials, and `Authorization`. It must already carry `Host`
 * and, for S3, `X-Amz-Content-Sha256`. Signs `host`, `content-type`, `content-md5`, `range` and every `x-amz-…` header.
 */
export async function signRequest(
  request: HttpRequest,
  credentials: Credentials,
  scope: SigningScope,
  now: number,
): Promise<HttpRequest> {
  const date = amzDate(now);
  const added: Header[] = [['x-amz-date', date]];
  if (credentials.sessionToken !== undefined) added.push(['x-amz-security-token', credentials.sessionToken]);
  const dated: HttpRequest = { ...request, headers: [...request.headers, ...added] };
  const signedHeaders = namesToSign(dated.headers);
  const payloadHash = findHeader(dated, 'x-amz-content-sha256') ?? toHex(await sha256(gather(dated.body)));
  const signature = await signatureOf(dated, signedHeaders, payloadHash, credentials, scope, date);
  const credential = `${credentials.accessKeyId}/${credentialScope(date.slice(0, 8), scope)}`;
  const authorization = `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...dated, headers: [...dated.headers, ['authorization', authorization]] };
}

/**
 * The request with its signature in the query, good for `expiresSeconds` (at most 604,800 in S3). Whoever uses it has to send the
 * headers it had when it was signed. S3 does not sign the payload then, unless `X-Amz-Content-Sha256` says so.
 */
export async function presign(
  request: HttpRequest,
  credentials: Credentials,
  scope: SigningScope,
  now: number,
  expiresSeconds: number,
): Promise<HttpRequest> {
  const date = amzDate(now);
  const signedHeaders = namesToSign(request.headers);
  const parameters: readonly Header[] = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${credentialScope(date.slice(0, 8), scope)}`],
    ['X-Amz-Date', date],
    ['X-Amz-Expires', String(expiresSeconds)],
    ...(credentials.sessionToken === undefined
      ? []
      : [['X-Amz-Security-Token', credentials.sessionToken] as const satisfies Header]),
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
  ];
  const added = parameters.map(([name, value]) => `${name}=${encodeSegment(value)}`);
  const query = [request.query, ...added].filter(part => part !== '').join('&');
  const unsigned: HttpRequest = { ...request, query };
  const payloadHash =
    findHeader(request, 'x-amz-content-sha256') ??
    (scope.service === 's3' ? UNSIGNED_PAYLOAD : toHex(await sha256(gather(request.body))));
  const signature = await signatureOf(unsigned, signedHeaders, payloadHash, credentials, scope, date);
  return { ...unsigned, query: `${query}&X-Amz-Signature=${signature}` };
}

/**
 * The fields that make a browser form count: the policy, which should demand the credential, algorithm and date given here, and the
 * signature over its Base64.
 */
export async function signForm(
  policyBase64: string,
  credentials: Credentials,
  scope: SigningScope,
  now: number,
): Promise<readonly Header[]> {
  const date = amzDate(now);
  const day = date.slice(0, 8);
  return [
    ['x-amz-algorithm', ALGORITHM],
    ['x-amz-credential', `${credentials.accessKeyId}/${credentialScope(day, scope)}`],
    ['x-amz-date', date],
    ...(credentials.sessionToken === undefined
      ? []
      : [['x-amz-security-token', credentials.sessionToken] as const satisfies Header]),
    ['policy', policyBase64],
    ['x-amz-signature', await signText(policyBase64, credentials.secretAccessKey, day, scope)],
  ];
}
