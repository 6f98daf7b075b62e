/**
 * The computation of AWS Signature Version 4 (SigV4), which belongs to neither end. Names follow AWS's description of the process;
 * every intermediate value can be reached, so that it can be shown.
 */
import { concat, utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { hmacSha256 } from '../crypto/hmac.ts';
import { sha256 } from '../crypto/sha2.ts';
import { encodeSegment } from '../http/address.ts';
import type { Header, HttpRequest } from '../http/message.ts';
import { decodePercent, splitQuery } from '../http/query.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Belongs to temporary credentials. */
  readonly sessionToken?: string;
}

export type SignedService = 's3' | 'kms' | 'sts';

/** Where and for what a signature counts. */
export interface SigningScope {
  readonly region: string;
  readonly service: SignedService;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const TERMINATOR = 'aws4_request';
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** The credential scope, `20261121/eu-central-1/s3/aws4_request`. `day` is `YYYYMMDD`. */
export function credentialScope(day: string, scope: SigningScope): string {
  return [day, scope.region, scope.service, TERMINATOR].join('/');
}

/**
 * The request in canonical form.
 *
 * @param signedHeaders in lowercase, in the order in which they are signed
 * @param payloadHash 64 hex characters, or what `x-amz-content-sha256` says instead of a hash
 * @param service S3 takes the path as it is, encoded once; the others tidy it and encode it twice
 */
export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  service: SignedService = 's3',
): string {
  const values = canonicalValues(request.headers);
  return [
    request.method,
    service === 's3' ? pathOnce(request.path) : pathTwice(request.path),
    canonicalQuery(request.query),
    signedHeaders.map(name => `${name}:${values.get(name) ?? ''}\n`).join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Values by name in lowercase: trimmed, inner white space a single space, several of one name joined with commas. */
function canonicalValues(headers: readonly Header[]): ReadonlyMap<string, string> {
  const lists = new Map<string, string[]>();
  for (const [given, sent] of headers) {
    const name = given.toLowerCase();
    const value = sent.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  return new Map([...lists].map(([name, list]) => [name, list.join(',')]));
}

/** Decoded and encoded again by SigV4's own rule, so that clients that escape more or less than others agree. */
const encodeAgain = (text: string): string => {
  const decoded = decodePercent(text);
  return decoded === undefined ? text : encodeSegment(decoded);
};

function pathOnce(path: string): string {
  return path.split('/').map(encodeAgain).join('/') || '/';
}

function pathTwice(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(encodeSegment(segment));
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/** Sorted by name, then by value, by code point; without the signature itself. */
function canonicalQuery(query: string): string {
  const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return splitQuery(query)
    .map(([name, value]) => [encodeAgain(name), encodeAgain(value)] as const)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort((left, right) => order(left[0], right[0]) || order(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The text that is signed: algorithm, time, scope, and the hash of the canonical request. */
export async function stringToSign(date: string, scope: string, canonical: string): Promise<string> {
  return [ALGORITHM, date, scope, toHex(await sha256(utf8(canonical)))].join('\n');
}

/** 32-byte signing key: HMAC over date, Region, service and a constant, one after another. */
export async function signingKey(secretAccessKey: string, day: string, scope: SigningScope) {
  const ofDay = await hmacSha256(concat(utf8('AWS4'), utf8(secretAccessKey)), utf8(day));
  const ofRegion = await hmacSha256(ofDay, utf8(scope.region));
  const ofService = await hmacSha256(ofRegion, utf8(scope.service));
  return hmacSha256(ofService, utf8(TERMINATOR));
}

/** The signature of a text: 64 hex characters. */
export async function signText(
  text: string,
  secretAccessKey: string,
  day: string,
  scope: SigningScope,
): Promise<string> {
  return toHex(await hmacSha256(await signingKey(secretAccessKey, day, scope), utf8(text)));
}
