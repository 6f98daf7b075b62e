import { type Bytes, equalBytes, zeroize } from '../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../bytes/text.ts';
import { md5 } from '../crypto/md5.ts';
import { findHeader, type HttpRequest } from '../http/message.ts';
import { REFUSALS } from './refusal.ts';

const PREFIX = 'x-amz-server-side-encryption-customer';
const SOURCE_PREFIX = 'x-amz-copy-source-server-side-encryption-customer';

/** The SSE-C headers as sent; nothing is checked yet. */
export interface CustomerKeyHeaders {
  readonly algorithm: string | undefined;
  readonly encodedKey: string | undefined;
  readonly encodedMd5: string | undefined;
}

/** The SSE-C headers (F-HDR-005…007), or `undefined` when there is none of them. */
export function findCustomerKeyHeaders(request: HttpRequest): CustomerKeyHeaders | undefined {
  return findHeadersOf(request, PREFIX);
}

/** The same for the source of a copy (F-HDR-008…010). */
export function findSourceKeyHeaders(request: HttpRequest): CustomerKeyHeaders | undefined {
  return findHeadersOf(request, SOURCE_PREFIX);
}

function findHeadersOf(request: HttpRequest, prefix: string): CustomerKeyHeaders | undefined {
  const algorithm = findHeader(request, `${prefix}-algorithm`);
  const encodedKey = findHeader(request, `${prefix}-key`);
  const encodedMd5 = findHeader(request, `${prefix}-key-md5`);
  // An empty header is one all the same.
  const isAsked = [algorithm, encodedKey, encodedMd5].some(value => value !== undefined);
  return isAsked ? { algorithm, encodedKey, encodedMd5 } : undefined;
}

/** A customer key that passed the transport check. */
export interface CustomerKey {
  /** 32 bytes on writes, any length on reads (F-ERR-011); the caller discards them. */
  readonly bytes: Bytes;
  /** Base64 of the 16-byte MD5 of the raw key (F-HDR-013). */
  readonly md5: string;
  readonly computedMd5: string;
}

/**
 * Checks in the order that fits AWS's recorded answers (F-ERR-018): algorithm, key, MD5, and on writes the length. On
 * reads a key of another length is simply not the right one.
 * @throws Refusal
 */
export function parseCustomerKey(headers: CustomerKeyHeaders, isWrite: boolean): CustomerKey {
  if (headers.algorithm === undefined) throw REFUSALS.sseCNoAlgorithm();
  if (headers.algorithm !== 'AES256') throw REFUSALS.sseCAlgorithm(headers.algorithm);
  if (headers.encodedKey === undefined) throw REFUSALS.sseCNoKey();
  if (headers.encodedMd5 === undefined) throw REFUSALS.sseCNoMd5();
  const bytes = parseBase64(headers.encodedKey);
  if (!bytes) throw REFUSALS.sseCMd5();
  const computed = md5(bytes);
  const sent = parseBase64(headers.encodedMd5);
  const problem = !sent || !equalBytes(sent, computed) ? REFUSALS.sseCMd5() : undefined;
  const refusal = problem ?? (isWrite && bytes.length !== 32 ? REFUSALS.sseCKeyLength() : undefined);
  if (refusal) {
    zeroize(bytes);
    throw refusal;
  }
  return { bytes, md5: headers.encodedMd5, computedMd5: toBase64(computed) };
}
