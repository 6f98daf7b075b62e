import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Builds the real program and gives its path. */
export async function buildProgram(): Promise<string> {
  const script = pathToFileURL(join(process.cwd(), 'scripts/buildEndpoint.mjs')).href;
  const { buildEndpoint } = (await import(/* @vite-ignore */ script)) as { buildEndpoint: () => Promise<string> };
  return buildEndpoint();
}

export interface Program {
  readonly child: ChildProcess;
  readonly port: number;
  readonly printed: () => string;
  readonly complaints: () => string;
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts the program and waits until it listens; rejects with what it complained about when it ends before. */
export function startProgram(path: string, args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, [path, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  const ended = new Promise<number | string>(resolve => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? -1));
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', chunk => {
      printed += chunk;
      const port = /https?:\/\/[^\s]*:(\d+)/.exec(printed)?.[1];
      if (port === undefined || !printed.includes('Ready.')) return;
      resolve({ child, port: Number(port), printed: () => printed, complaints: () => complaints, ended });
    });
    void ended.then(code => reject(new Error(`ended with ${code}: ${complaints}`)));
  });
}
