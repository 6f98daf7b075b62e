import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RootSecrets, SavedCloud } from '../../engine/index.ts';
import { anArtifact, deleting, NOTHING, storing } from '../testing/changes.ts';
import { failingDisk } from '../testing/failingDisk.ts';
import type { Disk } from './disk.ts';
import { type Keep, openKeep } from './keep.ts';
import { KeepProblem } from './problem.ts';

const folders: string[] = [];
const keeps: Keep[] = [];
afterEach(async () => {
  for (const keep of keeps.splice(0)) await keep.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keep-'));
  folders.push(folder);
  return folder;
}
const makeSecrets = (): RootSecrets => ({
  domainKey: new Uint8Array(32).fill(1),
  s3RootKey: new Uint8Array(32).fill(2),
});
async function open(folder: string, more: { region?: string; compactBytes?: number; disk?: Disk } = {}): Promise<Keep> {
  const keep = await openKeep(folder, { region: 'eu-central-1', makeSecrets, ...more });
  keeps.push(keep);
  return keep;
}
async function close(keep: Keep): Promise<void> {
  keeps.splice(keeps.indexOf(keep), 1);
  await keep.close();
}
/** Writing is over when `commit` has answered: closing writes nothing more, so this is as good as being killed. */
const kill = close;
const bytesOf = (length: number, fill: number) => new Uint8Array(length).fill(fill);
const LARGE = 10_000;

/** Object name to first byte and length of its content. */
function objectsIn({ rows, contents }: SavedCloud): Record<string, string> {
  return Object.fromEntries(
    rows
      .filter(row => row.table === 'objects')
      .map(row => {
        const content = contents.find(({ id }) => id === row.value?.piece);
        return [row.id, `${content?.bytes[0]}×${content?.bytes.length}`];
      }),
  );
}
const problemOf = async (promise: Promise<unknown>): Promise<string> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(KeepProblem);
  return thrown instanceof Error ? thrown.message : '';
};

describe('a data folder', () => {
  it('is made with what nobody else may read, and gives the same secrets ever after', async () => {
    const folder = join(newFolder(), 'deep', 'down');
    const first = await open(folder);
    expect([first.starts, first.saved]).toEqual([1, { rows: [], contents: [], artifacts: [] }]);
    await close(first);
    const again = await openKeep(folder, {
      region: 'eu-central-1',
      makeSecrets: () => ({ domainKey: bytesOf(32, 9), s3RootKey: bytesOf(32, 9) }),
    });
    keeps.push(again);
    expect(again.secrets).toEqual(makeSecrets());
    expect(again.starts).toBe(2);
    if (process.platform === 'win32') return;
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'journal.jsonl')).mode & 0o077).toBe(0);
  });

  it('gives back rows, contents of any size and artifacts', async () => {
    const folder = newFolder();
    const keep = await open(folder);
    await keep.commit(storing('small', 'a2', bytesOf(5, 1)));
    await keep.commit(storing('empty', 'a3', bytesOf(0, 0)));
    await keep.commit(storing('large', 'a4', bytesOf(LARGE, 3)));
    await keep.commit(storing('token', 'a5', bytesOf(LARGE, 4), 'kms.host'));
    const odd = JSON.parse('{"__proto__":{"x":1},"lone":"\\ud83d","n":null,"list":[1,{"a":"\\u0000"}]}');
    await keep.commit({ ...NOTHING, rows: [{ table: 'odd', id: '__proto__', value: odd }] });
    await kill(keep);
    const { saved } = await open(folder);
    expect(objectsIn(saved)).toEqual({ small: '1×5', empty: 'undefined×0', large: '3×10000', token: '4×10000' });
    expect(saved.rows.find(row => row.table === 'odd')?.value).toEqual(odd);
    expect(saved.contents.map(({ place, id }) => `${place} ${id}`)).toContain('kms.host a5');
    expect(saved.artifacts.map(({ id }) => id).sort()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    expect(saved.artifacts.find(({ id }) => id === 'a2')).toEqual(storing('', 'a2', bytesOf(0, 0)).artifacts[0]);
  });

  it('loses what was deleted, and its files', async () => {
    const folder = newFolder();
    const keep = await open(folder);
    await keep.commit(storing('one', 'a2', bytesOf(LARGE, 1)));
    await keep.commit(storing('two', 'a3', bytesOf(LARGE, 2)));
    await keep.commit(deleting('one', 'a2'));
    expect(readdirSync(join(folder, 'contents/s3.disk'))).toEqual(['000000000002']);
    await keep.commit(storing('one', 'a2', bytesOf(LARGE, 5)));
    await kill(keep);
    expect(objectsIn((await open(folder)).saved)).toEqual({ one: '5×10000', two: '2×10000' });
  });

  it('is not written to when nothing changed', async () => {
    const folder = newFolder();
    const keep = await open(folder);
    await keep.commit(storing('one', 'a2', bytesOf(LARGE, 1)));
    const size = statSync(join(folder, 'journal.jsonl')).size;
    await keep.commit(NOTHING);
    await keep.commit({ ...NOTHING, dropped: [{ place: 'kms.host', id: 'a99' }] });
    await keep.commit({ ...NOTHING, stored: [{ place: 's3.disk', id: 'a2', bytes: bytesOf(LARGE, 1) }] });
    expect(statSync(join(folder, 'journal.jsonl')).size).toBe(size);
    expect(readdirSync(join(folder, 'contents/s3.disk'))).toHaveLength(1);
  });

  it('takes many changes at once, in order', async () => {
    const folder = newFolder();
    const keep = await open(folder, { compactBytes: 20_000 });
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => keep.commit(storing(`o${i % 7}`, `a${i + 2}`, bytesOf(1 + (i % 7), i)))),
    );
    await kill(keep);
    const { saved } = await open(folder);
    expect(objectsIn(saved)).toMatchObject({ o3: '199×4', o2: '198×3', o4: '193×5' });
  });
});

describe('a long journal', () => {
  it('is folded into a snapshot, again and again, and what nobody needs is left out', async () => {
    const folder = newFolder();
    const keep = await open(folder, { compactBytes: 3000 });
    for (let i = 0; i < 60; i++) {
      await keep.commit(storing(`o${i}`, `a${i + 2}`, bytesOf(i % 2 === 0 ? LARGE : 20, i)));
      if (i >= 5) await keep.commit(deleting(`o${i - 5}`, `a${i - 3}`));
    }
    expect(statSync(join(folder, 'journal.jsonl')).size).toBeLessThan(12_000);
    await kill(keep);
    const again = await open(folder, { compactBytes: 3000 });
    expect(Object.keys(objectsIn(again.saved))).toEqual(['o55', 'o56', 'o57', 'o58', 'o59']);
    expect(again.starts).toBe(2);
    await close(again);
    const small = await open(folder, { compactBytes: 10 });
    await close(small);
    const last = await open(folder);
    const ids = last.saved.artifacts.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['a1', 'a57', 'a58', 'a59', 'a60', 'a61']));
    expect(ids.length).toBeLessThan(20);
    expect(last.starts).toBe(4);
  });

  it('whose artifacts were left out tells them again when they come back', async () => {
    const folder = newFolder();
    const keep = await open(folder, { compactBytes: 10 });
    await keep.commit(storing('one', 'a2', bytesOf(5, 1)));
    await keep.commit(deleting('one', 'a2'));
    await keep.commit(storing('one', 'a2', bytesOf(5, 1)));
    await kill(keep);
    expect((await open(folder)).saved.artifacts).toHaveLength(2);
  });
});

describe('an end at any moment', () => {
  /** A life with everything in it: small and large contents, deletes, a snapshot. Notes what was acknowledged. */
  async function live(folder: string, disk: Disk, acknowledged: Map<string, string | undefined>): Promise<void> {
    const keep = await open(folder, { disk, compactBytes: 2500 });
    try {
      const told: Promise<void>[] = [];
      for (let i = 0; i < 14; i++) {
        const length = i % 3 === 0 ? LARGE : 10 + i;
        told.push(
          keep.commit(storing(`o${i}`, `a${i + 2}`, bytesOf(length, i))).then(() => {
            acknowledged.set(`o${i}`, `${i}×${length}`);
          }),
        );
        if (i % 2 === 0) await Promise.allSettled(told);
        if (i === 5 || i === 9) {
          const name = `o${i - 2}`;
          acknowledged.set(name, undefined);
          told.push(keep.commit(deleting(name, `a${i}`)).then(() => void acknowledged.set(name, 'gone')));
        }
      }
      await Promise.all(told);
    } finally {
      await kill(keep);
    }
  }

  it('leaves everything that was acknowledged, and nothing torn', async () => {
    const whole = failingDisk(Number.POSITIVE_INFINITY);
    await live(newFolder(), whole, new Map());
    expect(whole.count()).toBeGreaterThan(25);
    for (let limit = 1; limit <= whole.count(); limit++) {
      const folder = newFolder();
      const acknowledged = new Map<string, string | undefined>();
      await live(folder, failingDisk(limit), acknowledged).catch(error => expect(error).toBeInstanceOf(KeepProblem));
      const again = await open(folder);
      const found = objectsIn(again.saved);
      for (const [name, expected] of acknowledged) {
        if (expected !== undefined) expect(found[name] ?? 'gone', `${name} after ${limit}`).toBe(expected);
      }
      for (const [name, content] of Object.entries(found)) {
        expect(content, `${name} after ${limit}`).toBe(
          `${name.slice(1)}×${Number(name.slice(1)) % 3 === 0 ? LARGE : 10 + Number(name.slice(1))}`,
        );
      }
      // And the folder goes on working.
      await again.commit(storing('later', 'a99', bytesOf(LARGE, 99)));
      await close(again);
      const files = readdirSync(join(folder, 'contents/s3.disk')).length;
      const last = await open(folder);
      expect(objectsIn(last.saved)).toEqual({ ...found, later: `99×${LARGE}` });
      expect(files).toBe(last.saved.contents.filter(({ bytes }) => bytes.length > 4096).length);
      await close(last);
    }
  });

  it('inside the last line, at each of its bytes, takes that line away and no other', async () => {
    const folder = newFolder();
    const keep = await open(folder);
    await keep.commit(storing('one', 'a2', bytesOf(5, 1)));
    const path = join(folder, 'journal.jsonl');
    const before = statSync(path).size;
    await keep.commit(storing('two', 'a3', bytesOf(5, 2)));
    await kill(keep);
    const whole = readFileSync(path);
    for (let size = before; size < whole.length; size += 7) {
      writeFileSync(path, whole.subarray(0, size));
      const again = await open(folder);
      expect(objectsIn(again.saved), `${size} bytes`).toEqual({ one: '1×5' });
      await close(again);
    }
  });

  it('after any sequence of changes gives back the same world', async () => {
    const step = fc.record({
      name: fc.nat(5),
      length: fc.constantFrom(0, 1, 4096, 4097, 9000),
      isDelete: fc.boolean(),
      isRestart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.constantFrom(10, 2000, 1e9),
        async (steps, compactBytes) => {
          const folder = newFolder();
          const model = new Map<string, { id: string; text: string }>();
          let keep = await open(folder, { compactBytes });
          for (const [i, { name, length, isDelete, isRestart }] of steps.entries()) {
            const old = model.get(`o${name}`);
            if (isDelete && old) {
              await keep.commit(deleting(`o${name}`, old.id));
              model.delete(`o${name}`);
            } else {
              const change = storing(`o${name}`, `a${i + 2}`, bytesOf(length, i));
              await keep.commit({ ...change, dropped: old ? [{ place: 's3.disk', id: old.id }] : [] });
              model.set(`o${name}`, { id: `a${i + 2}`, text: `${length === 0 ? undefined : i}×${length}` });
            }
            if (!isRestart) continue;
            await kill(keep);
            keep = await open(folder, { compactBytes });
          }
          await kill(keep);
          keep = await open(folder);
          expect(objectsIn(keep.saved)).toEqual(Object.fromEntries([...model].map(([name, { text }]) => [name, text])));
          expect(keep.saved.contents).toHaveLength(model.size);
          await close(keep);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a disk that fails', () => {
  it('refuses that change and all later ones, and says why', async () => {
    const folder = newFolder();
    const disk = failingDisk(8);
    const keep = await open(folder, { disk });
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, async (_, i) => {
        await new Promise(go => setTimeout(go, i * 5));
        await keep.commit(storing(`o${i}`, `a${i + 2}`, bytesOf(LARGE, i)));
      }),
    );
    const refused = results.filter(result => result.status === 'rejected').length;
    expect(refused).toBeGreaterThan(0);
    expect(keep.failure()?.message).toMatch(/could not be written to: ENOSPC\. No requests are taken/);
    await expect(keep.commit(NOTHING)).rejects.toThrow('ENOSPC');
    await kill(keep);
    expect(Object.keys(objectsIn((await open(folder)).saved))).toHaveLength(6 - refused);
  });
});

describe('a damaged folder', () => {
  async function filled(): Promise<string> {
    const folder = newFolder();
    const keep = await open(folder, { compactBytes: 1500 });
    for (let i = 0; i < 6; i++) await keep.commit(storing(`o${i}`, `a${i + 2}`, bytesOf(i % 2 === 0 ? LARGE : 9, i)));
    await close(keep);
    const later = await open(folder);
    await later.commit(storing('last', 'a50', bytesOf(9, 50)));
    await later.commit(storing('very last', 'a51', bytesOf(9, 51)));
    await close(later);
    return folder;
  }
  const all = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => `${path}\n${readFileSync(path, 'latin1')}`)
      .join('\n');
  const flip = (path: string, at: number) => {
    const bytes = readFileSync(path);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const cut = (path: string, bytes: number) => writeFileSync(path, readFileSync(path).subarray(0, -bytes));

  it.each<[string, string, (path: string) => void, RegExp]>([
    ['no secrets', 'secrets.json', rmSync, /secrets\.json is missing: without it nothing/],
    ['secrets of nobody', 'secrets.json', path => writeFileSync(path, '{}'), /secrets\.json is damaged/],
    ['half the secrets', 'secrets.json', path => cut(path, 20), /secrets\.json is damaged/],
    [
      'secrets of a later version',
      'secrets.json',
      path => writeFileSync(path, readFileSync(path, 'utf8').replace('"version":1', '"version":2')),
      /secrets\.json was written by another version/,
    ],
    ['no journal', 'journal.jsonl', rmSync, /journal\.jsonl is missing/],
    [
      'an empty journal',
      'journal.jsonl',
      path => writeFileSync(path, ''),
      /journal\.jsonl was not written by this version/,
    ],
    [
      'a journal with a changed first line',
      'journal.jsonl',
      path => flip(path, 30),
      /journal\.jsonl is damaged in line 1/,
    ],
    ['a journal with a changed line', 'journal.jsonl', path => flip(path, 130), /journal\.jsonl is damaged in line 2/],
    ['no snapshot', 'snapshot.jsonl', rmSync, /journal\.jsonl does not go on where .*snapshot\.jsonl ends/],
    [
      'a snapshot with a changed line',
      'snapshot.jsonl',
      path => flip(path, 400),
      /snapshot\.jsonl is damaged in line \d/,
    ],
    ['a snapshot cut short', 'snapshot.jsonl', path => cut(path, 5), /snapshot\.jsonl is damaged/],
    [
      'a snapshot without its last line',
      'snapshot.jsonl',
      path => writeFileSync(path, readFileSync(path, 'utf8').replace(/[^\n]+\n$/, '')),
      /snapshot\.jsonl is damaged/,
    ],
    ['a content that is gone', 'contents/s3.disk/000000000001', rmSync, /000000000001 is missing/],
    [
      'a content with a changed byte',
      'contents/s3.disk/000000000001',
      path => flip(path, 7),
      /000000000001 is damaged/,
    ],
    ['a content cut short', 'contents/s3.disk/000000000001', path => cut(path, 1), /000000000001 is damaged/],
  ])('with %s is refused, the message says which file, and nothing is changed', async (_, name, damage, message) => {
    const folder = await filled();
    expect(existsSync(join(folder, name))).toBe(true);
    damage(join(folder, name));
    const before = all(folder);
    expect(await problemOf(open(folder))).toMatch(message);
    expect(all(folder)).toBe(before);
  });

  it('never says a secret', async () => {
    const folder = await filled();
    const secret = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).domainKey;
    cut(join(folder, 'secrets.json'), 20);
    expect(await problemOf(open(folder))).not.toContain(secret);
  });

  it('that belongs to another Region or to something else is refused', async () => {
    const folder = await filled();
    expect(await problemOf(open(folder, { region: 'us-east-1' }))).toContain('Start with --region eu-central-1');
    const foreign = newFolder();
    writeFileSync(join(foreign, 'thesis.txt'), 'x');
    expect(await problemOf(open(foreign))).toContain('holds files that are not the endpoint');
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
    const file = join(foreign, 'thesis.txt');
    expect(await problemOf(open(file))).toMatch(/cannot be used: (EEXIST|ENOTDIR)/);
  });

  it('with leftovers of an interrupted write is cleaned', async () => {
    const folder = await filled();
    writeFileSync(join(folder, 'contents/s3.disk/000000000077'), 'x');
    writeFileSync(join(folder, 'snapshot.jsonl.new'), 'x');
    writeFileSync(join(folder, 'journal.jsonl.new'), 'x');
    appendFileSync(join(folder, 'journal.jsonl'), '0123456789abcdef {"seq":');
    const keep = await open(folder, { compactBytes: 10 });
    expect(Object.keys(objectsIn(keep.saved))).toHaveLength(8);
    expect(readdirSync(join(folder, 'contents/s3.disk'))).not.toContain('000000000077');
  });
});

describe('the lock', () => {
  it('keeps a second endpoint out until the first is closed', async () => {
    const folder = newFolder();
    const first = await open(folder);
    expect(await problemOf(open(folder))).toContain(`in use by another endpoint (process ${process.pid})`);
    await close(first);
    expect(readdirSync(folder).filter(name => name.startsWith('lock'))).toEqual([]);
    await open(folder);
  });

  it.each([
    ['a process that is dead', () => JSON.stringify({ pid: deadPid(), began: '' })],
    ['an earlier process of the same number', () => JSON.stringify({ pid: process.pid, began: 'another boot 1' })],
    ['nobody, being garbage', () => 'x'],
    ['nobody, being empty', () => ''],
    ['nobody, being null', () => 'null'],
  ])('of %s is taken over', async (_, text) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), text());
    await open(folder);
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')).pid).toBe(process.pid);
  });

  it('is had by one of many who come at once', async () => {
    for (let round = 0; round < 5; round++) {
      const folder = newFolder();
      writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: deadPid(), began: '' }));
      const results = await Promise.allSettled(Array.from({ length: 4 }, () => open(folder)));
      expect(results.filter(result => result.status === 'fulfilled').length).toBe(1);
    }
  });
});

function deadPid(): number {
  return spawnSync('true').pid || 999_999;
}

it('an artifact with a lock that names itself ends', async () => {
  const folder = newFolder();
  const keep = await open(folder, { compactBytes: 10 });
  const artifacts = [
    anArtifact('a2', { lock: { keyId: 'a2', contents: ['a2'], algorithm: 'x' }, derivedFrom: ['a2'] }),
  ];
  await keep.commit({ ...storing('one', 'a2', bytesOf(5, 1)), artifacts });
  await kill(keep);
  expect((await open(folder)).saved.artifacts).toEqual(artifacts);
});
