import { type Bytes, concat, uint16, utf8 } from '../bytes/bytes.ts';
import type { EncryptionContext } from './api.ts';

/** The most UTF-8 bytes a name or value may have: its length prefix has 16 bits. */
export const MAX_CONTEXT_BYTES = 0xffff;

/**
 * An encryption context as additional authenticated data: pairs sorted by name (by code unit), each name and each value
 * behind its length in 16 bits, so that no two contexts give the same bytes (F-SIM-009).
 */
export function encodeEncryptionContext(context: EncryptionContext): Bytes {
  const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return concat(
    ...pairs.flat().flatMap(text => {
      const bytes = utf8(text);
      return [uint16(bytes.length), bytes];
    }),
  );
}
