// npm run bench:endpoint: the real AWS SDK over TCP against our endpoint, with and without traces, and against another S3 emulator
// from the npm registry, in turns within one run: 1 KiB PUT and GET, and 64 MiB. Ratios count; absolute figures are this machine's.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const OTHER = 's3rver@3.7.1';
const SECONDS = Number(process.argv[2] ?? 3);
const ROUNDS = 3;
const WORKERS = 8;
const Bucket = 'bench';
const folder = mkdtempSync(join(tmpdir(), 'envelope-bench-'));
const children = [];
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function start(command, args, port) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`${command} ${args.join(' ')} did not come up`);
}

function clientFor(port, accessKeyId, secretAccessKey) {
  return new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    // The other emulator is older than today's default checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

async function ours(name, more) {
  const port = await freePort();
  const args = ['scripts/endpoint.mjs', '--port', String(port), '--region', 'us-east-1', '--quiet', ...more];
  await start(process.execPath, args, port);
  return { name, s3: clientFor(port, 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') };
}

async function other() {
  const home = join(folder, 'other');
  mkdirSync(home);
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', home, OTHER], {
    encoding: 'utf8',
  });
  if (installed.status !== 0) {
    console.log(`skipped: ${OTHER} could not be fetched from the npm registry`);
    return undefined;
  }
  const port = await freePort();
  const data = join(folder, 'data');
  mkdirSync(data);
  const program = join(home, 'node_modules/s3rver/bin/s3rver.js');
  await start(process.execPath, [program, '-d', data, '-p', String(port), '-a', '127.0.0.1', '--silent'], port);
  return { name: OTHER, s3: clientFor(port, 'S3RVER', 'S3RVER') };
}

/** Requests a second, with several under way. */
async function rate(send) {
  const end = performance.now() + SECONDS * 1000;
  let count = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      while (performance.now() < end) {
        await send(count++);
      }
    }),
  );
  return (count * 1000) / (performance.now() - begin);
}

async function measure({ s3 }) {
  const small = Buffer.alloc(1024, 7);
  const large = Buffer.alloc(64 * 1024 * 1024, 7);
  const put = await rate(n => s3.send(new PutObjectCommand({ Bucket, Key: `small-${n % 20}`, Body: small })));
  const get = await rate(async n => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `small-${n % 20}` }));
    await Body.transformToByteArray();
  });
  const upBegin = performance.now();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body: large }));
  const up = 64_000 / (performance.now() - upBegin);
  const downBegin = performance.now();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }));
  await Body.transformToByteArray();
  const down = 64_000 / (performance.now() - downBegin);
  return { put, get, up, down };
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const contestants = [
  await ours('Envelope', []),
  await ours('Envelope, with traces', ['--trace', join(folder, 'traces')]),
  await ours('Envelope, kept on disk', ['--data', join(folder, 'kept')]),
  await other(),
].filter(one => one !== undefined);
for (const { s3 } of contestants) await s3.send(new CreateBucketCommand({ Bucket }));

const figures = new Map(contestants.map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const contestant of contestants) figures.get(contestant.name).push(await measure(contestant));
}
const base = figures.get('Envelope');
const rows = Object.fromEntries(
  [...figures].map(([name, rounds]) => {
    const of = member => median(rounds.map(one => one[member]));
    const ratio = member => of(member) / median(base.map(one => one[member]));
    return [
      name,
      {
        '1 KiB PUT/s': Math.round(of('put')),
        '× ': ratio('put').toFixed(2),
        '1 KiB GET/s': Math.round(of('get')),
        ' ×': ratio('get').toFixed(2),
        '64 MiB up, MiB/s': Math.round(of('up')),
        ' × ': ratio('up').toFixed(2),
        '64 MiB down, MiB/s': Math.round(of('down')),
        '×': ratio('down').toFixed(2),
      },
    ];
  }),
);
console.log(`${ROUNDS} rounds of ${SECONDS} s, ${WORKERS} requests under way; × is the share of the first row's rate`);
console.table(rows);
process.exit(0);
