import type { Bytes, SavedContent } from '../../engine/index.ts';
import { readLines, sumOf } from './checkedLines.ts';
import type { Disk } from './disk.ts';
import { type FileHead, isEntry, isHead, type KeptContent } from './entry.ts';
import { KeptState } from './keptState.ts';
import type { Paths } from './paths.ts';
import { KeepProblem } from './problem.ts';

/** What a folder holds. */
export interface ReadFolder {
  readonly state: KeptState;
  /** Bytes of the journal's whole lines; 0 when there is no journal yet. */
  readonly journalLength: number;
  readonly snapshotLength: number;
  /** The last line was being written when the endpoint was ended: nobody was told of what it says. */
  readonly isTorn: boolean;
}

const REMEDY = 'Put the folder back from a copy, or choose another one. Nothing was changed.';

/**
 * Reads snapshot and journal. Changes nothing.
 * @throws KeepProblem when something is not as it was written
 */
export async function readFolder(disk: Disk, paths: Paths): Promise<ReadFolder> {
  const state = new KeptState();
  const snapshot = await disk.read(paths.snapshot);
  const journal = await disk.read(paths.journal);
  if (snapshot) {
    const { values, length } = linesOf(snapshot, paths.snapshot, 'envelope-snapshot', false);
    const entry = values[1];
    if (!isEntry(entry) || values.length < 3) throw damaged(paths.snapshot, 2);
    state.apply(entry);
    // The rest are further entries of the same number; the last line says how many lines there are.
    for (const [index, value] of values.slice(2, -1).entries()) {
      if (!isEntry(value) || value.seq !== entry.seq) throw damaged(paths.snapshot, index + 3);
      state.apply(value);
    }
    const end = values.at(-1);
    if (JSON.stringify(end) !== JSON.stringify({ lines: values.length })) throw damaged(paths.snapshot, values.length);
    if (!journal) throw new KeepProblem(`${paths.journal} is missing. ${REMEDY}`);
    if (length !== snapshot.length) throw damaged(paths.snapshot, values.length + 1);
  }
  const read = journal && linesOf(journal, paths.journal, 'envelope-journal', true);
  for (const [index, value] of (read?.values.slice(1) ?? []).entries()) {
    if (!isEntry(value)) throw damaged(paths.journal, index + 2);
    // The snapshot was written, and the endpoint ended before the journal was begun anew.
    if (value.seq <= state.seq && snapshot) continue;
    if (value.seq !== state.seq + 1) {
      throw new KeepProblem(
        `${paths.journal} does not go on where ${paths.snapshot} ends: one is missing or of another time. ${REMEDY}`,
      );
    }
    state.apply(value);
  }
  return {
    state,
    journalLength: read?.length ?? 0,
    snapshotLength: snapshot?.length ?? 0,
    isTorn: read?.isTorn ?? false,
  };
}

/** Reads all contents. @throws KeepProblem when one is missing or not as it was written */
export async function readContents(disk: Disk, paths: Paths, contents: Iterable<KeptContent>): Promise<SavedContent[]> {
  const read: SavedContent[] = [];
  for (const { place, id, length, sha256, file, inline } of contents) {
    const path = file === undefined ? paths.journal : paths.content(place, file);
    const bytes: Bytes | undefined =
      file === undefined ? new Uint8Array(Buffer.from(inline ?? '', 'base64')) : await disk.read(path);
    if (!bytes) throw new KeepProblem(`${path} is missing. ${REMEDY}`);
    if (bytes.length !== length || sumOf(bytes, 64) !== sha256) throw new KeepProblem(`${path} is damaged. ${REMEDY}`);
    read.push({ place, id, bytes });
  }
  return read;
}

function linesOf(bytes: Uint8Array, path: string, format: FileHead['format'], mayBeTorn: boolean) {
  const lines = readLines(bytes);
  if (lines.damagedLine !== undefined) throw damaged(path, lines.damagedLine);
  if (lines.isTorn && !(mayBeTorn && lines.values.length > 0)) throw damaged(path, lines.values.length + 1);
  if (!isHead(lines.values[0], format)) {
    throw new KeepProblem(`${path} was not written by this version of the endpoint. Choose another folder.`);
  }
  return lines;
}

function damaged(path: string, line: number): KeepProblem {
  return new KeepProblem(`${path} is damaged in line ${line}. ${REMEDY}`);
}
