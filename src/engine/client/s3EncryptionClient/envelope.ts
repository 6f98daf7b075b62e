/** What a client keeps with an encrypted object, and how each format writes it down (facts, sections 15.3 and 15.7). */
import type { Bytes } from '../../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../../bytes/text.ts';
import {
  CBC,
  COMMITMENT_BYTES,
  COMMITTING_GCM,
  type ContentSuite,
  type FormatVersion,
  findWrapByCode,
  findWrapByName,
  GCM,
  MESSAGE_ID_BYTES,
  SUITES_BY_NAME,
  WRAPS,
  type Wrap,
} from './suites.ts';

/** Names and values that a customer gives to their wrapping keys; for KMS, the encryption context. Never secret, never bound (F-CSR-022). */
export type MaterialDescription = Readonly<Record<string, string>>;

/** Entries as they stand in metadata (without `x-amz-meta-`) or in an instruction file. */
export type Entries = Readonly<Record<string, string>>;

interface EnvelopeBase {
  readonly wrap: Wrap;
  readonly suite: ContentSuite;
  readonly encryptedDataKey: Bytes;
  /** The material description, or with KMS the encryption context as it was sent (F-FMT-024, F-FMT-035, F-FMT-036). */
  readonly description: MaterialDescription;
}
/** An envelope without commitment. */
export interface PlainEnvelope extends EnvelopeBase {
  readonly format: 'v1' | 'v2';
  /** 12 bytes for GCM, 16 for CBC. */
  readonly iv: Bytes;
}
/** An envelope with commitment (F-FMT-074). */
export interface CommittedEnvelope extends EnvelopeBase {
  readonly format: 'v3';
  /** 28 bytes. */
  readonly messageId: Bytes;
  /** 28 bytes. */
  readonly commitment: Bytes;
}
export type Envelope = PlainEnvelope | CommittedEnvelope;

/** The part of a V3 envelope that must stay on the object: what it names cannot be swapped with the file (F-FMT-088). */
const V3_ON_OBJECT = ['x-amz-c', 'x-amz-d', 'x-amz-i'] as const;
const V3_IN_FILE = ['x-amz-3', 'x-amz-w', 'x-amz-m', 'x-amz-t'] as const;
const V2_KEYS = [
  'x-amz-key-v2',
  'x-amz-iv',
  'x-amz-matdesc',
  'x-amz-wrap-alg',
  'x-amz-cek-alg',
  'x-amz-tag-len',
  'x-amz-unencrypted-content-length',
] as const;
const V1_KEYS = ['x-amz-key', 'x-amz-iv', 'x-amz-matdesc', 'x-amz-unencrypted-content-length'] as const;
/** Exactly one of them tells the format (F-FMT-040). */
const EXCLUSIVE = ['x-amz-key', 'x-amz-key-v2', 'x-amz-3'] as const;
/** The text `x-amz-tag-len` must be: bits (F-FMT-027, F-ERR-105). */
const TAG_BITS = '128';

/** The envelope as entries, all in one place; `splitEntries` parts them for an instruction file. */
export function encodeEnvelope(envelope: Envelope): Entries {
  const { description, encryptedDataKey, suite, wrap } = envelope;
  const text = asciiJson(description);
  if (envelope.format !== 'v3') {
    return {
      'x-amz-key-v2': toBase64(encryptedDataKey),
      'x-amz-iv': toBase64(envelope.iv),
      'x-amz-matdesc': text,
      'x-amz-wrap-alg': wrap.name,
      'x-amz-cek-alg': suite.name,
      ...(suite === GCM ? { 'x-amz-tag-len': TAG_BITS } : {}),
    };
  }
  const isEmpty = Object.keys(description).length === 0;
  return {
    'x-amz-c': suite.name,
    'x-amz-3': toBase64(encryptedDataKey),
    'x-amz-w': wrap.code ?? '',
    'x-amz-d': toBase64(envelope.commitment),
    'x-amz-i': toBase64(envelope.messageId),
    ...(wrap.keyring === 'kms' ? { 'x-amz-t': text } : {}),
    // A raw key without a description leaves no entry (F-FMT-036).
    ...(wrap.keyring !== 'kms' && !isEmpty ? { 'x-amz-m': text } : {}),
  };
}

/** What lies on the object and what in the instruction file beside it (F-FMT-087, F-FMT-088). */
export function splitEntries(format: FormatVersion, entries: Entries): { onObject: Entries; inFile: Entries } {
  if (format !== 'v3') return { onObject: {}, inFile: entries };
  return { onObject: pick(entries, V3_ON_OBJECT), inFile: pick(entries, V3_IN_FILE) };
}

/** Which envelope metadata speaks of (F-FMT-040). */
export type Recognised =
  | { readonly is: 'whole'; readonly format: FormatVersion }
  /** V3, and the rest of it is in an instruction file. */
  | { readonly is: 'split' }
  /** Nothing: perhaps all of it is in an instruction file. */
  | { readonly is: 'none' }
  | { readonly is: 'tampered' };

/** Recognises a format by the names of its entries (F-FMT-040, F-ERR-102). */
export function recognise(entries: Entries): Recognised {
  const has = (name: string) => Object.hasOwn(entries, name);
  const exclusive = EXCLUSIVE.filter(has);
  if (exclusive.length > 1) return { is: 'tampered' };
  const committed = V3_ON_OBJECT.filter(has).length;
  const [found] = exclusive;
  if (found === 'x-amz-3') {
    const isMixed = [...V2_KEYS, ...V1_KEYS].some(has);
    return committed === 3 && has('x-amz-w') && !isMixed ? { is: 'whole', format: 'v3' } : { is: 'tampered' };
  }
  if (found !== undefined) {
    const isMixed = [...V3_ON_OBJECT, ...V3_IN_FILE].some(has);
    const isNamed = found === 'x-amz-key' || (has('x-amz-wrap-alg') && has('x-amz-cek-alg'));
    if (isMixed || !has('x-amz-iv') || !isNamed) return { is: 'tampered' };
    return { is: 'whole', format: found === 'x-amz-key' ? 'v1' : 'v2' };
  }
  if (committed === 3) return V3_IN_FILE.some(has) ? { is: 'tampered' } : { is: 'split' };
  return committed === 0 ? { is: 'none' } : { is: 'tampered' };
}

/** Reads an envelope of a recognised format; `undefined` when an entry is not what it must be (F-ERR-102, F-ERR-105). */
export function parseEnvelope(format: FormatVersion, entries: Entries): Envelope | undefined {
  const base64 = (name: string) => parseBase64(own(entries, name) ?? '');
  const { v1, v2, v3 } = { v1: 'x-amz-key', v2: 'x-amz-key-v2', v3: 'x-amz-3' };
  const encryptedDataKey = base64({ v1, v2, v3 }[format]);
  if (!encryptedDataKey?.length) return undefined;
  if (format === 'v3') return parseCommitted(entries, encryptedDataKey);
  const description = parseDescription(own(entries, 'x-amz-matdesc'));
  const isV1 = format === 'v1';
  // V1 names no wrap: more than 48 bytes can only come from RSA (F-FMT-058). A KMS key in its description tells the third (F-FMT-053).
  const wrap = isV1 ? wrapOfV1(encryptedDataKey, description) : findWrapByName(own(entries, 'x-amz-wrap-alg'));
  const suite = isV1 ? CBC : SUITES_BY_NAME.get(own(entries, 'x-amz-cek-alg') ?? '');
  const iv = base64('x-amz-iv');
  if (!wrap || !suite || !description || iv?.length !== suite.ivBytes || isZero(iv)) return undefined;
  const tagBits = own(entries, 'x-amz-tag-len');
  if (suite === GCM && tagBits !== undefined && tagBits !== TAG_BITS) return undefined;
  return { format, wrap, suite, encryptedDataKey, description, iv };
}

function parseCommitted(entries: Entries, encryptedDataKey: Bytes): Envelope | undefined {
  const binding = parseBinding(entries);
  const wrap = findWrapByCode(own(entries, 'x-amz-w'));
  const [used, other] = wrap?.keyring === 'kms' ? (['x-amz-t', 'x-amz-m'] as const) : (['x-amz-m', 'x-amz-t'] as const);
  const description = parseDescription(own(entries, used));
  if (!binding || !wrap || !description || own(entries, other) !== undefined) return undefined;
  return { format: 'v3', wrap, suite: COMMITTING_GCM, encryptedDataKey, description, ...binding };
}

/** What V3 keeps on the object whatever lies elsewhere: suite, message id, commitment (F-FMT-080, F-FMT-081, F-FMT-088). */
export function parseBinding(entries: Entries): Pick<CommittedEnvelope, 'messageId' | 'commitment'> | undefined {
  const commitment = parseBase64(own(entries, 'x-amz-d') ?? '');
  const messageId = parseBase64(own(entries, 'x-amz-i') ?? '');
  if (own(entries, 'x-amz-c') !== COMMITTING_GCM.name) return undefined;
  if (commitment?.length !== COMMITMENT_BYTES || messageId?.length !== MESSAGE_ID_BYTES) return undefined;
  return isZero(messageId) ? undefined : { messageId, commitment };
}

function wrapOfV1(encryptedDataKey: Bytes, description: MaterialDescription | undefined): Wrap {
  if (description && Object.hasOwn(description, 'kms_cmk_id')) return WRAPS.kms;
  return encryptedDataKey.length > 48 ? WRAPS.RSA : WRAPS.AES;
}

/**
 * JSON in ASCII alone, since S3 gives other characters in metadata back encoded, and not every client can undo that (F-FMT-039).
 * How the JSON is formatted is free (F-FMT-038).
 */
function asciiJson(description: MaterialDescription): string {
  return JSON.stringify(description).replaceAll(
    /[\u007f-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A map of texts from JSON; empty when there is none. Formatting is free (F-FMT-038). */
function parseDescription(text: string | undefined): MaterialDescription | undefined {
  return text === undefined ? {} : parseTexts(text);
}

/**
 * A JSON object whose values are all texts, as a record without prototype; anything else is `undefined`.
 * @param numbers names whose value may be a whole number instead
 */
export function parseTexts(text: string, numbers: readonly string[] = []): Record<string, string> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    const entries = Object.entries(parsed).map(([name, value]: [string, unknown]): [string, unknown] =>
      numbers.includes(name) && Number.isSafeInteger(value) ? [name, String(value)] : [name, value],
    );
    if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return undefined;
    return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(entries));
  } catch {
    return undefined;
  }
}

/** The same names with the same values, in whatever order. */
export function isSameDescription(left: MaterialDescription, right: MaterialDescription): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every(name => own(left, name) === own(right, name));
}

/** The entries of an instruction file that a format knows; any other name is no such file (F-FMT-090). */
export function knownInFile(format: FormatVersion): readonly string[] {
  return { v1: V1_KEYS, v2: V2_KEYS, v3: V3_IN_FILE }[format];
}

function own(entries: Entries, name: string): string | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function pick(entries: Entries, names: readonly string[]): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => names.includes(name)));
}

function isZero(bytes: Bytes): boolean {
  return bytes.every(byte => byte === 0);
}
