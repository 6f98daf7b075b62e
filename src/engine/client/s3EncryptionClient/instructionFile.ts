/** The envelope as an object of its own beside the encrypted one (facts, section 15.7). */
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import type { Header } from '../../http/message.ts';
import { type Entries, knownInFile, parseTexts, recognise } from './envelope.ts';
import type { FormatVersion } from './suites.ts';

/** Object names end in it (F-FMT-085). */
export const INSTRUCTION_SUFFIX = '.instruction';
/** Marks the file as what it is; its value is empty (F-FMT-029). */
export const MARKER: Header = ['x-amz-meta-x-amz-crypto-instr-file', ''];
/** Entries that some clients write as numbers. */
const NUMBERS = ['x-amz-tag-len', 'x-amz-unencrypted-content-length'];
/** No client writes more: an envelope must fit into 2 KB of metadata (F-CSR-029). */
const MAX_FILE_BYTES = 16 * 1024;

/** One JSON object, nothing else (F-FMT-085). */
export function encodeInstructionFile(entries: Entries): Bytes {
  return utf8(JSON.stringify(entries));
}

/**
 * The entries of an instruction file. For V3 it must not say anything of what belongs to the object: that split is what
 * makes a swapped file show (F-ERR-103, F-FMT-088). `undefined` when it is no such file.
 */
export function parseInstructionFile(
  bytes: Bytes,
  isSplit: boolean,
): { format: FormatVersion; entries: Entries } | undefined {
  if (bytes.length > MAX_FILE_BYTES) return undefined;
  const entries = parseTexts(new TextDecoder().decode(bytes), NUMBERS);
  if (!entries) return undefined;
  const format = isSplit ? formatOfSplit(entries) : formatOfWhole(entries);
  if (!format) return undefined;
  const known = knownInFile(format);
  return Object.keys(entries).every(name => known.includes(name)) ? { format, entries } : undefined;
}

function formatOfSplit(entries: Entries): FormatVersion | undefined {
  return Object.hasOwn(entries, 'x-amz-3') && Object.hasOwn(entries, 'x-amz-w') ? 'v3' : undefined;
}

function formatOfWhole(entries: Entries): FormatVersion | undefined {
  const recognised = recognise(entries);
  // A whole V3 envelope in a file would bind nothing to the object.
  return recognised.is === 'whole' && recognised.format !== 'v3' ? recognised.format : undefined;
}
