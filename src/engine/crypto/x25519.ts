import { type Bytes, concat, zeroize } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/text.ts';
import { EngineError, invariant } from '../errors.ts';
import { ALGORITHMS } from './algorithms.ts';
import { subtle } from './subtle.ts';

const { keyBytes, name } = ALGORITHMS.x25519;
/** What precedes the 32 secret bytes in PKCS#8 (RFC 8410, 7). */
const PKCS8_PREFIX = fromHex('302e020100300506032b656e04220420');
/** The u-coordinate 9, from which every public key is made (RFC 7748, 4.1). */
const BASE_POINT = new Uint8Array(keyBytes).fill(9, 0, 1);

export interface AgreementPair {
  /** Nobody can read its bytes. */
  readonly privateKey: CryptoKey;
  /** 32 bytes, for the other side. */
  readonly publicKey: Bytes;
}

/**
 * The key pair of 32 secret bytes, so that the same bytes give the same pair (RFC 7748). The caller owns `secret`
 * and overwrites it.
 * @throws EngineError `unsupported` where WebCrypto has no X25519
 */
export async function keyPairFrom(secret: Bytes): Promise<AgreementPair> {
  invariant(secret.length === keyBytes, 'an X25519 secret has 32 bytes');
  const pkcs8 = concat(PKCS8_PREFIX, secret);
  try {
    const privateKey = await subtle().importKey('pkcs8', pkcs8, name, false, ['deriveBits']);
    return { privateKey, publicKey: await multiply(privateKey, BASE_POINT) };
  } catch {
    throw new EngineError('unsupported', 'this platform does not know X25519');
  } finally {
    zeroize(pkcs8);
  }
}

/**
 * The 32 bytes that both sides arrive at, each from its own private key and the other's public one.
 * @throws EngineError `decryption-failed` for a public key that gives the same secret to everybody (RFC 7748, 6.1).
 */
export async function agree(privateKey: CryptoKey, theirPublic: Bytes): Promise<Bytes> {
  const refused = () => new EngineError('decryption-failed', 'the other side sent no usable key share');
  if (theirPublic.length !== keyBytes) throw refused();
  const shared = await multiply(privateKey, theirPublic).catch(() => undefined);
  if (shared === undefined || shared.every(byte => byte === 0)) throw refused();
  return shared;
}

async function multiply(privateKey: CryptoKey, point: Bytes): Promise<Bytes> {
  const theirs = await subtle().importKey('raw', point, name, true, []);
  return new Uint8Array(await subtle().deriveBits({ name, public: theirs }, privateKey, 8 * keyBytes));
}
