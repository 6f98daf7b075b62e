import type { FactId, Trace } from '../engine/index.ts';
import { jsonText } from './equivalent/text.ts';
import { cpp } from './openingPrograms/cpp.ts';
import { dotnet } from './openingPrograms/dotnet.ts';
import { go } from './openingPrograms/go.ts';
import { java } from './openingPrograms/java.ts';
import { KEY_FILES, type LanguageEntry, type ProgramInput } from './openingPrograms/languageEntry.ts';
import { php } from './openingPrograms/php.ts';
import { python } from './openingPrograms/python.ts';
import { ruby } from './openingPrograms/ruby.ts';
import { findSealedObject, type SealedObject, type WrappingKind } from './openingPrograms/sealedObject.ts';

const ENTRIES = { java, go, python, ruby, dotnet, php, cpp } as const satisfies Record<string, LanguageEntry>;

/** Languages that have an Amazon S3 Encryption Client. */
export type ProgramLanguage = keyof typeof ENTRIES;
export const PROGRAM_LANGUAGES = Object.keys(ENTRIES) as readonly ProgramLanguage[];
export const LANGUAGE_NAMES: Readonly<Record<ProgramLanguage, string>> = {
  java: java.name,
  go: go.name,
  python: python.name,
  ruby: ruby.name,
  dotnet: dotnet.name,
  php: php.name,
  cpp: cpp.name,
};

/** The whole program that downloads and opens the object of a run with Amazon's own client. Never holds a key. */
export interface OpeningProgram {
  /** Name under which one saves it, for example `OpenObject.java`. */
  readonly file: string;
  /** Line that gets the library. */
  readonly install: string;
  readonly text: string;
  /** One sentence: what has to be at hand. */
  readonly needs: string;
  /** Further sentences. */
  readonly notes: readonly string[];
  readonly facts: readonly FactId[];
}

export interface ProgramOptions {
  /** Where to send requests instead of to AWS, for example `http://127.0.0.1:4566`. */
  readonly endpoint?: string;
}

const WRAP_WORDS: Readonly<Record<WrappingKind, string>> = {
  aes: 'a raw AES key',
  rsa: 'an RSA key pair',
  kms: 'a KMS key',
};
const UNKNOWN_KMS_KEY = 'This run never asked KMS, so it does not show which KMS key opens the object.';

/**
 * The program that opens the object of a client-side run with the real S3 Encryption Client of a language; or, where that client
 * cannot, one sentence why. `undefined` when no sealed object has passed in this run.
 */
export function openingProgram(
  trace: Trace,
  language: ProgramLanguage,
  options: ProgramOptions = {},
): OpeningProgram | { readonly without: string } | undefined {
  const object = findSealedObject(trace);
  if (!object) return undefined;
  const entry: LanguageEntry = ENTRIES[language];
  const { endpoint } = options;
  const input = { object, output: outputName(object.objectName), ...(endpoint === undefined ? {} : { endpoint }) };
  const without = whyNot(entry, input);
  if (without !== undefined) return { without };
  return {
    file: entry.file,
    install: entry.install(object),
    text: entry.write(input),
    needs: needsOf(entry, object),
    notes: notesOf(entry, input),
    facts: [object.format === 'v3' ? 'F-FMT-003' : 'F-FMT-002'],
  };
}

function whyNot(entry: LanguageEntry, input: ProgramInput): string | undefined {
  const { wrap, kmsKeyId } = input.object;
  if (!entry.wraps.includes(wrap)) {
    const known = entry.wraps.map(each => WRAP_WORDS[each]).join(' or ');
    return `The S3 Encryption Client for ${entry.name} cannot open this object: it takes ${known}, and the object’s data key is wrapped by ${WRAP_WORDS[wrap]}.`;
  }
  if (wrap === 'kms' && kmsKeyId === undefined) return UNKNOWN_KMS_KEY;
  return entry.without?.(input);
}

function needsOf(entry: LanguageEntry, object: SealedObject): string {
  const { and, keys } = {
    aes: { and: '', keys: `, and your wrapping key as Base64 in ${KEY_FILES.aes}` },
    rsa: { and: '', keys: `, and your private key as PEM (PKCS #8) in ${KEY_FILES.rsa}` },
    kms: { and: ' and', keys: ' and use the KMS key (kms:Decrypt)' },
  }[object.wrap];
  const rights = object.envelope === 'metadata' ? 'the object' : 'the object and its instruction file';
  return `Needs version ${entry.version(object)} or later of this library,${and} credentials that may read ${rights}${keys}.`;
}

function notesOf(entry: LanguageEntry, input: ProgramInput): readonly string[] {
  const { object } = input;
  const { readsV3From } = entry;
  const description = object.materialDescription;
  const isForeign = object.context.flat().some(text => /[^ -~]/.test(text));
  return [
    description.length > 0 &&
      `The object names its wrapping key ${jsonText(Object.fromEntries(description))}: take that one.`,
    object.format === 'v2' && 'The object has no key commitment (format V2): the program is told to accept that.',
    object.format === 'v3' &&
      readsV3From !== undefined &&
      `Version ${readsV3From} reads this format too, with a program that looks a little different.`,
    isForeign &&
      'The encryption context is not all ASCII: S3 gives it back in an odd encoding, which not every client undoes (F-FMT-039).',
    ...(entry.notes?.(input) ?? []),
  ].filter(note => note !== false);
}

/** A file name out of the last part of the object's name. */
function outputName(objectName: string): string {
  const last = (objectName.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{N}\p{M} ._-]/gu, '_');
  return `opened-${last === '' ? 'object' : Array.from(last).slice(0, 60).join('')}`;
}
