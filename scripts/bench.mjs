// npm run bench [-- MEBIBYTES]: the engine against bare WebCrypto in Node and in Chromium, and the page itself.
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, createServer, preview } from 'vite';

const mebibytes = Number(process.argv[2] ?? 64);
const server = await createServer({ server: { port: 4199, strictPort: true }, logLevel: 'error' });
await server.listen();
const { launchOptions } = await server.ssrLoadModule('/scripts/browser.ts');

function show(title, result, peak) {
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
  if (peak !== undefined)
    console.log(`peak memory over the start: ${peak.toFixed(0)} MiB (${(peak / mebibytes).toFixed(1)} × the object)`);
}

const mib = bytes => bytes / 1024 / 1024;

// Node
const { bench } = await server.ssrLoadModule('/bench/core.ts');
const start = mib(process.memoryUsage().rss);
let highest = start;
const watch = setInterval(() => {
  highest = Math.max(highest, mib(process.memoryUsage().rss));
}, 20);
const inNode = await bench(mebibytes, line => console.error(`node: ${line}`));
clearInterval(watch);
show(`Node ${process.version}`, inNode, highest - start);

// Chromium
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage();
await page.goto('http://localhost:4199/bench/index.html');
await page.waitForFunction(() => 'runBench' in window);
const inChromium = await page.evaluate(size => window.runBench(size), mebibytes);
show(`Chromium ${browser.version()}`, inChromium);
await page.close();

// One upload and one download in the page, with the memory of the process that runs it.
await build({ logLevel: 'error' });
const site = await preview({ preview: { port: 4198, strictPort: true }, logLevel: 'error' });
const measured = await measurePage(browser);
console.log('\nThe page:');
console.table(measured);
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/latest.json', JSON.stringify({ inNode, inChromium, measured }, null, 2));
await browser.close();
await site.close();
await server.close();

/** First load in bytes, time to the first step, and seeking in the longest trace with the processor slowed six times. */
async function measurePage(host) {
  const context = await host.newContext({ viewport: { width: 1440, height: 900 } });
  const tab = await context.newPage();
  let bytes = 0;
  let zipped = 0;
  tab.on('response', async response => {
    const body = await response.body().catch(() => undefined);
    if (!body) return;
    bytes += body.length;
    zipped += gzipSync(body, { level: 9 }).length;
  });
  const begin = performance.now();
  await tab.goto('http://localhost:4198/#v=1&mode=dsse-kms&op=download&net=https&as=owner&step=1');
  const slider = tab.getByRole('slider').first();
  await slider.waitFor();
  await tab.waitForFunction(() =>
    /of [1-9]/.test(document.querySelector('[role=slider]')?.getAttribute('aria-valuetext') ?? ''),
  );
  const ready = performance.now() - begin;
  await tab.waitForTimeout(500);
  const session = await context.newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const seeks = await tab.evaluate(async () => {
    const rows = [...document.querySelectorAll('[data-step] button, button[data-step]')];
    const times = [];
    let index = 0;
    for (let round = 0; round < 20 && rows.length > 0; round++) {
      index = (index + 7) % rows.length;
      const from = performance.now();
      rows[index].click();
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b);
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await context.close();
  return {
    'first load, kB': Math.round(bytes / 1000),
    'first load zipped, kB': Math.round(zipped / 1000),
    'first step can be taken, ms': Math.round(ready),
    'seek at 6× throttle, median ms': Math.round(seeks[Math.floor(seeks.length / 2)] ?? -1),
    'seek at 6× throttle, worst ms': Math.round(seeks.at(-1) ?? -1),
  };
}
