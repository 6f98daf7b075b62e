import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** Kilobytes (1,000 bytes) of gzip that may be loaded before the stage can be stepped; the worker apart. */
const LIMIT = 130;
const LIMIT_WITH_MOTION = 140;
const ASSETS = 'dist/assets';

/** The scripts that the page names, and whatever those import without being asked. */
function initialScripts(): string[] {
  const html = readFileSync('dist/index.html', 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g)].map(match => String(match[1]));
  const loaded = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (loaded.has(name)) continue;
    loaded.add(name);
    const code = readFileSync(join(ASSETS, name), 'utf8');
    waiting.push(
      ...[...code.matchAll(/(?:^|[;}\s])import(?:[^"'()]*from)?\s*["']\.\/([^"']+\.js)["']/g)].map(match =>
        String(match[1]),
      ),
    );
  }
  return [...loaded];
}

const sizeOf = (name: string) => gzipSync(readFileSync(join(ASSETS, name)), { level: 9 }).length / 1000;

describe('the built page', () => {
  it(`loads at most ${LIMIT} kB of script, zipped, before the stage can be stepped`, () => {
    const total = initialScripts().reduce((sum, name) => sum + sizeOf(name), 0);
    expect(total).toBeGreaterThan(60);
    expect(total).toBeLessThanOrEqual(LIMIT);
  });

  it(`loads at most ${LIMIT_WITH_MOTION} kB with the features of the motion library, for which nobody waits`, () => {
    const scripts = initialScripts();
    const later = readdirSync(ASSETS).filter(name => /^motionFeatures-.*\.js$/.test(name) && !scripts.includes(name));
    expect(later).toHaveLength(1);
    const total = [...scripts, ...later].reduce((sum, name) => sum + sizeOf(name), 0);
    expect(total).toBeLessThanOrEqual(LIMIT_WITH_MOTION);
  });

  it('has a strict content security policy and nothing inline', () => {
    const html = readFileSync('dist/index.html', 'utf8').replaceAll('&#39;', "'");
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(html).not.toMatch(/unsafe-(inline|eval)/);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(html).not.toMatch(/<style|\son\w+=/);
  });

  it('has the engine in a worker of its own', () => {
    expect(existsSync(ASSETS)).toBe(true);
    expect(readdirSync(ASSETS).some(name => /^labWorker-.*\.js$/.test(name))).toBe(true);
  });
});
