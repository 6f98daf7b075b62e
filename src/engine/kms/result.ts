import type { ArtifactId } from '../trace/artifact.ts';
import type { KmsRefusal } from './refusal.ts';

/** What an operation came to: an answer whose artifacts are in the HSM, or a refusal. */
export type Result<R> =
  | { readonly response: R; readonly outputs: readonly ArtifactId[]; readonly keyArn: string }
  | (KmsRefusal & { readonly keyArn?: string });
