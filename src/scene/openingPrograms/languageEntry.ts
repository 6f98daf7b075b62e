import type { SealedObject, WrappingKind } from './sealedObject.ts';

/** Where a program finds the wrapping key: the learner's own file, never the program. */
export const KEY_FILES = { aes: 'wrapping-key.b64', rsa: 'wrapping-key.pem' } as const;

export interface ProgramInput {
  readonly object: SealedObject;
  /** Where requests go instead of to AWS. */
  readonly endpoint?: string;
  /** File name for the opened object. */
  readonly output: string;
}

/** What is known of the S3 Encryption Client in one language. Checked against the clients' sources and AWS's guides. */
export interface LanguageEntry {
  readonly name: string;
  /** Name under which one saves the program. */
  readonly file: string;
  /** First version that the program runs with. */
  readonly version: (object: SealedObject) => string;
  /** Line that gets the library: a command, or coordinates for a build file. */
  readonly install: (object: SealedObject) => string;
  /** Earlier version that reads this format too, though its programs look different (F-FMT-003). */
  readonly readsV3From?: string;
  /** How the client can unwrap data keys. */
  readonly wraps: readonly WrappingKind[];
  /** Why there is no program for this object all the same; one sentence. */
  readonly without?: (input: ProgramInput) => string | undefined;
  /** What else one must know; whole sentences. */
  readonly notes?: (input: ProgramInput) => readonly (string | false)[];
  readonly write: (input: ProgramInput) => string;
}

type Line = string | false | undefined | readonly Line[];

/** Lines of a program, those that do not apply left out. */
export function lines(...parts: readonly Line[]): string {
  return `${flat(parts).join('\n')}\n`;
}

function flat(parts: readonly Line[]): string[] {
  return parts.flatMap(part => (typeof part === 'string' ? [part] : Array.isArray(part) ? flat(part) : []));
}
