/** An encryption context as bytes: how the AWS Encryption SDK authenticates it (its specification: structures.md, serialization). */

import { type Bytes, concat, textOf, uint16, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/text.ts';
import { EngineError, invariant } from '../../errors.ts';
import { EndOfBytes, lengthOf, PartReader } from './parts.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

/** Names with this beginning are the SDK's own. */
const RESERVED_PREFIX = 'aws-crypto-';
const MAX_PAIRS = 0xffff;

/**
 * Number of pairs, then each name and value with their lengths, by the names' UTF-8 bytes; no bytes for no pairs.
 * @throws EngineError `invariant` for a reserved name or two names of the same bytes, `too-large` for what no header holds.
 */
export function encodeContext(context: EncryptionContext): Bytes {
  const pairs = Object.entries(context).map(([name, value]) => ({ name: utf8(name), value: utf8(value) }));
  if (pairs.length === 0) return new Uint8Array(0);
  // Two hexadecimal texts compare as the bytes they stand for.
  const sorted = pairs.map(pair => ({ ...pair, order: toHex(pair.name) })).sort(byOrder);
  for (const [i, { name, order }] of sorted.entries()) {
    invariant(!textOf(name).startsWith(RESERVED_PREFIX), 'an encryption context leaves reserved names to the SDK');
    invariant(order !== sorted[i + 1]?.order, 'an encryption context has each name once');
  }
  if (sorted.length > MAX_PAIRS) throw new EngineError('too-large', 'an encryption context has too many pairs');
  return concat(
    uint16(sorted.length),
    ...sorted.flatMap(({ name, value }) => [lengthOf(name), name, lengthOf(value), value]),
  );
}

/** The context of such bytes, or `undefined` when they are none. */
export function parseContext(bytes: Uint8Array): EncryptionContext | undefined {
  if (bytes.length === 0) return {};
  const reader = new PartReader(bytes);
  try {
    const count = reader.number(2);
    const pairs = new Map<string, string>();
    for (let i = 0; i < count; i++) pairs.set(textOf(reader.counted()), textOf(reader.counted()));
    const isWhole = reader.isAtEnd && count > 0 && pairs.size === count;
    return isWhole ? Object.fromEntries(pairs) : undefined;
  } catch (error) {
    if (error instanceof EndOfBytes) return undefined;
    throw error;
  }
}

function byOrder(left: { readonly order: string }, right: { readonly order: string }): number {
  if (left.order === right.order) return 0;
  return left.order < right.order ? -1 : 1;
}
