/** Reads what an S3 Encryption Client wrote, in any format (facts, sections 9.2 and 15.3 to 15.7). Throws at the first thing that is not right. */
import { timingSafeEqual } from 'node:crypto';
import { decryptCbc, decryptGcm, decryptV3, deriveV3 } from './content.ts';
import type { SealedObject } from './seal.ts';
import { isRaw, type Keys, type Pairs, WRAP_NAMES, WRAPPINGS, type WrapName } from './wrapping.ts';

export interface OpenOptions extends SealedObject {
  readonly keys: Keys;
  /** The pairs whoever reads expects beside the client's own; absent: none. */
  readonly context?: Pairs;
}

/** Every key of an envelope by format (F-FMT-021…036). */
const KNOWN = {
  v1: ['x-amz-key', 'x-amz-iv', 'x-amz-matdesc', 'x-amz-unencrypted-content-length'],
  v2: [
    'x-amz-key-v2',
    'x-amz-iv',
    'x-amz-matdesc',
    'x-amz-wrap-alg',
    'x-amz-cek-alg',
    'x-amz-tag-len',
    'x-amz-unencrypted-content-length',
  ],
  v3: ['x-amz-c', 'x-amz-3', 'x-amz-w', 'x-amz-d', 'x-amz-i', 'x-amz-t', 'x-amz-m'],
} as const;
const V3_WRAPS: Readonly<Record<string, WrapName>> = { '02': 'AES/GCM', '12': 'kms+context', '22': 'RSA-OAEP-SHA1' };
/** Pairs that the client itself puts into a context (F-CSK-011). */
const RESERVED = ['kms_cmk_id', 'aws:x-amz-cek-alg'];

function must(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

function bytesOf(envelope: Pairs, name: string): Buffer {
  const text = envelope[name] ?? '';
  const bytes = Buffer.from(text, 'base64');
  must(bytes.length > 0 && bytes.toString('base64') === text, `${name} is no Base64`);
  return bytes;
}

function pairsOf(text: string): Pairs {
  const value: unknown = JSON.parse(text);
  must(typeof value === 'object' && value !== null && !Array.isArray(value), 'no JSON object');
  must(
    Object.values(value).every(part => typeof part === 'string'),
    'a value that is no text',
  );
  return Object.fromEntries(Object.entries(value));
}

/** All of the envelope, wherever it is kept (F-FMT-040, F-FMT-085…088). */
function envelopeOf({ metadata, instructionFile }: SealedObject): { format: keyof typeof KNOWN; envelope: Pairs } {
  const exclusive = ['x-amz-key', 'x-amz-key-v2', 'x-amz-3'];
  const isWhole = exclusive.some(name => name in metadata);
  let envelope = metadata;
  if (!isWhole) {
    must(instructionFile, 'no envelope');
    must(instructionFile.metadata['x-amz-crypto-instr-file'] === '', 'no instruction file');
    const told = pairsOf(instructionFile.body);
    // F-ERR-103
    must(!['x-amz-c', 'x-amz-d', 'x-amz-i'].some(name => name in told), 'a commitment from elsewhere');
    envelope = { ...metadata, ...told };
  }
  const found = exclusive.filter(name => name in envelope);
  must(found.length === 1, 'not one encrypted data key');
  const format = found[0] === 'x-amz-3' ? 'v3' : found[0] === 'x-amz-key-v2' ? 'v2' : 'v1';
  const known: readonly string[] = KNOWN[format];
  const foreign = Object.keys(envelope).filter(name => name.startsWith('x-amz-') && !known.includes(name));
  must(foreign.length === 0, 'keys of another format');
  return { format, envelope };
}

/** The plaintext. @throws Error on any mismatch. */
export async function open(options: OpenOptions): Promise<Buffer> {
  const { format, envelope } = envelopeOf(options);
  return format === 'v3' ? openV3(options, envelope) : openOlder(options, format, envelope);
}

async function openV3(options: OpenOptions, envelope: Pairs): Promise<Buffer> {
  must(envelope['x-amz-c'] === '115', 'another suite');
  const wrap = V3_WRAPS[envelope['x-amz-w'] ?? ''];
  must(wrap, 'an unknown wrap code');
  const described = wrap === 'kms+context' ? envelope['x-amz-t'] : envelope['x-amz-m'];
  const dataKey = await unwrapped(options, wrap, bytesOf(envelope, 'x-amz-3'), '115', pairsOf(described ?? '{}'));
  const messageId = bytesOf(envelope, 'x-amz-i');
  const stored = bytesOf(envelope, 'x-amz-d');
  must(messageId.length === 28 && stored.length === 28, 'wrong length of message id or commitment');
  must(!messageId.equals(Buffer.alloc(28)), 'a message id of zeros');
  const { commitment, derivedKey } = deriveV3(dataKey, messageId);
  must(timingSafeEqual(commitment, stored), 'another commitment');
  return decryptV3(derivedKey, options.body);
}

async function openOlder(options: OpenOptions, format: 'v1' | 'v2', envelope: Pairs): Promise<Buffer> {
  const encryptedDataKey = bytesOf(envelope, format === 'v1' ? 'x-amz-key' : 'x-amz-key-v2');
  const algorithm = format === 'v1' ? 'AES/CBC/PKCS5Padding' : (envelope['x-amz-cek-alg'] ?? '');
  // F-FMT-058
  const ofLength = encryptedDataKey.length > 48 ? 'RSA' : 'AES';
  const wrap = format === 'v1' ? ofLength : WRAP_NAMES.find(name => name === envelope['x-amz-wrap-alg']);
  must(wrap, 'an unknown wrap');
  const described = pairsOf(envelope['x-amz-matdesc'] ?? '{}');
  const dataKey = await unwrapped(options, wrap, encryptedDataKey, algorithm, described);
  must(dataKey.length === 32, 'wrong length of the data key');
  const iv = bytesOf(envelope, 'x-amz-iv');
  if (algorithm === 'AES/CBC/PKCS5Padding') return decryptCbc(dataKey, iv, options.body);
  must(algorithm === 'AES/GCM/NoPadding', 'an unknown content algorithm');
  must(envelope['x-amz-tag-len'] === '128' && iv.length === 12, 'another tag or IV length');
  return decryptGcm(dataKey, iv, undefined, options.body);
}

async function unwrapped(
  { keys, context = {} }: OpenOptions,
  wrap: WrapName,
  encryptedDataKey: Buffer,
  algorithm: string,
  described: Pairs,
): Promise<Buffer> {
  if (isRaw(wrap)) return WRAPPINGS[wrap].unwrap(keys, encryptedDataKey, algorithm);
  must(keys.kms, 'no KMS at hand');
  if (wrap === 'kms+context') {
    must(described['aws:x-amz-cek-alg'] === algorithm, 'wrapped for another content algorithm');
    const own = Object.entries(described).filter(([name]) => !RESERVED.includes(name));
    const isExpected =
      own.length === Object.keys(context).length && own.every(([name, value]) => context[name] === value);
    must(isExpected, 'another context');
  }
  return keys.kms.decrypt(encryptedDataKey, described);
}
