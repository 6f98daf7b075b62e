import type { EncryptionContext } from '../kms/api.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { S3Parts, S3Request } from './context.ts';

/** A bucket-level key that S3 holds for a while. AWS does not publish how: our model (F-SIM-010, F-SIM-011). */
export interface BucketKey {
  /** The key itself, in `s3.keys`. */
  readonly id: ArtifactId;
  /** Its blob from KMS, in `s3.keys` too: it is stored with every object. */
  readonly encryptedId: ArtifactId;
  readonly bucketName: string;
  /** A Bucket Key serves one requester (F-KSM-024). */
  readonly requesterArn: string;
  readonly kmsKeyArn: string;
  /** How the request named the KMS key that had it made: a name that serves again without asking KMS. */
  readonly kmsKeyId: string;
  /** What KMS bound to it: the bucket's ARN, and the caller's own pairs (F-KSM-071, F-KSM-072). */
  readonly context: EncryptionContext;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The bucket-level keys that S3 holds at the moment. They are not kept over a restart. */
export class BucketKeys {
  readonly #lifeMs: number;
  #keys: readonly BucketKey[] = [];

  constructor(lifeSeconds: number) {
    this.#lifeMs = lifeSeconds * 1000;
  }

  /** When a key that is made now ends. */
  endOf(now: number): number {
    return now + this.#lifeMs;
  }

  add(bucketKey: BucketKey): void {
    this.#keys = [...this.#keys, bucketKey];
  }

  /** A live key of this requester. Those whose time is over are overwritten first, and the trace says so. */
  find(asked: S3Request, wanted: (bucketKey: BucketKey) => boolean): BucketKey | undefined {
    this.expire(asked.s3);
    return this.#keys.find(one => one.requesterArn === asked.principal.arn && wanted(one));
  }

  /** Drops what is too old. */
  expire(s3: S3Parts): void {
    const now = s3.clock.now();
    const old = this.#keys.filter(one => one.expiresAt <= now);
    if (old.length === 0) return;
    this.#keys = this.#keys.filter(one => one.expiresAt > now);
    const alive = new Set(this.#keys.flatMap(one => [one.id, one.encryptedId]));
    const ids = old.flatMap(one => [one.id, one.encryptedId]).filter(id => !alive.has(id));
    discard(s3.recorder, s3.keys, ids, ['F-BKY-007', 'F-SIM-011']);
  }

  /** Drops all, for example when a world is put away. */
  clear(s3: S3Parts): void {
    const ids = this.#keys.flatMap(one => [one.id, one.encryptedId]);
    this.#keys = [];
    discard(s3.recorder, s3.keys, ids);
  }
}
