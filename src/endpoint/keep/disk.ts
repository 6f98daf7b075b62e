import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import type { Bytes } from '../../engine/index.ts';

/** A file that grows. */
export interface GrowingFile {
  /** Resolves when the bytes would survive a loss of power. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** What keeping needs of a file system. A value of its own, so that tests can make it fail at any moment. */
export interface Disk {
  makeFolder(path: string): Promise<void>;
  /** Names in it, or `undefined` when there is no such folder. */
  list(path: string): Promise<string[] | undefined>;
  /** The whole file, or `undefined` when there is none. */
  read(path: string): Promise<Bytes | undefined>;
  /** Makes a file that must not be there yet, readable by its owner only. Resolves when its bytes would survive. */
  create(path: string, pieces: Iterable<Uint8Array>): Promise<void>;
  /** Opens a file to go on behind `length` bytes; what lies behind is cut off. */
  openToGrow(path: string, length: number): Promise<GrowingFile>;
  /** Puts a file in the place of another in one step. */
  replace(from: string, to: string): Promise<void>;
  /** No error when it is not there. */
  remove(path: string): Promise<void>;
  /** Makes names that were made, replaced or removed in a folder survive. */
  syncFolder(path: string): Promise<void>;
}

export const realDisk: Disk = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async list(path) {
    return readdir(path).catch(unlessMissing);
  },
  async read(path) {
    const bytes = await readFile(path).catch(unlessMissing);
    return bytes && new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  },
  async create(path, pieces) {
    const file = await open(path, 'wx', 0o600);
    try {
      for (const piece of pieces) await writeAll(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async openToGrow(path, length) {
    const file = await open(path, constants.O_WRONLY | constants.O_APPEND);
    if ((await file.stat()).size !== length) {
      await file.truncate(length);
      await file.sync();
    }
    return {
      async append(bytes) {
        await writeAll(file, bytes);
        await file.datasync();
      },
      close: () => file.close(),
    };
  },
  async replace(from, to) {
    await rename(from, to);
  },
  async remove(path) {
    await rm(path, { force: true });
  },
  async syncFolder(path) {
    // Windows cannot open a folder; there a rename is written through.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

/** One write may take less than all of it. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, start, bytes.length - start);
    start += bytesWritten;
  }
}

function unlessMissing(thrown: unknown): undefined {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
  throw thrown;
}
