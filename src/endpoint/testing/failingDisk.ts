import { appendFileSync, writeFileSync } from 'node:fs';
import { type Disk, realDisk } from '../keep/disk.ts';

/**
 * The real disk until the `limit`-th thing that changes it: that one is done in part or not at all, and nothing works after it.
 * So a folder is left as an end of the process at that very moment would leave it.
 */
export function failingDisk(limit: number): Disk & { readonly count: () => number } {
  let count = 0;
  /** @returns whether this is the one that fails */
  const isLast = (): boolean => {
    count++;
    if (count > limit) throw new DiskFull();
    return count === limit;
  };
  const half = (bytes: Uint8Array): Uint8Array =>
    bytes.subarray(0, Math.floor((bytes.length * ((limit * 7) % 10)) / 10));
  return {
    ...realDisk,
    count: () => count,
    async create(path, pieces) {
      if (!isLast()) return realDisk.create(path, pieces);
      writeFileSync(path, half(Buffer.concat([...pieces])));
      throw new DiskFull();
    },
    async openToGrow(path, length) {
      const file = await realDisk.openToGrow(path, length);
      return {
        async append(bytes) {
          if (!isLast()) return file.append(bytes);
          appendFileSync(path, half(bytes));
          throw new DiskFull();
        },
        close: () => file.close(),
      };
    },
    async replace(from, to) {
      if (isLast()) throw new DiskFull();
      return realDisk.replace(from, to);
    },
    async remove(path) {
      if (isLast()) throw new DiskFull();
      return realDisk.remove(path);
    },
  };
}

class DiskFull extends Error {
  readonly code = 'ENOSPC';
}
