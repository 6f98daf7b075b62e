import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedRun, Trace } from '../engine/index.ts';

/** Traces that stay. */
export const KEPT_TRACES = 100;

export interface TraceFolder {
  /** Takes a trace to be written; whoever sent the request does not wait for it. */
  readonly add: (trace: Trace<ServedRun>) => void;
  /** Resolves when everything taken is written. */
  readonly flush: () => Promise<void>;
}

/** `000042-s3-PutObject.json`: our own names, so that nothing else in the folder is ever removed. */
const NAME = /^(\d{6,15})-(?:s3|kms|sts)-[A-Za-z0-9]{0,64}\.json$/;

/**
 * Writes the trace of each request as a file and removes the oldest. Traces show the first bytes of keys and contents: the
 * files are readable by their owner only.
 *
 * @param report told once when traces cannot be written
 */
export async function openTraceFolder(folder: string, report: (line: string) => void): Promise<TraceFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).filter(name => NAME.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
  let last = names.length === 0 ? 0 : numberOf(names.at(-1) ?? '');
  let work = Promise.resolve();
  let isReported = false;

  const write = async (name: string, trace: Trace<ServedRun>): Promise<void> => {
    const path = join(folder, name);
    await writeFile(`${path}.new`, `${JSON.stringify(trace)}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
    names.push(name);
    for (const old of names.splice(0, Math.max(0, names.length - KEPT_TRACES)))
      await rm(join(folder, old), { force: true });
  };
  return {
    add: trace => {
      const { service, operation } = trace.run;
      const number = String(++last).padStart(6, '0');
      const name = `${number}-${service}-${operation.replace(/[^A-Za-z0-9]/g, '').slice(0, 64)}.json`;
      work = work
        .then(() => write(name, trace))
        .catch(thrown => {
          if (!isReported)
            report(`traces cannot be written to ${folder}: ${thrown instanceof Error ? thrown.name : ''}`);
          isReported = true;
        });
    },
    flush: () => work,
  };
}

function numberOf(name: string): number {
  return Number(NAME.exec(name)?.[1] ?? 0);
}
