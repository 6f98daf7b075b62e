import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** Kilobytes (1,000 bytes) of gzip that may be loaded before the stage can be stepped; the worker apart. */
const LIMIT = 130;
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
    const scripts = initialScripts();
    expect(scripts.length).toBeGreaterThan(0);
    const total = scripts.reduce((sum, name) => sum + sizeOf(name), 0);
    // The stage waits for the motion features as well, wherever they are.
    const later = readdirSync(ASSETS).filter(
      name => /^(motionFeatures|features)-.*\.js$/.test(name) && !scripts.includes(name),
    );
    const all = total + later.reduce((sum, name) => sum + sizeOf(name), 0);
    expect(all).toBeGreaterThan(60);
    expect(all).toBeLessThanOrEqual(LIMIT);
  });

  it('has a strict content security policy and nothing inline', () => {
    const html = readFileSync('dist/index.html', 'utf8');
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
