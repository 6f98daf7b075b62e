import { equalBytes, utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { findHeader, type HttpRequest } from '../http/message.ts';
import type { Payload } from '../http/payload.ts';
import type { HttpRefusal } from '../http/refusal.ts';
import {
  canonicalRequest,
  type SignedService,
  type SigningScope,
  signText,
  stringToSign,
  TERMINATOR,
  UNSIGNED_PAYLOAD,
} from './canonical.ts';
import { argumentError, MAX_SKEW, SIGNATURE_REFUSALS, type SignedBy } from './refusals.ts';
import { findSignature, type SentSignature } from './sentSignature.ts';

/** Where a service stands, what time it is there, and whom it knows. */
export interface CheckScope extends SigningScope {
  /** Milliseconds. */
  readonly now: number;
  readonly findSecret: (
    accessKeyId: string,
  ) => { readonly secretAccessKey: string; readonly sessionToken?: string } | undefined;
}

/** A signature that could be compared with the right one. */
export interface CheckedSignature {
  readonly kind: 'checked';
  readonly accessKeyId: string;
  readonly isValid: boolean;
  /** As it came; 64 hex characters when it is one. */
  readonly sent: string;
  /** 64 hex characters. */
  readonly computed: string;
  readonly by: SignedBy;
  readonly isSigV4: true;
  readonly stringToSign: string;
  /** Empty for a form: there the policy is signed. */
  readonly canonicalRequest: string;
  /** 64 hex characters, `UNSIGNED-PAYLOAD` or `STREAMING-…`. A hash is *claimed* in S3: whoever takes the body compares. */
  readonly payloadHash: string;
  /** `YYYYMMDDTHHMMSSZ`, and the same in milliseconds. */
  readonly date: string;
  readonly time: number;
  /** `20261121/eu-central-1/s3/aws4_request`. */
  readonly credentialScope: string;
}

/** What came of looking at a request's signature. */
export type SignatureCheck =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'refused';
      readonly refusal: HttpRefusal;
      /** Version 2 of the signature, which is not checked here. */
      readonly isOldSignature: boolean;
    }
  | { readonly kind: 'unknown-access-key'; readonly accessKeyId: string }
  | CheckedSignature;

const STREAMING = [
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
];

const refused = (refusal: HttpRefusal): SignatureCheck => ({ kind: 'refused', refusal, isOldSignature: false });

/** Computes the signature again with the secret on file and compares in constant time. */
export async function checkSignature(
  request: HttpRequest,
  payload: Payload,
  scope: CheckScope,
): Promise<SignatureCheck> {
  const found = findSignature(request, scope.service);
  if (found.kind !== 'sent') return found;
  const { sent } = found;
  const refusal = refuseScope(sent, scope) ?? refuseTime(sent, scope) ?? refuseHeaders(request, sent, scope.service);
  if (refusal) return refused(refusal);
  const payloadHash = await findPayloadHash(request, payload, sent, scope.service);
  if (typeof payloadHash !== 'string') return refused(payloadHash);
  const canonical = canonicalRequest(request, sent.signedHeaders, payloadHash, scope.service);
  const text = await stringToSign(sent.date, scopeOf(sent), canonical);
  return compare(sent, scope, { canonicalRequest: canonical, stringToSign: text, payloadHash });
}

/** The last part, which requests and forms have in common: whose key is it, and is the signature over `text` that of its secret. */
export async function compare(
  sent: SentSignature,
  scope: CheckScope,
  signed: Pick<CheckedSignature, 'canonicalRequest' | 'stringToSign' | 'payloadHash'>,
): Promise<SignatureCheck> {
  const [accessKeyId = '', day = ''] = sent.credential.split('/');
  const secret = scope.findSecret(accessKeyId);
  if (!secret || (secret.sessionToken !== undefined && sent.token === undefined))
    return { kind: 'unknown-access-key', accessKeyId };
  if (sent.token !== undefined && !equalBytes(utf8(sent.token), utf8(secret.sessionToken ?? '')))
    return refused(SIGNATURE_REFUSALS[scope.service].token(sent.token));
  const computed = await signText(signed.stringToSign, secret.secretAccessKey, day, scope);
  return {
    kind: 'checked',
    accessKeyId,
    isValid: equalBytes(utf8(sent.signature), utf8(computed)),
    sent: sent.signature,
    computed,
    by: sent.by,
    isSigV4: true,
    ...signed,
    date: sent.date,
    time: sent.time,
    credentialScope: scopeOf(sent),
  };
}

const scopeOf = (sent: SentSignature) => sent.credential.slice(sent.credential.indexOf('/') + 1);

/** The credential has to be made for this service, here, on the day it names. */
export function refuseScope(sent: SentSignature, scope: SigningScope): HttpRefusal | undefined {
  const texts = SIGNATURE_REFUSALS[scope.service];
  const parts = sent.credential.split('/');
  const [accessKeyId = '', day = '', region = '', service = '', terminator = ''] = parts;
  if (parts.length !== 5 || accessKeyId === '' || !/^\d{8}$/.test(day))
    return texts.credential(sent.by, sent.credential);
  if (terminator !== TERMINATOR) return texts.wrong(sent.by, 'terminator', terminator, TERMINATOR);
  if (service !== scope.service) return texts.wrong(sent.by, 'service', service, scope.service);
  if (region !== scope.region) return texts.wrong(sent.by, 'region', region, scope.region);
  return sent.date.startsWith(day) ? undefined : texts.otherDay(sent.by, day, sent.date);
}

function refuseTime(sent: SentSignature, scope: CheckScope): HttpRefusal | undefined {
  const texts = SIGNATURE_REFUSALS[scope.service];
  if (sent.expires === undefined) {
    const isNear = Math.abs(scope.now - sent.time) <= texts.maxSkew;
    return isNear ? undefined : texts.skewed(sent.date, sent.time, scope.now);
  }
  if (sent.time > scope.now + MAX_SKEW) return texts.early(sent.time, scope.now);
  return scope.now > sent.time + sent.expires * 1000 ? texts.expired(sent.expires, sent.time, scope.now) : undefined;
}

/** `host` has to be signed, and in S3 every `x-amz-…` header: they say what is to be done. */
function refuseHeaders(request: HttpRequest, sent: SentSignature, service: SignedService): HttpRefusal | undefined {
  const signed = new Set(sent.signedHeaders);
  const given = request.headers.map(([name]) => name.toLowerCase());
  const wanted =
    service === 's3'
      ? given.filter(name => name.startsWith('x-amz-') && !(sent.by === 'query' && name === 'x-amz-content-sha256'))
      : [];
  const unsigned = [...new Set(['host', ...wanted])].filter(name => !signed.has(name));
  return unsigned.length === 0 ? undefined : SIGNATURE_REFUSALS[service].unsignedHeaders(unsigned.sort());
}

/** In S3 the request says it, and the body is compared by whoever takes it. The others hash what came. */
async function findPayloadHash(
  request: HttpRequest,
  payload: Payload,
  sent: SentSignature,
  service: SignedService,
): Promise<string | HttpRefusal> {
  if (service !== 's3') return toHex(await sha256(payload.bytes));
  const inHeader = findHeader(request, 'x-amz-content-sha256')?.trim();
  if (sent.by === 'query') {
    const isSigned = sent.signedHeaders.includes('x-amz-content-sha256');
    return sent.payloadHash ?? (isSigned ? inHeader : undefined) ?? UNSIGNED_PAYLOAD;
  }
  if (inHeader === undefined)
    return {
      status: 400,
      code: 'InvalidRequest',
      message: 'Missing required header for this request: x-amz-content-sha256',
    };
  if (/^[0-9a-f]{64}$/.test(inHeader) || inHeader === UNSIGNED_PAYLOAD || STREAMING.includes(inHeader)) return inHeader;
  return argumentError(
    `x-amz-content-sha256 must be ${UNSIGNED_PAYLOAD}, ${STREAMING.join(', ')} or a valid sha256 value.`,
    'x-amz-content-sha256',
    inHeader,
  );
}
