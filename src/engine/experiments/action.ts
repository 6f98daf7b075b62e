/** What people do in an experiment, as data. The same actions set things up (unrecorded) and are what a run records. */
import type { JsonObject, JsonValue } from '../trace/event.ts';
import type { DiskPiece, PersonName, Transport } from '../trace/trace.ts';

/**
 * Texts may hold names in braces, which stand for what the world has: `{bucket}`, `{bucketArn}`, `{object}`, `{key}` (ARN of the
 * lab's customer managed key), `{keyId}`, `{awsKey}` (ARN of `aws/s3`), `{account}`, `{otherAccount}`, `{arn:reader}` (ARN of
 * somebody), `{customerKey}` and `{customerKeyMd5}` (Base64, of the owner's SSE-C key), `{encryptedDataKey}` (Base64, as it lies on the disks
 * for the experiment's object), and whatever an action before has kept.
 */
export type Template = string;

interface By {
  /** Absent: whoever the act belongs to; in a set-up the owner. */
  readonly as?: PersonName;
  /** Absent: the act's line; in a set-up HTTPS. */
  readonly over?: Transport;
}

/** Headers by lowercase name; `null` leaves out one that the mode would send. */
export type HeaderChanges = Readonly<Record<string, Template | null>>;

export type Action =
  /**
   * PutObject as the mode does it (client-side modes: through the encryption client). `headers` change what is sent; `bare` sends none
   * of the mode's own.
   */
  | (By & {
      readonly do: 'upload';
      readonly object?: Template;
      /** Another content than the experiment's. */
      readonly text?: string;
      readonly bare?: true;
      readonly headers?: HeaderChanges;
    })
  /** GetObject as the mode does it. */
  | (By & {
      readonly do: 'download';
      readonly object?: Template;
      readonly bare?: true;
      readonly headers?: HeaderChanges;
      /** As another mode's client does it, for example a plain client for a client-side object. */
      readonly plainly?: true;
    })
  /** Any request to S3. `object: null` asks for the bucket, `bucket` names another one. */
  | (By & {
      readonly do: 's3';
      readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
      readonly bucket?: Template;
      readonly object?: Template | null;
      /** Without `?`. Values percent-encoded where they need it. */
      readonly query?: Template;
      readonly headers?: Readonly<Record<string, Template>>;
      /** Text, or JSON that is written out. */
      readonly body?: Template | JsonValue;
      /** Kept for later: name → element of the answer's XML, or `header:name`. */
      readonly keep?: Readonly<Record<string, string>>;
    })
  /** A whole multipart upload in parts of 5 MiB and a rest; stops at the first refusal. */
  | (By & {
      readonly do: 'multipart';
      readonly object?: Template;
      /** MiB in all; at most 16. */
      readonly mebibytes: number;
      readonly headers?: HeaderChanges;
    })
  /** Any request to KMS: over the customer's own line. */
  | (By & {
      readonly do: 'kms';
      readonly operation: string;
      readonly body: JsonObject;
      /** Name → path in the answer, for example `KeyMetadata.Arn`. */
      readonly keep?: Readonly<Record<string, string>>;
    })
  /**
   * Somebody signs a link that is good for this many seconds (GetObject unless told; `headers` are signed along); whoever follows it
   * needs no credentials. Kept as `link`. Unrecorded only.
   */
  | (By & {
      readonly do: 'presign';
      readonly seconds: number;
      readonly method?: 'GET' | 'PUT';
      readonly object?: Template;
      readonly headers?: Readonly<Record<string, Template>>;
    })
  /** Follows the link kept before, without signing. A PUT sends the experiment's object. */
  | (By & { readonly do: 'follow-link'; readonly headers?: Readonly<Record<string, Template>> })
  /** Someone's identity policy, replaced: IAM is no service of the lab. Statements as in a policy document, with templates. */
  | { readonly do: 'permit'; readonly who: PersonName; readonly statements: readonly JsonObject[] }
  /** A bit on S3's disks turns over, without anybody asking. `byte` counts from 0, from the end if negative; the learner may choose another. */
  | { readonly do: 'flip'; readonly piece: DiskPiece; readonly byte: number; readonly object?: Template }
  /** Time passes. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** The owner's own key (SSE-C or client-side) is overwritten; or another one takes its place. */
  | { readonly do: 'lose-key' }
  | { readonly do: 'other-key' }
  /** The same over and over: `{n}` counts from 1 in templates. Stops at the first refusal. */
  | { readonly do: 'repeat'; readonly times: number; readonly action: Action };
