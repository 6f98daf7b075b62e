import { concat, equalBytes, textOf, utf8 } from '../../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

const CHECK_BYTES = 8;

/** What a list that was cut is continued with: opaque to the client, and good for this list only. */
export function formatToken(listName: string, last: string): string {
  const name = utf8(last);
  return toBase64(concat(checkOf(listName, name), name));
}

/** Where the list was cut. @throws Refusal for a token that was not given out for this list */
export function parseToken(listName: string, token: string): string {
  const bytes = parseBase64(token);
  if (!bytes || bytes.length < CHECK_BYTES) throw BUCKET_REFUSALS.continuationToken();
  const name = bytes.subarray(CHECK_BYTES);
  if (!equalBytes(bytes.subarray(0, CHECK_BYTES), checkOf(listName, name))) throw BUCKET_REFUSALS.continuationToken();
  return textOf(name);
}

function checkOf(listName: string, name: Uint8Array): Uint8Array {
  return md5(concat(utf8(`${listName}/`), name)).subarray(0, CHECK_BYTES);
}
