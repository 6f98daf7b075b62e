import type { Bytes } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS } from '../../crypto/checksums.ts';
import type { Header } from '../../http/message.ts';
import type { ByteRange } from '../sse/readObject.ts';
import { hasPartChecksums, type StoredChecksum, type StoredObject } from '../storedObject.ts';

/** A stored checksum that says something about what an answer carries. */
export interface ToldChecksum extends StoredChecksum {
  /** `-2` and the like: it was made from so many parts' checksums. */
  readonly suffix: string;
}

/**
 * The checksum of what an answer carries: the object's, or, when exactly one part of it was asked for, by number or by range,
 * that part's. Any other range has none (S3 user guide, "Checking object integrity").
 * @param range nothing for the whole object
 */
export function findToldChecksum(stored: StoredObject, range: ByteRange | undefined): ToldChecksum | undefined {
  const { checksum, parts, contentLength } = stored;
  if (!checksum) return undefined;
  let start = 0;
  for (const part of range && hasPartChecksums(stored) ? parts : []) {
    const end = start + part.contentLength;
    if (part.checksum !== undefined && start === range?.start && end === range.end) {
      return { ...checksum, artifact: part.checksum, suffix: '' };
    }
    start = end;
  }
  const isWhole = !range || (range.start === 0 && range.end === contentLength);
  return isWhole ? { ...checksum, suffix: checksum.type === 'COMPOSITE' ? `-${parts.length}` : '' } : undefined;
}

/** @param opened the checksum's bytes */
export function toldChecksumHeaders(told: ToldChecksum | undefined, opened: Bytes | undefined): Header[] {
  if (!told || !opened) return [];
  return [
    [CHECKSUM_ALGORITHMS[told.algorithm].header, toBase64(opened) + told.suffix],
    ['x-amz-checksum-type', told.type],
  ];
}
