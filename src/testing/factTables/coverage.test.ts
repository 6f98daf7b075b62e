/** Every fact that can be seen from outside is named by a test; for every other one it is said why it cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../../content/facts.ts';

const SRC = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(import.meta.url);
const ID = /F-[A-Z0-9]{2,3}-\d{3}/g;
const FAMILIES = /^F-(?:HDR|BKT|BLK|BKY|ETG|MPU|CPY|UOE|HED|PRE|VER|POL|CT|KMS|ERR|CSR|CSK|FMT|WEB)-/;
/** Known answers of the client’s formats: no statements for a learner, but each has to be met. */
const VECTORS = [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25].map(
  number => `F-KAT-${number.toString().padStart(3, '0')}`,
);

/** Why no test can name a fact. One sentence each. */
const NOT_OBSERVABLE: Readonly<Record<string, string>> = {
  'F-BKY-011': 'Replication is not modelled.',
  'F-BKY-013': 'There are no directory buckets here.',
  'F-BLK-005': 'It is history: how the new default was introduced.',
  'F-BLK-007': 'It is history: what happened to buckets that were there before.',
  'F-BLK-015': 'There are no directory buckets here.',
  'F-BLK-016': 'It is a motive.',
  'F-CPY-009': 'A copy answers when it is done, so no error comes after the status.',
  'F-ERR-038': 'There are no directory buckets here.',
  'F-ERR-052': 'What S3 would answer is not published, and KMS has no inner trouble here.',
  'F-ETG-007': 'There are no directory buckets here.',
  'F-FMT-004': 'It is history: when the clients appeared.',
  'F-FMT-007': 'It is history: how long a client is supported.',
  'F-KMS-011': 'It says what is not published.',
  'F-KMS-044': 'Nothing here has a price.',
  'F-KMS-059': 'Nothing here has a price.',
  'F-KMS-064': 'There are no custom key stores here.',
  'F-KMS-065': 'Keys are made at once and in one Region, so they are never under way.',
  'F-KMS-080': 'Nothing here has a price.',
  'F-KMS-081': 'Nothing here has a price.',
  'F-KMS-083': 'It is history: numbers that hold no more.',
  'F-KMS-087': 'Quotas are raised through another service.',
  'F-UOE-003': 'It is a time that AWS needs.',
  'F-UOE-007': 'There is no Object Lock here.',
  'F-UOE-010': 'S3 Batch Operations is another service.',
};

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return /\.test\.tsx?$/.test(entry.name) && path !== HERE ? [path] : [];
  });
}

/** Ids in a test’s names and expectations; those in comments prove nothing. */
function idsIn(source: string): string[] {
  return source.split('\n').flatMap(line => {
    const isComment = /^\s*(?:\/\/|\/\*|\*)/.test(line);
    return isComment ? [] : (line.replace(/\s\/\/ .*$/, '').match(ID) ?? []);
  });
}

const named = new Map<string, string>();
for (const path of testFiles(SRC)) {
  for (const id of idsIn(readFileSync(path, 'utf8'))) named.set(id, path);
}
const isInQuestion = (id: string) => FAMILIES.test(id);
const inQuestion = Object.keys(FACTS).filter(isInQuestion);

describe('the facts that tests have to name', () => {
  it('are those that are recorded', () => {
    expect(inQuestion.length).toBeGreaterThan(400);
    expect(Object.keys(NOT_OBSERVABLE).filter(id => !inQuestion.includes(id))).toEqual([]);
  });

  it.each(inQuestion)('%s is named by a test, or said to be not observable', id => {
    const reason = NOT_OBSERVABLE[id];
    const by = named.get(id);
    if (reason === undefined) expect(by, `${id} ${FACTS[id]?.text}`).toBeDefined();
    else expect([by, reason], `${id} is named although it is said to be not observable`).toEqual([undefined, reason]);
  });

  it.each(VECTORS)('%s is met by a test', id => {
    expect(named.get(id)).toBeDefined();
  });

  it.each(Object.entries(NOT_OBSERVABLE))('%s has one sentence as its reason', (_id, reason) => {
    expect(reason).toMatch(/^[A-Z][^.]*[a-z]\.$/);
  });

  it('are named by ids that exist', () => {
    const unknown = [...named].filter(([id]) => isInQuestion(id) && FACTS[id] === undefined);
    expect(unknown).toEqual([]);
  });
});
