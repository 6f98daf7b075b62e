import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ServedRun, TRACE_FORMAT, TRACE_VERSION, type Trace } from '../engine/index.ts';
import { openTraceFolder } from './traces.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'traces-')));
  return folders.at(-1) ?? '';
}
const trace = (operation: string): Trace<ServedRun> => ({
  format: TRACE_FORMAT,
  version: TRACE_VERSION,
  run: { service: 's3', operation, transport: 'https' },
  bucketName: 'bucket',
  objectName: 'ü',
  objectLength: 0,
  opening: [],
  artifacts: {},
  steps: [],
  events: [],
  exchanges: [],
  outcome: { isOk: true },
});

describe('the folder of traces', () => {
  it('has a file for each request, named after its operation, that reads back', async () => {
    const folder = join(newFolder(), 'new');
    const traces = await openTraceFolder(folder, () => undefined);
    traces.add(trace('ListObjectsV2'));
    traces.add(trace('../../etc/passwd'));
    traces.add(trace(''));
    await traces.flush();
    expect(readdirSync(folder).sort()).toEqual([
      '000001-s3-ListObjectsV2.json',
      '000002-s3-etcpasswd.json',
      '000003-s3-.json',
    ]);
    const path = join(folder, '000001-s3-ListObjectsV2.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(trace('ListObjectsV2'));
    expect(process.platform === 'win32' ? 0 : statSync(path).mode & 0o077).toBe(0);
  });

  it('keeps the newest 100, over several starts, and leaves other files alone', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'notes.json'), 'x');
    for (let start = 0; start < 3; start++) {
      const traces = await openTraceFolder(folder, () => undefined);
      for (let i = 0; i < 60; i++) traces.add(trace('GetObject'));
      await traces.flush();
    }
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(101);
    expect([names[0], names[99], names[100]]).toEqual([
      '000081-s3-GetObject.json',
      '000180-s3-GetObject.json',
      'notes.json',
    ]);
  });

  it('that is gone is told once, and nothing else happens', async () => {
    const folder = newFolder();
    const lines: string[] = [];
    const traces = await openTraceFolder(folder, line => lines.push(line));
    rmSync(folder, { recursive: true });
    traces.add(trace('PutObject'));
    traces.add(trace('PutObject'));
    await traces.flush();
    expect(lines).toEqual([expect.stringContaining('traces cannot be written')]);
  });
});
