import type { RootSecrets } from '../../engine/index.ts';
import type { Disk } from './disk.ts';
import { isObject, KEEP_VERSION } from './entry.ts';
import type { Paths } from './paths.ts';
import { KeepProblem } from './problem.ts';

const SECRET_BYTES = 32;

/** Writes the root secrets, once in the life of a folder. */
export async function writeSecrets(disk: Disk, paths: Paths, region: string, secrets: RootSecrets): Promise<void> {
  const text = JSON.stringify({
    format: 'envelope-secrets',
    version: KEEP_VERSION,
    region,
    domainKey: Buffer.from(secrets.domainKey).toString('base64'),
    s3RootKey: Buffer.from(secrets.s3RootKey).toString('base64'),
  });
  await disk.remove(`${paths.secrets}.new`);
  await disk.create(`${paths.secrets}.new`, [Buffer.from(`${text}\n`)]);
  await disk.replace(`${paths.secrets}.new`, paths.secrets);
  await disk.syncFolder(paths.folder);
}

/** @throws KeepProblem when the file is not as it was written */
export function parseSecrets(
  bytes: Uint8Array,
  path: string,
): { readonly region: string; readonly secrets: RootSecrets } {
  const problem = new KeepProblem(
    `${path} is damaged. Put it back from a copy, or choose another folder: without it nothing kept here can be opened.`,
  );
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    throw problem;
  }
  if (!isObject(value) || value.format !== 'envelope-secrets') throw problem;
  if (value.version !== KEEP_VERSION) {
    throw new KeepProblem(`${path} was written by another version of the endpoint. Choose another folder.`);
  }
  const domainKey = parseSecret(value.domainKey);
  const s3RootKey = parseSecret(value.s3RootKey);
  if (!domainKey || !s3RootKey || typeof value.region !== 'string') throw problem;
  return { region: value.region, secrets: { domainKey, s3RootKey } };
}

function parseSecret(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(value)) return undefined;
  const bytes = new Uint8Array(Buffer.from(value, 'base64'));
  return bytes.length === SECRET_BYTES ? bytes : undefined;
}
