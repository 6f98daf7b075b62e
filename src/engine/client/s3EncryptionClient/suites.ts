/** The S3 Encryption Client's content suites, wraps and metadata keys, as tables (facts, sections 15.2 to 15.4). */
import type { Bytes } from '../../bytes/bytes.ts';

/** The suite id as two bytes: AAD of V3's content (F-FMT-073). */
export { SUITE_ID } from '../../crypto/commitment.ts';

/** The three formats; the number is not that of a client's release. */
export type FormatVersion = 'v1' | 'v2' | 'v3';

/** How an object's bytes are encrypted. */
export interface ContentSuite {
  /** F-FMT-010, F-FMT-012, F-FMT-013. */
  readonly id: 112 | 114 | 115;
  /** As `x-amz-cek-alg` says it, or the decimal text of V3's `x-amz-c`; also what binds a wrapped data key to the suite. */
  readonly name: 'AES/CBC/PKCS5Padding' | 'AES/GCM/NoPadding' | '115';
  readonly ivBytes: 12 | 16;
  readonly isAuthenticated: boolean;
  readonly hasCommitment: boolean;
}

export const CBC: ContentSuite = {
  id: 112,
  name: 'AES/CBC/PKCS5Padding',
  ivBytes: 16,
  isAuthenticated: false,
  hasCommitment: false,
};
export const GCM: ContentSuite = {
  id: 114,
  name: 'AES/GCM/NoPadding',
  ivBytes: 12,
  isAuthenticated: true,
  hasCommitment: false,
};
export const COMMITTING_GCM: ContentSuite = {
  id: 115,
  name: '115',
  ivBytes: 12,
  isAuthenticated: true,
  hasCommitment: true,
};

/** What `x-amz-cek-alg` may say (F-FMT-026): the Ruby client's name of CBC too. */
export const SUITES_BY_NAME: ReadonlyMap<string, ContentSuite> = new Map([
  ['AES/GCM/NoPadding', GCM],
  ['AES/CBC/PKCS5Padding', CBC],
  ['AES/CBC/PKCS7Padding', CBC],
]);

/** Twelve bytes of ones, not zeros (F-FMT-078); safe since the derived key is fresh for every object (F-FMT-077). */
export const COMMITTED_IV: Bytes = new Uint8Array(12).fill(0x01);
export const TAG_BYTES = 16;
export const MESSAGE_ID_BYTES = 28;
export const COMMITMENT_BYTES = 28;
/** Most bytes under one key and IV (F-CSR-031). */
export const MAX_CONTENT_BYTES = 2 ** 36 - 32;

/** How a data key is wrapped. */
export type WrapName =
  | 'AES/GCM'
  | 'RSA-OAEP-SHA1'
  | 'kms+context'
  | 'kms'
  | 'AESWrap'
  | 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding'
  | 'AES'
  | 'RSA';

export interface Wrap {
  readonly name: WrapName;
  /** Which kind of key ring it needs. */
  readonly keyring: 'aes' | 'rsa' | 'kms';
  /** V3's `x-amz-w` (F-FMT-032); legacy wraps have none. */
  readonly code?: '02' | '12' | '22';
  /** Read only, and only when the client was told to (F-ERR-104). */
  readonly isLegacy: boolean;
  /** Bare names of V1, which stand in no metadata (F-FMT-056, F-FMT-057). */
  readonly isUnnamed?: true;
  readonly fact: string;
}

/** Every wrap there is or was (F-FMT-050…057). */
export const WRAPS: Readonly<Record<WrapName, Wrap>> = {
  'AES/GCM': { name: 'AES/GCM', keyring: 'aes', code: '02', isLegacy: false, fact: 'F-FMT-050' },
  'RSA-OAEP-SHA1': { name: 'RSA-OAEP-SHA1', keyring: 'rsa', code: '22', isLegacy: false, fact: 'F-FMT-051' },
  'kms+context': { name: 'kms+context', keyring: 'kms', code: '12', isLegacy: false, fact: 'F-FMT-052' },
  kms: { name: 'kms', keyring: 'kms', isLegacy: true, fact: 'F-FMT-053' },
  AESWrap: { name: 'AESWrap', keyring: 'aes', isLegacy: true, fact: 'F-FMT-054' },
  'RSA/ECB/OAEPWithSHA-256AndMGF1Padding': {
    name: 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding',
    keyring: 'rsa',
    isLegacy: true,
    fact: 'F-FMT-055',
  },
  AES: { name: 'AES', keyring: 'aes', isLegacy: true, isUnnamed: true, fact: 'F-FMT-056' },
  RSA: { name: 'RSA', keyring: 'rsa', isLegacy: true, isUnnamed: true, fact: 'F-FMT-057' },
};

/** The wrap that V3's two digits name. */
export function findWrapByCode(code: string | undefined): Wrap | undefined {
  return Object.values(WRAPS).find(wrap => wrap.code !== undefined && wrap.code === code);
}

/** The wrap that V2's `x-amz-wrap-alg` names (F-FMT-025). */
export function findWrapByName(name: string | undefined): Wrap | undefined {
  return Object.values(WRAPS).find(wrap => wrap.name === name && wrap.isUnnamed === undefined);
}
