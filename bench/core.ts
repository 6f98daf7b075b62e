/**
 * Speed of the engine against bare WebCrypto, in one run on one machine. Ratios are what counts: absolute times depend on who
 * else uses the cores.
 */
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../src/engine/crypto/aesGcm.ts';
import { md5 } from '../src/engine/crypto/md5.ts';
import { openObject, sealObject } from '../src/engine/crypto/objectCipher.ts';
import { cryptoRandom } from '../src/engine/crypto/seededRandom.ts';
import { sha256 } from '../src/engine/crypto/sha2.ts';
import { type Bytes, MODES, type Mode, type RunSpec, runDownload, runUpload } from '../src/engine/index.ts';
import { deriveTrafficKey, openRecords, sealRecords } from '../src/engine/wire/records.ts';

const MIB = 1024 * 1024;
/** Best piece for all browsers (256 KiB). */
const PIECE = 256 * 1024;

export interface ModeResult {
  readonly mode: Mode;
  /** Throughput of the engine's at-rest path as a share of bare WebCrypto's over the same passes; `undefined`: nothing encrypted. */
  readonly uploadRatio: number | undefined;
  readonly downloadRatio: number | undefined;
  /** Milliseconds of the whole run, request to answer, trace included. */
  readonly uploadRun: number;
  readonly downloadRun: number;
  readonly events: number;
}

export interface BenchResult {
  readonly mebibytes: number;
  /** Bare WebCrypto AES-256-GCM, 256 KiB a call, MB/s. */
  readonly bareRate: number;
  readonly modes: readonly ModeResult[];
  /** What else a request of that size does, milliseconds each. */
  readonly breakdown: Readonly<Record<string, number>>;
}

async function timed(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** The middle of three, so that one hiccup of a shared core does not decide. */
async function median(act: () => unknown): Promise<number> {
  const times = [await timed(act), await timed(act), await timed(act)].sort((a, b) => a - b);
  return times[1] ?? 0;
}

/** What anybody would write: one call after another, fresh IV each, into one output. */
async function bareSeal(cryptoKey: CryptoKey, data: Bytes, inFlight: number): Promise<Bytes> {
  const pieces = Math.ceil(data.length / PIECE);
  const output = new Uint8Array(data.length + pieces * 16);
  let next = 0;
  const lane = async () => {
    while (next < pieces) {
      const index = next++;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const piece = data.subarray(index * PIECE, (index + 1) * PIECE);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, cryptoKey, piece);
      output.set(new Uint8Array(sealed), index * (PIECE + 16));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return output;
}

const FIXED_IV = new Uint8Array(12).fill(1);

/** The passes that a mode makes over the object's bytes, in order. */
const PASSES: Readonly<Record<Mode, readonly ('object' | 'whole')[]>> = {
  'sse-s3': ['object'],
  'sse-kms-aws': ['object'],
  'sse-kms-cmk': ['object'],
  'dsse-kms': ['object', 'object'],
  'sse-c': ['object'],
  'cse-aes': ['whole', 'object'],
  'cse-rsa': ['whole', 'object'],
  'cse-kms': ['whole', 'object'],
  none: [],
};

async function cryptoPath(cryptoKey: CryptoKey, data: Bytes, mode: Mode) {
  const passes = PASSES[mode];
  if (passes.length === 0) return undefined;
  const sealed: Bytes[] = [];
  const up = await median(async () => {
    sealed.length = 0;
    let current = data;
    for (const pass of passes) {
      current =
        pass === 'object'
          ? await sealObject({ cryptoKey, random: cryptoRandom, plaintext: current })
          : await sealAesGcm({ cryptoKey, iv: FIXED_IV, plaintext: current });
      sealed.push(current);
    }
  });
  const down = await median(async () => {
    let current = sealed.at(-1) ?? data;
    for (const pass of [...passes].reverse()) {
      current =
        pass === 'object'
          ? await openObject({ cryptoKey, sealed: current })
          : await openAesGcm({ cryptoKey, iv: FIXED_IV, sealed: current });
    }
  });
  return { up, down };
}

/** Everything, on `mebibytes` MiB. `report` hears of each step. */
export async function bench(mebibytes: number, report: (line: string) => void): Promise<BenchResult> {
  const data = cryptoRandom.bytes(mebibytes * MIB);
  const cryptoKey = await importAesGcmKey(cryptoRandom.bytes(32));
  await bareSeal(cryptoKey, data.subarray(0, 8 * MIB), 8);
  const bare = await median(() => bareSeal(cryptoKey, data, 8));
  const modes: ModeResult[] = [];
  for (const mode of MODES) {
    const path = await cryptoPath(cryptoKey, data, mode);
    const passes = PASSES[mode].length;
    const spec = (operation: RunSpec['operation']): RunSpec => ({
      mode,
      operation,
      transport: 'https',
      principal: 'owner',
    });
    const input = { name: 'bench.bin', type: '', bytes: data };
    const start = performance.now();
    const uploaded = await runUpload(spec('upload'), input);
    const middle = performance.now();
    const stored = { name: input.name, length: data.length };
    const downloaded = await runDownload(spec('download'), uploaded.world, stored);
    modes.push({
      mode,
      uploadRatio: path && (bare * passes) / path.up,
      downloadRatio: path && (bare * passes) / path.down,
      uploadRun: middle - start,
      downloadRun: performance.now() - middle,
      events: Math.max(uploaded.trace.events.length, downloaded.trace.events.length),
    });
    report(`${mode} done`);
  }
  return { mebibytes, bareRate: data.length / 1e6 / (bare / 1e3), modes, breakdown: await breakdown(data) };
}

async function breakdown(data: Bytes): Promise<Record<string, number>> {
  const traffic = await deriveTrafficKey(cryptoRandom.bytes(32), 'request');
  let records: Bytes = new Uint8Array(0);
  const seal = await timed(async () => {
    records = await sealRecords(traffic, data);
  });
  const open = await timed(() => openRecords(traffic, records));
  return {
    'SHA-256, one side': await timed(() => sha256(data)),
    'MD5 for the ETag': await timed(() => md5(data)),
    'copy of the object': await timed(() => data.slice()),
    'sealing TLS-like records': seal,
    'opening TLS-like records': open,
  };
}
