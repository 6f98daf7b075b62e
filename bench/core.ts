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

/** What anybody would write: one call after another, fresh IV each, into one output. */
async function bareSeal(cryptoKey: CryptoKey, data: Bytes, inFlight = 8): Promise<{ sealed: Bytes; ivs: Bytes[] }> {
  const pieces = Math.ceil(data.length / PIECE);
  const ivs: Bytes[] = [];
  const output = new Uint8Array(data.length + pieces * 16);
  let next = 0;
  const lane = async () => {
    while (next < pieces) {
      const index = next++;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      ivs[index] = iv;
      const piece = data.subarray(index * PIECE, (index + 1) * PIECE);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, cryptoKey, piece);
      output.set(new Uint8Array(sealed), index * (PIECE + 16));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { sealed: output, ivs };
}

/** The reverse, under the assumption that all IVs are at hand. */
async function bareOpen(cryptoKey: CryptoKey, sealed: Bytes, ivs: readonly Bytes[], inFlight = 8): Promise<Bytes> {
  const pieces = ivs.length;
  const output = new Uint8Array(sealed.length - pieces * 16);
  let next = 0;
  const lane = async () => {
    while (next < pieces) {
      const index = next++;
      const iv = ivs[index] ?? FIXED_IV;
      const piece = sealed.subarray(index * (PIECE + 16), (index + 1) * (PIECE + 16));
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, cryptoKey, piece);
      output.set(new Uint8Array(opened), index * PIECE);
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

const ROUNDS = 3;
const middleOf = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Engine and bare WebCrypto in turns, so that whatever else the machine does meets both; medians of the rounds' ratios. */
async function cryptoPath(cryptoKey: CryptoKey, data: Bytes, mode: Mode) {
  const passes = PASSES[mode];
  if (passes.length === 0) return undefined;
  const ratios: { up: number[]; down: number[] } = { up: [], down: [] };
  for (let round = 0; round < ROUNDS; round++) {
    let bare: Awaited<ReturnType<typeof bareSeal>> | undefined;
    const bareUp = await timed(async () => {
      bare = await bareSeal(cryptoKey, data);
    });
    const bareDown = await timed(() => bare && bareOpen(cryptoKey, bare.sealed, bare.ivs));
    bare = undefined;
    let sealed = data;
    const up = await timed(async () => {
      for (const pass of passes) {
        sealed =
          pass === 'object'
            ? await sealObject({ cryptoKey, random: cryptoRandom, plaintext: sealed })
            : await sealAesGcm({ cryptoKey, iv: FIXED_IV, plaintext: sealed });
      }
    });
    const down = await timed(async () => {
      for (const pass of [...passes].reverse()) {
        sealed =
          pass === 'object'
            ? await openObject({ cryptoKey, sealed })
            : await openAesGcm({ cryptoKey, iv: FIXED_IV, sealed });
      }
    });
    ratios.up.push((bareUp * passes.length) / up);
    ratios.down.push((bareDown * passes.length) / down);
  }
  return { up: middleOf(ratios.up), down: middleOf(ratios.down) };
}

/** Everything, on `mebibytes` MiB. `report` hears of each step. */
export async function bench(mebibytes: number, report: (line: string) => void): Promise<BenchResult> {
  const data = cryptoRandom.bytes(mebibytes * MIB);
  const cryptoKey = await importAesGcmKey(cryptoRandom.bytes(32));
  await bareSeal(cryptoKey, data);
  const bare = middleOf([
    await timed(() => bareSeal(cryptoKey, data)),
    await timed(() => bareSeal(cryptoKey, data)),
    await timed(() => bareSeal(cryptoKey, data)),
  ]);
  const modes: ModeResult[] = [];
  for (const mode of MODES) {
    const path = await cryptoPath(cryptoKey, data, mode);
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
      uploadRatio: path?.up,
      downloadRatio: path?.down,
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
