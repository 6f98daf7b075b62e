import { concat } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';

/**
 * The ETag of an object made of parts: MD5 over the parts' ETags as bytes, and how many they are (F-ETG-005).
 * @param etags 32 hex characters each
 */
export function multipartEtag(etags: readonly string[]): string {
  return `${toHex(md5(concat(...etags.map(fromHex))))}-${etags.length}`;
}
