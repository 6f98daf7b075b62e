// npm run bench [-- MEBIBYTES]: the engine against bare WebCrypto in Node and in Chromium, and the page itself.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, createServer, preview } from 'vite';

const mebibytes = Number(process.argv[2] ?? 64);
const server = await createServer({ server: { port: 4199, strictPort: true }, logLevel: 'error' });
await server.listen();
const { launchOptions } = await server.ssrLoadModule('/scripts/browser.ts');

function show(title, result) {
  console.log(
    `\n${title}: ${result.mebibytes} MiB, bare AES-256-GCM at 256 KiB a call ${result.bareRate.toFixed(0)} MB/s`,
  );
  console.table(
    Object.fromEntries(
      result.modes.map(mode => [
        mode.mode,
        {
          'crypto up / bare': mode.uploadRatio?.toFixed(2) ?? '–',
          'crypto down / bare': mode.downloadRatio?.toFixed(2) ?? '–',
          'upload, ms': Math.round(mode.uploadRun),
          'download, ms': Math.round(mode.downloadRun),
          events: mode.events,
        },
      ]),
    ),
  );
  console.log(
    'beside it, ms:',
    Object.fromEntries(Object.entries(result.breakdown).map(([name, ms]) => [name, Math.round(ms)])),
  );
}

// Node
const { bench } = await server.ssrLoadModule('/bench/core.ts');
show(`Node ${process.version}`, await bench(mebibytes, line => console.error(`node: ${line}`)));

// Chromium
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage();
await page.goto('http://localhost:4199/bench/index.html');
await page.waitForFunction(() => 'runBench' in window);
show(`Chromium ${browser.version()}`, await page.evaluate(size => window.runBench(size), mebibytes));
await page.close();

// The page itself: first load, seeking, and the memory of an upload and a download.
await build({ logLevel: 'error' });
const site = await preview({ preview: { port: 4198, strictPort: true }, logLevel: 'error' });
console.log('\nThe page:');
console.table(await measurePage());
console.log(
  `\nMemory of the page with ${mebibytes} MiB (anonymous memory of all renderer processes, over what it was before):`,
);
console.table(await measureMemory());
await browser.close();
await site.close();
await server.close();

function linkTo(mode, operation) {
  return `http://localhost:4198/#v=1&mode=${mode}&op=${operation}&net=https&as=owner&step=1`;
}
async function open(mode, operation) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const tab = await context.newPage();
  const files = [];
  tab.on('response', async response =>
    files.push([new URL(response.url()).pathname, await response.body().catch(() => Buffer.alloc(0))]),
  );
  const begin = performance.now();
  await tab.goto(linkTo(mode, operation));
  await isReady(tab);
  return { tab, files, ready: performance.now() - begin };
}
function isReady(tab) {
  return tab.waitForFunction(
    () =>
      /^Step \d+ of/.test(document.querySelector('[role=slider]')?.getAttribute('aria-valuetext') ?? '') &&
      document.querySelector('main')?.getAttribute('aria-busy') !== 'true',
  );
}

/** First load in bytes, time to the first step, and seeking in the longest run with the processor slowed six times. */
async function measurePage() {
  const { tab, files, ready } = await open('cse-kms', 'download');
  await tab.waitForTimeout(1000);
  const zipped = filter =>
    Math.round(
      files
        .filter(([path]) => filter.test(path))
        .reduce((sum, [, body]) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000,
    );
  const session = await tab.context().newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const seeks = await tab.evaluate(async () => {
    const rows = [...document.querySelectorAll('nav[aria-label=Steps] ol button')];
    const times = [];
    for (let round = 0; round < 24; round++) {
      const from = performance.now();
      rows[(round * 7) % rows.length].click();
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b);
  });
  await tab.context().close();
  return {
    'script and style, zipped kB (with what comes later)': zipped(/(?<!labWorker-[^/]*)\.(js|css)$|\/$/),
    'worker, zipped kB': zipped(/labWorker/),
    'first step can be taken, ms': Math.round(ready),
    'random step at 6× throttle, median ms to the frame': Math.round(seeks[12]),
    'random step at 6× throttle, worst ms': Math.round(seeks.at(-1)),
  };
}

/** Peaks while a file of that size goes up and comes down again. */
async function measureMemory() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'large.bin');
  writeFileSync(path, randomBytes(mebibytes * 1024 * 1024));
  const result = {};
  for (const mode of ['sse-s3', 'sse-kms-cmk', 'dsse-kms', 'cse-aes']) {
    const { tab } = await open(mode, 'upload');
    const before = anonymousMebibytes();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, anonymousMebibytes());
    }, 15);
    await tab.getByRole('button', { name: /^Object: / }).click();
    await tab.getByLabel('File', { exact: true }).setInputFiles(path);
    await tab.getByRole('button', { name: /^Object: large.bin/ }).waitFor();
    await tab.waitForTimeout(100);
    await isReady(tab);
    const up = peak - before;
    peak = before;
    await tab.getByRole('button', { name: 'Download', exact: true }).click();
    await tab.waitForTimeout(100);
    await isReady(tab);
    clearInterval(watch);
    const times = mib => `${Math.round(mib)} MiB = ${(mib / mebibytes).toFixed(1)} ×`;
    result[mode] = { upload: times(up), 'download (stored object included)': times(peak - before) };
    await tab.context().close();
  }
  rmSync(folder, { recursive: true });
  return result;
}

/** Linux only: what the browser's renderers hold. */
function anonymousMebibytes() {
  let sum = 0;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
      sum += Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      // the process ended meanwhile
    }
  }
  return sum;
}
