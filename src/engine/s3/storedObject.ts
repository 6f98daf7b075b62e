import type { Header } from '../http/message.ts';
import type { EncryptionContext } from '../kms/api.ts';
import type { ArtifactId } from '../trace/artifact.ts';

/** How a stored object is protected, and what S3 keeps so that it can be opened again. */
export type StoredEncryption =
  | { readonly type: 'NOT-SSE' }
  | { readonly type: 'SSE-S3'; readonly encryptedDataKey: ArtifactId }
  | {
      readonly type: 'SSE-KMS';
      readonly encryptedDataKey: ArtifactId;
      readonly kmsKeyArn: string;
      readonly context: EncryptionContext;
    }
  | {
      readonly type: 'DSSE-KMS';
      readonly encryptedDataKey: ArtifactId;
      readonly secondEncryptedKey: ArtifactId;
      readonly kmsKeyArn: string;
      readonly context: EncryptionContext;
    }
  | { readonly type: 'SSE-C'; readonly keyCheck: ArtifactId; readonly customerKeyMd5: string };

/** One object as S3 keeps it. The bytes lie on the disks, under these artifact ids. */
export interface StoredObject {
  readonly bucketName: string;
  readonly objectName: string;
  /** Bytes as received from the client; without any at-rest overhead. */
  readonly contentLength: number;
  readonly contentType: string;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** `x-amz-meta-…`, lowercase names. */
  readonly metadata: readonly Header[];
  readonly body: ArtifactId;
  readonly encryption: StoredEncryption;
  /** The stored checksum; encrypted under KMS modes (F-GEN-010). */
  readonly checksum: ArtifactId;
  /** Everything of this object on the disks, body and checksum included. */
  readonly pieces: readonly ArtifactId[];
}

/** The index of what lies on the disks. */
export class ObjectIndex {
  readonly #objects = new Map<string, StoredObject>();

  find(bucketName: string, objectName: string): StoredObject | undefined {
    return this.#objects.get(`${bucketName}/${objectName}`);
  }

  /** Puts an object and returns the one that it replaces. */
  put(object: StoredObject): StoredObject | undefined {
    const name = `${object.bucketName}/${object.objectName}`;
    const replaced = this.#objects.get(name);
    this.#objects.set(name, object);
    return replaced;
  }

  /** Whether any object still has this piece. */
  uses(piece: ArtifactId): boolean {
    return [...this.#objects.values()].some(object => object.pieces.includes(piece));
  }
}
