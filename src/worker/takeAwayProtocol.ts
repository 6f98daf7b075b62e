import type { Bytes, RunSpec } from '../engine/index.ts';

/** A wrapping key that may leave the page. `secret` is what it is worth: 32 bytes for AES, PKCS#8 for RSA. */
export interface WrappingKeyFile {
  readonly type: 'aes' | 'rsa';
  readonly secret: Bytes;
  readonly bits: number;
  /** As traces show it; of an RSA key, that of its public half. */
  readonly fingerprint: string;
}

/** An object as S3 holds it, for files on the learner’s disk. */
export interface SavedObject {
  readonly objectName: string;
  readonly body: Blob;
  readonly contentType: string;
  /** User metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the page may ask beside runs. */
export type TakeAwayQuestion =
  | { readonly type: 'make-key'; readonly keyType: WrappingKeyFile['type'] }
  | { readonly type: 'read-key'; readonly text: string; readonly keyType?: WrappingKeyFile['type'] }
  | { readonly type: 'write-key'; readonly wrappingKey: WrappingKeyFile }
  /** Worlds that hold a brought key are dropped, its bytes in them overwritten. */
  | { readonly type: 'forget-keys'; readonly keyType: WrappingKeyFile['type'] }
  /** What the run’s object looks like in S3. */
  | {
      readonly type: 'read-stored';
      readonly spec: RunSpec;
      readonly objectId: number;
      readonly fingerprint?: string | undefined;
    };

export type TakeAwayAnswer =
  | { readonly type: 'key'; readonly wrappingKey: WrappingKeyFile }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'forgotten' }
  | { readonly type: 'stored'; readonly object: SavedObject; readonly instructionFile?: SavedObject }
  /** Why not, as a sentence. */
  | { readonly type: 'problem'; readonly problem: string };
