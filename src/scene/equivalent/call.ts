import type { JsonValue } from '../../engine/index.ts';

/** What a member of a request is given. */
export type Given =
  /** Text, number, yes or no, or a structure of these. */
  | { readonly as: 'value'; readonly value: JsonValue }
  /** A moment, as it stood on the wire. */
  | { readonly as: 'date'; readonly text: string }
  /** The bytes of a file that the learner has. */
  | { readonly as: 'file'; readonly name: string }
  /** Text in a file that the learner has. */
  | { readonly as: 'text-file'; readonly name: string }
  /** Bytes that stood in the request and are no secret, and the file in which a command keeps them. */
  | { readonly as: 'bytes'; readonly base64: string; readonly name: string }
  /** A customer key: never shown, always from the learner's own file of 32 bytes. */
  | { readonly as: 'customer-key'; readonly name: string };

/** A request as an SDK would be told it. */
export interface Call {
  readonly service: 's3' | 'kms';
  /** AWS's name, for example `PutObject`. */
  readonly operation: string;
  /** By AWS's names of the members, in the order in which they are shown. */
  readonly input: ReadonlyMap<string, Given>;
  /** File into which the content of the answer goes. */
  readonly output?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly isSigned: boolean;
  readonly notes: readonly string[];
}

export function asValue(value: JsonValue): Given {
  return { as: 'value', value };
}
