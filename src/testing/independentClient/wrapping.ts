/** Every way in which an S3 Encryption Client has ever wrapped a data key (facts, section 15.4). */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { decryptGcm, encryptGcm } from './content.ts';
import { openMixedOaep, openPkcs1, sealMixedOaep } from './rsaPadding.ts';

export type Pairs = Readonly<Record<string, string>>;

/** AWS KMS as somebody else reaches it. */
export interface KmsCalls {
  readonly keyId: string;
  generateDataKey(context: Pairs): Promise<{ plaintext: Buffer; blob: Buffer }>;
  /** @throws Error when KMS refuses. */
  decrypt(blob: Buffer, context: Pairs): Promise<Buffer>;
}

/** What whoever seals or opens has at hand. */
export interface Keys {
  /** 32 bytes. */
  readonly aes?: Buffer;
  readonly rsa?: { readonly publicKey: KeyObject; readonly privateKey?: KeyObject };
  readonly kms?: KmsCalls;
}

/** Names as they stand in V2's metadata; `AES` and `RSA` are V1's, which wrote none. */
export const WRAP_NAMES = [
  'AES/GCM',
  'RSA-OAEP-SHA1',
  'kms+context',
  'kms',
  'AESWrap',
  'RSA/ECB/OAEPWithSHA-256AndMGF1Padding',
  'AES',
  'RSA',
] as const;
export type WrapName = (typeof WRAP_NAMES)[number];
/** The ones that wrap on this side, without KMS. */
export type RawWrap = Exclude<WrapName, 'kms+context' | 'kms'>;

export function isRaw(wrap: WrapName): wrap is RawWrap {
  return wrap !== 'kms+context' && wrap !== 'kms';
}

interface Wrapping {
  /** `algorithm`: the content algorithm as text; `iv`: only for known answers. */
  wrap(keys: Keys, dataKey: Buffer, algorithm: string, iv?: Buffer): Buffer;
  unwrap(keys: Keys, encryptedDataKey: Buffer, algorithm: string): Buffer;
}

function have<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('this key is not at hand');
  return part;
}
const oaep = (rsa: KeyObject) => ({ key: rsa, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' });
/** RFC 3394, 2.2.3.1. */
const KEY_WRAP_IV = Buffer.alloc(8, 0xa6);

/** One byte of length, the data key, the content algorithm (F-FMT-051). */
export function pseudoKeyOf(dataKey: Buffer, algorithm: string): Buffer {
  return Buffer.concat([Buffer.from([dataKey.length]), dataKey, Buffer.from(algorithm, 'utf8')]);
}

export const WRAPPINGS: Readonly<Record<RawWrap, Wrapping>> = {
  // F-FMT-050
  'AES/GCM': {
    wrap: (keys, dataKey, algorithm, iv = randomBytes(12)) =>
      Buffer.concat([iv, encryptGcm(have(keys.aes), iv, Buffer.from(algorithm), dataKey)]),
    unwrap(keys, sealed, algorithm) {
      if (sealed.length !== 60) throw new Error('not 60 bytes');
      return decryptGcm(have(keys.aes), sealed.subarray(0, 12), Buffer.from(algorithm), sealed.subarray(12));
    },
  },
  // F-FMT-051, F-FMT-059
  'RSA-OAEP-SHA1': {
    wrap: (keys, dataKey, algorithm) => publicEncrypt(oaep(have(keys.rsa).publicKey), pseudoKeyOf(dataKey, algorithm)),
    unwrap(keys, sealed, algorithm) {
      const inner = privateDecrypt(oaep(have(keys.rsa?.privateKey)), sealed);
      const dataKey = inner.subarray(1, 33);
      if (!inner.equals(pseudoKeyOf(dataKey, algorithm))) throw new Error('another pseudo-key');
      return dataKey;
    },
  },
  // F-FMT-054
  AESWrap: {
    wrap(keys, dataKey) {
      const cipher = createCipheriv('id-aes256-wrap', have(keys.aes), KEY_WRAP_IV);
      return Buffer.concat([cipher.update(dataKey), cipher.final()]);
    },
    unwrap(keys, sealed) {
      const decipher = createDecipheriv('id-aes256-wrap', have(keys.aes), KEY_WRAP_IV);
      return Buffer.concat([decipher.update(sealed), decipher.final()]);
    },
  },
  // F-FMT-055
  'RSA/ECB/OAEPWithSHA-256AndMGF1Padding': {
    wrap: (keys, dataKey) => sealMixedOaep(have(keys.rsa).publicKey, dataKey),
    unwrap: (keys, sealed) => openMixedOaep(have(keys.rsa?.privateKey), sealed),
  },
  // F-FMT-056
  AES: {
    wrap(keys, dataKey) {
      const cipher = createCipheriv('aes-256-ecb', have(keys.aes), null);
      return Buffer.concat([cipher.update(dataKey), cipher.final()]);
    },
    unwrap(keys, sealed) {
      const decipher = createDecipheriv('aes-256-ecb', have(keys.aes), null);
      return Buffer.concat([decipher.update(sealed), decipher.final()]);
    },
  },
  // F-FMT-057
  RSA: {
    wrap: (keys, dataKey) =>
      publicEncrypt({ key: have(keys.rsa).publicKey, padding: constants.RSA_PKCS1_PADDING }, dataKey),
    unwrap: (keys, sealed) => openPkcs1(have(keys.rsa?.privateKey), sealed),
  },
};
