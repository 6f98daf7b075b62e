// Builds src/endpoint into one file that needs nothing but Node.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns path of the program: named after its content, so that two starts at once cannot disturb each other. */
export async function buildEndpoint() {
  const { output } = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: { ssr: 'src/endpoint/main.ts', write: false, target: 'node20', minify: false },
  });
  const chunks = output.filter(chunk => chunk.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`the endpoint is one file, not ${chunks.length}`);
  const { code } = chunks[0];
  const folder = join(root, 'node_modules/.cache/endpoint');
  const path = join(folder, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
  }
  return path;
}
