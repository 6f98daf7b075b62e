import { type Bytes, equalBytes, utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { hmacWith, importHmacKey } from '../crypto/hmac.ts';
import { inWindow } from '../crypto/inWindow.ts';
import { sha256 } from '../crypto/sha2.ts';
import type { Payload } from '../http/payload.ts';
import { ALGORITHM, signingKey } from './canonical.ts';
import type { CheckedSignature } from './checkSignature.ts';

/** SHA-256 of nothing: no header of a chunk is signed. */
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Chunks that are hashed at a time. */
const WIDTH = 8;

/**
 * Whether every chunk, and the trailer, carries the signature that follows from the one before it (S3 API reference, "Signature
 * calculations for chunked uploads"). True for a payload whose framing is not signed: the request's own signature covers it.
 *
 * Each signature is computed from the one that was *sent* before it, so chunks need not wait for each other; the chain holds when all
 * of them do.
 *
 * @param check of the request: its signature is the first of the chain
 */
export async function verifyChunks(
  payload: Payload,
  check: CheckedSignature,
  secretAccessKey: string,
): Promise<boolean> {
  if (!payload.isSigned) return true;
  const [day = '', ...rest] = check.credentialScope.split('/');
  const [region = ''] = rest;
  const handle = await importHmacKey(await signingKey(secretAccessKey, day, { region, service: 's3' }));
  const holds = async (kind: string, before: string, hashes: readonly string[], sent: string | undefined) => {
    const text = [`${ALGORITHM}-${kind}`, check.date, check.credentialScope, before, ...hashes].join('\n');
    const computed = toHex(await hmacWith(handle, utf8(text)));
    return sent !== undefined && equalBytes(utf8(sent), utf8(computed));
  };
  const hashOf = async (bytes: Bytes) => toHex(await sha256(bytes));

  let isValid = true;
  await inWindow(payload.chunks.length, WIDTH, async index => {
    const chunk = payload.chunks[index];
    if (!chunk || !isValid) return;
    const before = payload.chunks[index - 1]?.signature ?? check.sent;
    const hash = await hashOf(payload.bytes.subarray(chunk.start, chunk.start + chunk.length));
    if (!(await holds('PAYLOAD', before, [EMPTY_HASH, hash], chunk.signature))) isValid = false;
  });
  if (!isValid || !payload.hasTrailer) return isValid;
  const trailer = payload.trailers.map(([name, value]) => `${name}:${value}\n`).join('');
  const last = payload.chunks.at(-1)?.signature ?? check.sent;
  return holds('TRAILER', last, [await hashOf(utf8(trailer))], payload.trailerSignature);
}
