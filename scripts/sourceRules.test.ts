import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
const isProduct = (path: string) => !/\.test\.tsx?$|\/testing\//.test(path);

/** The only places that may touch real chance and real time. */
const HOSTS = ['src/engine/clock.ts', 'src/engine/crypto/seededRandom.ts'];
// A local `document` of XML is none of the page's: only what belongs to the page counts.
const IMPURE =
  /Math\.random|Date\.now|new Date\(\)|getRandomValues|localStorage|\bdocument\.(?:body|head|title|cookie|create|querySelector|getElement|addEventListener|active|documentElement)|\bwindow\./;

describe('the source', () => {
  it('has no hidden clock and no hidden chance in pure zones', () => {
    const pure = ['src/engine', 'src/scene', 'src/content', 'src/quiz'].flatMap(files).filter(isProduct);
    expect(pure.length).toBeGreaterThan(60);
    const guilty = pure.filter(path => !HOSTS.includes(path) && IMPURE.test(readFileSync(path, 'utf8')));
    expect(guilty).toEqual([]);
  });

  it('keeps every file to 400 lines, data and tests apart', () => {
    const long = files('src')
      .filter(path => isProduct(path) && !path.startsWith('src/content/'))
      .filter(path => readFileSync(path, 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });

  it('locks packages without naming a registry host', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
  });

  it('leaves nothing for later and escapes no type', () => {
    const marks = /\bTODO\b|\bFIXME\b|\bXXX\b|@ts-ignore|@ts-expect-error|as any\b|as unknown as/;
    const guilty = files('src').filter(path => marks.test(readFileSync(path, 'utf8')));
    expect(guilty).toEqual([]);
  });

  it('runs every test that replaces modules apart from the others, which share their modules', () => {
    const replacing = files('src').filter(
      path => /\.test\.ts$/.test(path) && /\bvi\.(?:mock|doMock)\(/.test(readFileSync(path, 'utf8')),
    );
    const config = readFileSync('vitest.config.ts', 'utf8');
    expect(replacing.filter(path => !config.includes(path))).toEqual([]);
  });
});
