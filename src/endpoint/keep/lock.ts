import { readFileSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { KeepProblem } from './problem.ts';

/** Holds a data folder for this process. */
export interface FolderLock {
  readonly release: () => Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** When the process began, in the system's own words: a number may be given to another process later. */
  readonly began: string;
}

/**
 * Takes the folder, also from a process that is dead.
 * @throws KeepProblem when another endpoint works with it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const own = join(folder, `lock.${process.pid}`);
  const text = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) } satisfies Holder);
  await writeFile(own, text, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      // A link is made whole or not at all: nobody can read half a lock.
      if (await isLinked(own, path)) return { release: () => rm(path, { force: true }) };
      const found = await readFile(path, 'utf8').catch(() => undefined);
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder && isAlive(holder)) {
        throw new KeepProblem(
          `${folder} is in use by another endpoint (process ${holder.pid}). Stop that one, or choose another folder.`,
        );
      }
      await removeStale(path, found, own);
    }
  } finally {
    await rm(own, { force: true });
  }
  throw new KeepProblem(`${folder} cannot be locked: several endpoints start in it at once. Try again.`);
}

async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

/** Only one of several that found the same dead holder may remove its lock: the one that makes the second link. */
async function removeStale(path: string, found: string, own: string): Promise<void> {
  const taking = `${path}.taking`;
  if (!(await isLinked(own, taking))) {
    const other = parseHolder(await readFile(taking, 'utf8').catch(() => ''));
    if (!other || !isAlive(other)) await rm(taking, { force: true });
    await new Promise(resolve => setTimeout(resolve, 20));
    return;
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === found) await rm(path, { force: true });
  } finally {
    await rm(taking, { force: true });
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('began' in value)) return undefined;
    const { pid, began } = value;
    return Number.isSafeInteger(pid) && Number(pid) > 0 && typeof began === 'string'
      ? { pid: Number(pid), began }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  if (pid === process.pid) return began === beganAt(pid);
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it is there and belongs to somebody else.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false;
  }
  return began === '' || began === beganAt(pid);
}

/** Boot and start of a process where the system tells (Linux); empty elsewhere. */
function beganAt(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return `${boot} ${fields?.[19] ?? ''}`;
  } catch {
    return '';
  }
}
