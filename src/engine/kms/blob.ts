import { type Bytes, concat } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/text.ts';
import type { Field } from '../trace/artifact.ts';

const VERSION = 1;
const ID_BYTES = 16;
const MATERIAL_ID_BYTES = 32;
export const NONCE_BYTES = 16;
export const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES + MATERIAL_ID_BYTES + NONCE_BYTES;
/** GCM's overhead and header; what is longer is ciphertext. */
const OVERHEAD_BYTES = HEADER_BYTES + IV_BYTES + TAG_BYTES;
/** F-KMS-017. */
const MAX_BLOB_BYTES = 6144;

/** What a ciphertext blob consists of. AWS does not publish its layout (F-KMS-011): this is our model (F-SIM-007). */
export interface Blob {
  /** UUID of the KMS key. */
  readonly keyId: string;
  /** 64 hex characters: which version of the key's material (F-KMS-031). */
  readonly keyMaterialId: string;
  /** 16 bytes, input of the per-call key derivation. */
  readonly nonce: Bytes;
  /** 12 bytes. */
  readonly iv: Bytes;
  /** Ciphertext, then the 16-byte authentication tag. */
  readonly sealed: Bytes;
}

/** The 65 bytes in front of the IV. They are authenticated with the encryption context. */
export function encodeBlobHeader(blob: Pick<Blob, 'keyId' | 'keyMaterialId' | 'nonce'>): Bytes {
  const keyId = fromHex(blob.keyId.replaceAll('-', ''));
  return concat(new Uint8Array([VERSION]), keyId, fromHex(blob.keyMaterialId), blob.nonce);
}

export function encodeBlob(blob: Blob): Bytes {
  return concat(encodeBlobHeader(blob), blob.iv, blob.sealed);
}

/** The parts of a blob, or `undefined` for bytes that are none: they come from outside. */
export function parseBlob(bytes: Bytes): Blob | undefined {
  if (bytes[0] !== VERSION || bytes.length < OVERHEAD_BYTES || bytes.length > MAX_BLOB_BYTES) return undefined;
  let offset = 1;
  const take = (length: number) => {
    const start = offset;
    offset += length;
    return bytes.slice(start, offset);
  };
  const uuid = toHex(take(ID_BYTES));
  return {
    keyId: uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    keyMaterialId: toHex(take(MATERIAL_ID_BYTES)),
    nonce: take(NONCE_BYTES),
    iv: take(IV_BYTES),
    sealed: take(bytes.length - offset),
  };
}

/** The labelled parts of a blob; none for bytes that are no blob. @param contents what is locked in it. */
export function blobFields(bytes: Bytes, contents = 'data key'): Field[] {
  if (parseBlob(bytes) === undefined) return [];
  const lengths: readonly (readonly [label: string, length: number])[] = [
    ['version', 1],
    ['KMS key id', ID_BYTES],
    ['key material id', MATERIAL_ID_BYTES],
    ['derivation nonce', NONCE_BYTES],
    ['IV', IV_BYTES],
    [`encrypted ${contents}`, bytes.length - OVERHEAD_BYTES],
    ['authentication tag', TAG_BYTES],
  ];
  let end = 0;
  return lengths.map(([label, length]) => {
    const start = end;
    end += length;
    return { label, start, end, factId: 'F-SIM-007' };
  });
}
