import type { CloudChanges, RootSecrets, SavedCloud } from '../../engine/index.ts';
import { type Disk, realDisk } from './disk.ts';
import type { KeptState } from './keptState.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { CONTENT_PLACES, type Paths, pathsOf } from './paths.ts';
import { codeOf, KeepProblem } from './problem.ts';
import { readContents, readFolder } from './readFolder.ts';
import { parseSecrets, writeSecrets } from './secrets.ts';
import { Writer } from './writer.ts';

export interface KeepOptions {
  readonly region: string;
  /** Draws the root secrets of a new world, 32 bytes each. */
  readonly makeSecrets: () => RootSecrets;
  /** A journal longer than this (bytes), and longer than the snapshot, is folded into a new snapshot. */
  readonly compactBytes?: number;
  readonly disk?: Disk;
}

/** A world that lies in a folder, and the way to keep it there. */
export interface Keep {
  readonly secrets: RootSecrets;
  readonly saved: SavedCloud;
  /** How often the endpoint was started with this folder, this time included. */
  readonly starts: number;
  /** Why nothing can be kept any more; `undefined` while all is well. */
  readonly failure: () => KeepProblem | undefined;
  /**
   * Takes what one request has changed. Resolves when it would survive the end of this process and a loss of power;
   * contents must not change until then. Changes are kept in the order of the calls.
   * @throws KeepProblem when it could not be written; then nothing is taken any more
   */
  readonly commit: (changes: CloudChanges) => Promise<void>;
  /** Waits for what was taken, and gives the folder free. */
  readonly close: () => Promise<void>;
}

const COMPACT_BYTES = 32 * 1024 * 1024;

/**
 * Opens a folder and reads the world in it; makes both when they are not there.
 * @throws KeepProblem when the folder cannot be used; then nothing in it was changed
 */
export async function openKeep(folder: string, options: KeepOptions): Promise<Keep> {
  const disk = options.disk ?? realDisk;
  const paths = pathsOf(folder);
  let lock: FolderLock | undefined;
  try {
    await disk.makeFolder(folder);
    lock = await lockFolder(folder);
    return await openLocked(disk, paths, options, lock);
  } catch (thrown) {
    await lock?.release();
    if (thrown instanceof KeepProblem) throw thrown;
    throw new KeepProblem(
      `${folder} cannot be used: ${codeOf(thrown)}. Check the path, its permissions and the free space.`,
    );
  }
}

async function openLocked(disk: Disk, paths: Paths, options: KeepOptions, lock: FolderLock): Promise<Keep> {
  const found = await disk.read(paths.secrets);
  if (!found) await requireEmpty(disk, paths);
  const kept = found && parseSecrets(found, paths.secrets);
  if (kept && kept.region !== options.region) {
    throw new KeepProblem(
      `${paths.folder} holds a world of ${kept.region}, and ARNs say so. Start with --region ${kept.region}, or choose another folder.`,
    );
  }
  const { state, journalLength, snapshotLength } = await readFolder(disk, paths);
  const contents = await readContents(disk, paths, state.contents.values());

  const secrets = kept?.secrets ?? options.makeSecrets();
  if (!kept) await writeSecrets(disk, paths, options.region, secrets);
  for (const place of CONTENT_PLACES) await disk.makeFolder(paths.contents(place));
  await removeOrphans(disk, paths, state);
  const saved: SavedCloud = { rows: [...state.rows.values()], contents, artifacts: [...state.artifacts.values()] };
  const writer = new Writer(disk, paths, state, options.compactBytes ?? COMPACT_BYTES);
  try {
    await writer.open(journalLength, snapshotLength);
  } catch (thrown) {
    await writer.close();
    throw thrown;
  }
  return {
    secrets,
    saved,
    starts: state.starts,
    failure: () => writer.failure,
    commit: changes => writer.commit(changes),
    close: async () => {
      await writer.close();
      await lock.release();
    },
  };
}

/** Somebody may have named a folder of theirs by mistake. */
async function requireEmpty(disk: Disk, paths: Paths): Promise<void> {
  const names = (await disk.list(paths.folder)) ?? [];
  if (names.some(name => /^(?:journal|snapshot)\.jsonl$/.test(name))) {
    throw new KeepProblem(
      `${paths.secrets} is missing: without it nothing kept here can be opened. Put it back, or choose another folder.`,
    );
  }
  if (names.some(name => !/^lock|\.new$/.test(name))) {
    throw new KeepProblem(`${paths.folder} holds files that are not the endpoint's. Choose an empty or a new folder.`);
  }
}

/** Files that were written for an entry that was not, or whose entry says that they are gone. */
async function removeOrphans(disk: Disk, paths: Paths, state: KeptState): Promise<void> {
  const needed = new Set<string>();
  for (const { place, file } of state.contents.values()) if (file !== undefined) needed.add(paths.content(place, file));
  for (const place of CONTENT_PLACES) {
    for (const name of (await disk.list(paths.contents(place))) ?? []) {
      if (!/^\d{12}$/.test(name)) continue;
      const path = paths.content(place, Number(name));
      if (!needed.has(path)) await disk.remove(path);
    }
  }
}
