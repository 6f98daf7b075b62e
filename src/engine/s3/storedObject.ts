import type { ChecksumAlgorithm } from '../crypto/checksums.ts';
import type { Header } from '../http/message.ts';
import type { EncryptionContext } from '../kms/api.ts';
import type { Table } from '../state/store.ts';
import type { ArtifactId } from '../trace/artifact.ts';

/** How a stored object is protected, and what S3 keeps so that it can be opened again. */
export type StoredEncryption =
  | { readonly type: 'NOT-SSE' }
  | { readonly type: 'SSE-S3'; readonly encryptedDataKey: ArtifactId }
  | {
      readonly type: 'SSE-KMS';
      /** Under the KMS key; with a Bucket Key, under that (F-SIM-010). */
      readonly encryptedDataKey: ArtifactId;
      readonly kmsKeyArn: string;
      /** What KMS was given: with a Bucket Key the bucket's ARN, else the object's (F-KSM-070, F-KSM-071). */
      readonly context: EncryptionContext;
      /** The blob of the bucket-level key, when one is in use. */
      readonly encryptedBucketKey?: ArtifactId;
    }
  | {
      readonly type: 'DSSE-KMS';
      readonly encryptedDataKey: ArtifactId;
      readonly secondEncryptedKey: ArtifactId;
      readonly kmsKeyArn: string;
      readonly context: EncryptionContext;
    }
  | { readonly type: 'SSE-C'; readonly keyCheck: ArtifactId; readonly customerKeyMd5: string };

/** A run of an object's bytes as it lies on the disks: the whole object, or one part of a multipart upload (F-SIM-001). */
export interface StoredPart {
  /** From 1. */
  readonly number: number;
  readonly body: ArtifactId;
  /** Bytes of content, without any at-rest overhead. */
  readonly contentLength: number;
  /** The part's own checksum, as stored. */
  readonly checksum?: ArtifactId;
}

/** The checksum that S3 keeps for an object; encrypted under KMS modes (F-GEN-010). */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  readonly artifact: ArtifactId;
}

/** Whether S3 tells checksums of an object's parts: of its own default, `CRC64NVME`, it tells the whole's only. */
export function hasPartChecksums({ isMultipart, checksum }: Pick<StoredObject, 'isMultipart' | 'checksum'>): boolean {
  return isMultipart && checksum !== undefined && checksum.algorithm !== 'CRC64NVME';
}

interface VersionBase {
  readonly bucketName: string;
  readonly objectName: string;
  /** `null` for what was written while versioning was not enabled, else 32 characters. */
  readonly versionId: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly ownerAccountId: string;
}

/** One version of an object as S3 keeps it. The bytes lie on the disks, under these artifact ids. */
export interface StoredObject extends VersionBase {
  readonly kind: 'object';
  /** Bytes as received from the client; without any at-rest overhead. */
  readonly contentLength: number;
  readonly contentType: string;
  /** `Cache-Control`, `Content-Disposition`, `Content-Encoding`, `Content-Language`, `Expires` and the like. */
  readonly headers: readonly Header[];
  /** Without quotes. */
  readonly etag: string;
  /** `x-amz-meta-…`, lowercase names. */
  readonly metadata: readonly Header[];
  /** One for an object that was put in one go. */
  readonly parts: readonly StoredPart[];
  readonly isMultipart: boolean;
  readonly encryption: StoredEncryption;
  readonly checksum?: StoredChecksum;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
  /** Everything of this object on the disks: bodies, checksums, locked keys. */
  readonly pieces: readonly ArtifactId[];
}

/** Says that the object is deleted, while older versions stay (F-VER-002). */
export interface DeleteMarker extends VersionBase {
  readonly kind: 'delete-marker';
}

export type StoredVersion = StoredObject | DeleteMarker;

/** One row: an object's versions, newest first. */
export interface VersionList {
  readonly versions: readonly StoredVersion[];
}

/** Which pieces on the disks somebody still needs. */
export class PieceCounter {
  readonly #uses = new Map<ArtifactId, number>();

  claim(ids: readonly ArtifactId[]): void {
    for (const id of new Set(ids)) this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
  }

  /** Returns those that nobody needs any more. */
  release(ids: readonly ArtifactId[]): ArtifactId[] {
    return [...new Set(ids)].filter(id => {
      const left = (this.#uses.get(id) ?? 0) - 1;
      if (left > 0) this.#uses.set(id, left);
      else this.#uses.delete(id);
      return left <= 0;
    });
  }

  has(id: ArtifactId): boolean {
    return this.#uses.has(id);
  }
}

/** The index of what lies on the disks: objects and their versions. */
export class ObjectIndex {
  readonly #table: Table<VersionList>;
  readonly #pieces: PieceCounter;
  /** Names of a bucket's objects; sorted when asked for. */
  readonly #names = new Map<string, { readonly set: Set<string>; sorted: readonly string[] | undefined }>();

  constructor(table: Table<VersionList>, pieces: PieceCounter) {
    this.#table = table;
    this.#pieces = pieces;
    for (const { versions } of table.values()) {
      for (const version of versions) {
        this.#note(version.bucketName, version.objectName);
        if (version.kind === 'object') pieces.claim(version.pieces);
      }
    }
  }

  /** The newest version, a delete marker too. */
  findLatest(bucketName: string, objectName: string): StoredVersion | undefined {
    return this.versions(bucketName, objectName)[0];
  }

  /** The object a request without version id means; `undefined` also behind a delete marker. */
  find(bucketName: string, objectName: string): StoredObject | undefined {
    const latest = this.findLatest(bucketName, objectName);
    return latest?.kind === 'object' ? latest : undefined;
  }

  findVersion(bucketName: string, objectName: string, versionId: string): StoredVersion | undefined {
    return this.versions(bucketName, objectName).find(version => version.versionId === versionId);
  }

  /** Newest first. */
  versions(bucketName: string, objectName: string): readonly StoredVersion[] {
    return this.#table.find(rowId(bucketName, objectName))?.versions ?? [];
  }

  /** Names of all objects of a bucket that have any version, in the order of their UTF-8 bytes. */
  names(bucketName: string): readonly string[] {
    const names = this.#names.get(bucketName);
    if (!names) return [];
    names.sorted ??= [...names.set].sort(byUtf8);
    return names.sorted;
  }

  isEmpty(bucketName: string): boolean {
    return (this.#names.get(bucketName)?.set.size ?? 0) === 0;
  }

  /**
   * Puts a version in front; one of the same version id is replaced (`null` in buckets without versioning).
   * @returns pieces that nobody needs any more
   */
  put(version: StoredVersion): ArtifactId[] {
    const { bucketName, objectName, versionId } = version;
    const others = this.versions(bucketName, objectName).filter(other => other.versionId !== versionId);
    return this.#replace(bucketName, objectName, [version, ...others]);
  }

  /** Replaces a version where it stands. @returns pieces that nobody needs any more */
  update(version: StoredVersion): ArtifactId[] {
    const { bucketName, objectName, versionId } = version;
    const versions = this.versions(bucketName, objectName);
    return this.#replace(
      bucketName,
      objectName,
      versions.map(other => (other.versionId === versionId ? version : other)),
    );
  }

  /** Removes one version. @returns pieces that nobody needs any more */
  remove(bucketName: string, objectName: string, versionId: string): ArtifactId[] {
    const versions = this.versions(bucketName, objectName);
    return this.#replace(
      bucketName,
      objectName,
      versions.filter(version => version.versionId !== versionId),
    );
  }

  /** Whether anything on the disks still has this piece. */
  uses(piece: ArtifactId): boolean {
    return this.#pieces.has(piece);
  }

  #replace(bucketName: string, objectName: string, versions: readonly StoredVersion[]): ArtifactId[] {
    const row = rowId(bucketName, objectName);
    const before = this.versions(bucketName, objectName);
    for (const version of versions) {
      if (version.kind === 'object' && !before.includes(version)) this.#pieces.claim(version.pieces);
    }
    const released = before
      .filter(version => !versions.includes(version))
      .flatMap(version => (version.kind === 'object' ? this.#pieces.release(version.pieces) : []));
    if (versions.length === 0) {
      this.#table.delete(row);
      const names = this.#names.get(bucketName);
      names?.set.delete(objectName);
      if (names) names.sorted = undefined;
      if (names?.set.size === 0) this.#names.delete(bucketName);
    } else {
      this.#table.set(row, { versions });
      this.#note(bucketName, objectName);
    }
    return released;
  }

  #note(bucketName: string, objectName: string): void {
    const names = this.#names.get(bucketName) ?? { set: new Set<string>(), sorted: undefined };
    if (!names.set.has(objectName)) {
      names.set.add(objectName);
      names.sorted = undefined;
    }
    this.#names.set(bucketName, names);
  }
}

/** No bucket's name has a slash. */
function rowId(bucketName: string, objectName: string): string {
  return `${bucketName}/${objectName}`;
}

/** The order of UTF-8 bytes is that of code points; UTF-16 puts characters beyond U+FFFF before U+E000…U+FFFF. */
export function byUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
