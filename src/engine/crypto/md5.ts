import { md5 as hash } from '@noble/hashes/legacy.js';
import { type Bytes, copyOf } from '../bytes/bytes.ts';
import { CHECKPOINT_BYTES, type Pace } from './pace.ts';

/**
 * MD5, 16 bytes (RFC 1321). Broken as a hash; here only because S3 speaks it: ETags and the MD5 of a customer's key.
 * WebCrypto has none.
 */
export function md5(bytes: Uint8Array): Bytes {
  return copyOf(hash(bytes));
}

/** MD5 of a large body, with checkpoints on the way: it runs on the calling thread. @throws EngineError `cancelled` */
export async function md5AtPace(bytes: Uint8Array, pace: Pace | undefined): Promise<Bytes> {
  const state = hash.create();
  for (let done = 0; done < bytes.length; done += CHECKPOINT_BYTES) {
    await pace?.checkpoint('hash', done, bytes.length);
    state.update(bytes.subarray(done, done + CHECKPOINT_BYTES));
  }
  return copyOf(state.digest());
}
