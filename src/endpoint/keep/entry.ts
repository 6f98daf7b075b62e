import type { Artifact, Change, SavedContent } from '../../engine/index.ts';

/** Version of the files of a data folder. */
export const KEEP_VERSION = 1;
/** Contents of at most this many bytes lie in the journal itself; larger ones have a file each. */
export const INLINE_BYTES = 4096;

/** Where a content is and how to tell that it is whole. */
export interface KeptContent {
  readonly place: SavedContent['place'];
  readonly id: string;
  /** Bytes. */
  readonly length: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Number of its file in `contents/<place>/`; never given twice. */
  readonly file?: number;
  /** Base64, when it has no file. */
  readonly inline?: string;
}

/** One line of the journal: all that one request has changed, or that the endpoint was started. */
export interface Entry {
  /** 1, 2, 3 … over the whole life of a folder. */
  readonly seq: number;
  /** How often the endpoint was started with this folder. */
  readonly starts?: number;
  readonly rows: readonly Change[];
  readonly stored: readonly KeptContent[];
  readonly dropped: readonly Pick<KeptContent, 'place' | 'id'>[];
  readonly artifacts: readonly Artifact[];
}

/** First line of a file. */
export interface FileHead {
  readonly format: 'envelope-journal' | 'envelope-snapshot';
  readonly version: typeof KEEP_VERSION;
}

/** Whether a line has the shape of an entry. Its sum says that we wrote it; this says that this version did. */
export function isEntry(value: unknown): value is Entry {
  if (!isObject(value) || !isCount(value.seq)) return false;
  const { rows, stored, dropped, artifacts, starts } = value;
  return (
    (starts === undefined || isCount(starts)) &&
    isList(rows, row => isText(row.table) && isText(row.id) && (row.value === undefined || isObject(row.value))) &&
    isList(stored, isContent) &&
    isList(dropped, item => isPlace(item.place) && isText(item.id)) &&
    isList(artifacts, isArtifact)
  );
}

export function isHead(value: unknown, format: FileHead['format']): value is FileHead {
  return isObject(value) && value.format === format && value.version === KEEP_VERSION;
}

function isContent(value: Members): boolean {
  const { place, id, length, sha256, file, inline } = value;
  const isOneOf = (file === undefined) !== (inline === undefined);
  return (
    isPlace(place) &&
    isText(id) &&
    isCount(length) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    isOneOf &&
    (file === undefined || isCount(file)) &&
    (inline === undefined || typeof inline === 'string')
  );
}

function isArtifact(value: Members): boolean {
  const { id, kind, name, isHandle, isSecret, fingerprint, head, tail, fields, lock, derivedFrom, byteLength } = value;
  return (
    isText(id) &&
    [kind, name, fingerprint, head, tail].every(member => typeof member === 'string') &&
    typeof isHandle === 'boolean' &&
    typeof isSecret === 'boolean' &&
    (byteLength === undefined || isCount(byteLength)) &&
    Array.isArray(fields) &&
    (lock === undefined || (isObject(lock) && isText(lock.keyId) && isTexts(lock.contents))) &&
    (derivedFrom === undefined || isTexts(derivedFrom))
  );
}

type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isList(value: unknown, isItem: (item: Members) => boolean): boolean {
  return Array.isArray(value) && value.every(item => isObject(item) && isItem(item));
}
function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
function isPlace(value: unknown): boolean {
  return value === 's3.disk' || value === 'kms.host';
}
