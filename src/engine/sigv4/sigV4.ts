/**
 * AWS Signature Version 4 (SigV4) with headers. Both ends use it: the client signs, S3 and KMS compute the same again.
 * Names follow AWS's description of the process; every intermediate value can be reached, so that it can be shown.
 */
import { concat, equalBytes, utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { amzDate } from '../clock.ts';
import { hmacSha256 } from '../crypto/hmac.ts';
import { sha256 } from '../crypto/sha2.ts';
import { findHeader, type Header, type HttpRequest } from '../http/message.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where and for what a signature counts: `20261121/eu-central-1/s3/aws4_request`. */
export interface SigningScope {
  readonly region: string;
  readonly service: 's3' | 'kms';
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The request in canonical form. `signedHeaders` are lowercase and sorted. */
export function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[], payloadHash: string): string {
  const query = request.query
    .split('&')
    .filter(part => part !== '')
    .map(part => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
  const headers = signedHeaders
    .map(name => `${name}:${(findHeader(request, name) ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  return [request.method, request.path, query, headers, signedHeaders.join(';'), payloadHash].join('\n');
}

/** The text that is signed: algorithm, time, scope, and the hash of the canonical request. */
export async function stringToSign(date: string, scope: string, canonical: string): Promise<string> {
  return [ALGORITHM, date, scope, toHex(await sha256(utf8(canonical)))].join('\n');
}

/** 32-byte signing key: HMAC over date, Region, service and a constant, one after another. */
async function signingKey(secretAccessKey: string, day: string, scope: SigningScope) {
  const ofDay = await hmacSha256(concat(utf8('AWS4'), utf8(secretAccessKey)), utf8(day));
  const ofRegion = await hmacSha256(ofDay, utf8(scope.region));
  const ofService = await hmacSha256(ofRegion, utf8(scope.service));
  return hmacSha256(ofService, utf8('aws4_request'));
}

async function signatureOf(
  request: HttpRequest,
  signedHeaders: readonly string[],
  credentials: Credentials,
  scope: SigningScope,
): Promise<string> {
  const date = findHeader(request, 'x-amz-date') ?? '';
  const day = date.slice(0, 8);
  const payloadHash = findHeader(request, 'x-amz-content-sha256') ?? '';
  const text = await stringToSign(
    date,
    `${day}/${scope.region}/${scope.service}/aws4_request`,
    canonicalRequest(request, signedHeaders, payloadHash),
  );
  return toHex(await hmacSha256(await signingKey(credentials.secretAccessKey, day, scope), utf8(text)));
}

/**
 * The request with `X-Amz-Date` and `Authorization`. It must already carry `Host` and `X-Amz-Content-Sha256`.
 * Signs `host`, `content-type`, `content-md5` and every `x-amz-…` header.
 */
export async function signRequest(
  request: HttpRequest,
  credentials: Credentials,
  scope: SigningScope,
  now: number,
): Promise<HttpRequest> {
  const date = amzDate(now);
  const dated: HttpRequest = { ...request, headers: [...request.headers, ['x-amz-date', date] as Header] };
  const signedHeaders = dated.headers
    .map(([name]) => name.toLowerCase())
    .filter(name => name.startsWith('x-amz-') || ['host', 'content-type', 'content-md5', 'range'].includes(name))
    .sort();
  const signature = await signatureOf(dated, signedHeaders, credentials, scope);
  const credential = `${credentials.accessKeyId}/${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const authorization = `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...dated, headers: [...dated.headers, ['authorization', authorization]] };
}

/** What came of looking at a request's signature. */
export type SignatureCheck =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown-access-key'; readonly accessKeyId: string }
  | {
      readonly kind: 'checked';
      readonly accessKeyId: string;
      readonly isValid: boolean;
      /** 64 hex characters each. */
      readonly sent: string;
      readonly computed: string;
    };

/** Computes the signature again with the secret on file and compares in constant time. */
export async function checkSignature(
  request: HttpRequest,
  scope: SigningScope,
  findSecret: (accessKeyId: string) => string | undefined,
): Promise<SignatureCheck> {
  const header = findHeader(request, 'authorization');
  if (header === undefined) return { kind: 'anonymous' };
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  const [, accessKeyId, , region, service, signedHeaders, sent] = match ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || sent === undefined) return { kind: 'malformed' };
  if (region !== scope.region || service !== scope.service) return { kind: 'malformed' };
  const secretAccessKey = findSecret(accessKeyId);
  if (secretAccessKey === undefined) return { kind: 'unknown-access-key', accessKeyId };
  const computed = await signatureOf(request, signedHeaders.split(';'), { accessKeyId, secretAccessKey }, scope);
  return { kind: 'checked', accessKeyId, isValid: equalBytes(utf8(sent), utf8(computed)), sent, computed };
}
