import { type Bytes, concat, uint16, utf8, zeroize } from '../bytes/bytes.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../crypto/aesGcm.ts';
import { ALGORITHMS } from '../crypto/algorithms.ts';
import { hkdf } from '../crypto/hkdf.ts';
import { inWindow } from '../crypto/inWindow.ts';
import { EngineError } from '../errors.ts';

const { contentBytes, headerBytes } = ALGORITHMS.tlsRecord;
const { ivBytes, keyBytes, tagBytes } = ALGORITHMS.aesGcm;
/** Type `application data` and the version that TLS 1.3 keeps for old middleboxes (RFC 8446, 5.2). */
const HEADER_START = new Uint8Array([0x17, 0x03, 0x03]);
/** The true type, which stands inside the encryption, behind the content. */
const APPLICATION_DATA = 0x17;
const TYPE_BYTES = 1;
/** Records under way at once. */
const WINDOW = 16;

/** Bytes of a record beside its content. */
export const RECORD_OVERHEAD_BYTES = headerBytes + TYPE_BYTES + tagBytes;

/** What protects one direction of a connection. */
export interface TrafficKey {
  readonly cryptoKey: CryptoKey;
  /** 12 bytes; with a record's number it gives the record's nonce. */
  readonly iv: Bytes;
}

/** The traffic key of one direction, from the session secret of 32 bytes (F-SIM-100). */
export async function deriveTrafficKey(sessionSecret: Bytes, direction: 'request' | 'response'): Promise<TrafficKey> {
  const info = utf8(`envelope line ${direction}`);
  const salt = new Uint8Array(0);
  const material = await hkdf('SHA-256', { inputKey: sessionSecret, salt, info, byteLength: keyBytes + ivBytes });
  const cryptoKey = await importAesGcmKey(material.subarray(0, keyBytes));
  const iv = material.slice(keyBytes);
  zeroize(material);
  return { cryptoKey, iv };
}

/**
 * A record: header (5) ‖ encrypted content and type ‖ tag (16), shaped as in TLS 1.3 (RFC 8446, 5.2).
 * @param sequence number of the record in its direction, from 0
 * @param content at most 16,384 bytes
 */
export async function sealRecord(traffic: TrafficKey, sequence: number, content: Uint8Array): Promise<Bytes> {
  const inner = new Uint8Array(content.length + TYPE_BYTES);
  inner.set(content);
  inner[content.length] = APPLICATION_DATA;
  const header = concat(HEADER_START, uint16(inner.length + tagBytes));
  const { cryptoKey } = traffic;
  const sealed = await sealAesGcm({ cryptoKey, iv: nonceOf(traffic, sequence), aad: header, plaintext: inner });
  zeroize(inner);
  return concat(header, sealed);
}

/**
 * The content of one whole record.
 * @throws EngineError `decryption-failed`
 */
export async function openRecord(traffic: TrafficKey, sequence: number, record: Bytes): Promise<Bytes> {
  const header = record.subarray(0, headerBytes);
  const sealed = record.subarray(headerBytes);
  if (lengthIn(header) !== sealed.length) throw malformed();
  const inner = await openAesGcm({ cryptoKey: traffic.cryptoKey, iv: nonceOf(traffic, sequence), aad: header, sealed });
  if (inner.at(-1) !== APPLICATION_DATA) throw malformed();
  return inner.subarray(0, -TYPE_BYTES);
}

/** The records of a content, one after another, numbered from 0. */
export async function sealRecords(traffic: TrafficKey, content: Uint8Array): Promise<Bytes> {
  const count = Math.max(1, Math.ceil(content.length / contentBytes));
  const records = new Uint8Array(content.length + count * RECORD_OVERHEAD_BYTES);
  await inWindow(count, WINDOW, async index => {
    const piece = content.subarray(index * contentBytes, (index + 1) * contentBytes);
    records.set(await sealRecord(traffic, index, piece), index * (contentBytes + RECORD_OVERHEAD_BYTES));
  });
  return records;
}

/**
 * The content of records that stand one after another, numbered from 0.
 * That whole records were cut off at the end shows only in the message inside: HTTP says its length.
 * @throws EngineError `decryption-failed`
 */
export async function openRecords(traffic: TrafficKey, records: Bytes): Promise<Bytes> {
  const found: { readonly record: Bytes; readonly at: number }[] = [];
  let contentLength = 0;
  for (let start = 0; start < records.length; ) {
    const length = lengthIn(records.subarray(start, start + headerBytes));
    const end = start + headerBytes + (length ?? 0);
    if (length === undefined || end > records.length) throw malformed();
    found.push({ record: records.subarray(start, end), at: contentLength });
    contentLength += length - TYPE_BYTES - tagBytes;
    start = end;
  }
  const content = new Uint8Array(contentLength);
  await inWindow(found.length, WINDOW, async index => {
    const { record, at } = found[index] ?? {};
    if (record && at !== undefined) content.set(await openRecord(traffic, index, record), at);
  });
  return content;
}

/** What the header of a record announces, or `undefined` when it is none. */
function lengthIn(header: Uint8Array): number | undefined {
  const [type, major, minor, high, low] = header;
  if (high === undefined || low === undefined) return undefined;
  if (type !== HEADER_START[0] || major !== HEADER_START[1] || minor !== HEADER_START[2]) return undefined;
  const length = high * 256 + low;
  const isPossible = length >= TYPE_BYTES + tagBytes && length <= contentBytes + TYPE_BYTES + tagBytes;
  return isPossible ? length : undefined;
}

/** IV xor number of the record (RFC 8446, 5.3): never twice under one key. */
function nonceOf(traffic: TrafficKey, sequence: number): Bytes {
  const nonce = traffic.iv.slice();
  const view = new DataView(nonce.buffer);
  view.setBigUint64(ivBytes - 8, view.getBigUint64(ivBytes - 8) ^ BigInt(sequence));
  return nonce;
}

function malformed(): EngineError {
  return new EngineError('decryption-failed', 'these bytes are no record of this connection');
}
