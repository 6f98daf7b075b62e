import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { toHex } from '../engine/bytes/text.ts';
import {
  type LabInput,
  MODES,
  PRINCIPALS,
  type RunResult,
  runDownload,
  runUpload,
  TRANSPORTS,
} from '../engine/index.ts';
import { Room } from '../engine/trace/room.ts';
import { sceneAt } from '../scene/fold.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { ALL_SPECS, NOTE, nameOfSpec, runOf } from './allRuns.ts';

/** What the engine's memory really holds, as `place artifact` lines. */
function truthOf({ world, trace }: RunResult): string[] {
  return world
    .roomsOf(trace.run.principal)
    .flatMap(room => room.ids().map(id => `${room.place} ${id}`))
    .sort();
}

/** What the trace says it holds. */
function toldBy({ trace }: RunResult): string[] {
  const { holdings } = sceneAt(trace, trace.events.length);
  return Object.entries(holdings)
    .flatMap(([place, ids]) => ids.map(id => `${place} ${id}`))
    .sort();
}

/** Runs `act` and returns every secret buffer that was put into any room meanwhile, with the room and artifact. */
async function watchingSecrets<T>(
  act: () => Promise<T>,
): Promise<{ result: T; seen: { room: Room; id: string; bytes: Uint8Array }[] }> {
  const seen: { room: Room; id: string; bytes: Uint8Array }[] = [];
  const original = Room.prototype.hold;
  const spy = vi.spyOn(Room.prototype, 'hold').mockImplementation(function (this: Room, id, content) {
    if (content instanceof Uint8Array) seen.push({ room: this, id, bytes: content });
    original.call(this, id, content);
  });
  try {
    return { result: await act(), seen };
  } finally {
    spy.mockRestore();
  }
}

describe.each(ALL_SPECS.map(spec => [nameOfSpec(spec), spec] as const))('%s', (_name, spec) => {
  it('is complete, conserved and secret, and overwrites what it discards', async () => {
    const { result, seen } = await watchingSecrets(() => runOf(spec));
    const { trace, world } = result;
    expect(trace.steps.length).toBeGreaterThan(3);
    expect(toldBy(result)).toEqual(truthOf(result));
    expect(checkConserved(trace)).toEqual([]);
    expect(checkSecret(trace)).toEqual([]);

    const leftovers = seen
      .filter(({ room, id }) => world.recorder.get(id).isSecret && !room.has(id))
      .filter(({ bytes }) => bytes.some(byte => byte !== 0))
      .map(({ room, id }) => `${room.place} ${id} ${world.recorder.get(id).name}`);
    expect(leftovers).toEqual([]);
  });
});

/** All secret byte strings of a run, by what they are. */
function secretsOf({ trace }: RunResult): string[] {
  return Object.values(trace.artifacts)
    .filter(artifact => artifact.isSecret && !artifact.isHandle && (artifact.byteLength ?? 0) >= 16)
    .map(artifact => artifact.head.slice(0, 64));
}

const inputs = fc.record({
  name: fc.oneof(
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.constantFrom('👩‍🔬 <script>.txt', 'a/b/c.bin', 'ü ö?&=%.txt', '..'),
  ),
  type: fc.constantFrom('', 'text/plain', 'application/octet-stream'),
  bytes: fc
    .oneof(fc.uint8Array({ maxLength: 400 }), fc.constant(new Uint8Array(262_145).fill(7)))
    .map(bytes => new Uint8Array(bytes)),
});
const specs = fc.record({
  mode: fc.constantFrom(...MODES),
  operation: fc.constant('upload' as const),
  transport: fc.constantFrom(...TRANSPORTS),
  principal: fc.constantFrom(...PRINCIPALS),
});
const downloads = fc.array(
  fc.record({ transport: fc.constantFrom(...TRANSPORTS), principal: fc.constantFrom(...PRINCIPALS) }),
  {
    maxLength: 3,
  },
);

describe('over random runs', () => {
  it('the three laws hold for an upload and any downloads after it, against the bytes of disks, log and line', async () => {
    await fc.assert(
      fc.asyncProperty(specs, inputs, downloads, async (spec, input: LabInput, later) => {
        const first = await runUpload(spec, input);
        const results = [first];
        for (const one of later) {
          const stored = { name: input.name, length: input.bytes.length };
          const result = await runDownload({ ...spec, ...one, operation: 'download' }, first.world, stored);
          if (result.trace.outcome.isOk) expect(result.downloaded).toEqual(input.bytes);
          expect(toldBy(result)).toEqual(truthOf(result));
          results.push(result);
        }
        for (const result of results) {
          expect(checkConserved(result.trace)).toEqual([]);
          expect(checkSecret(result.trace)).toEqual([]);
        }
        expect(leaksIn(results, spec.mode === 'none')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Secrets found in the bytes of S3's disks or in the text of the audit log. */
function leaksIn(results: readonly RunResult[], isPlainAtRest: boolean): string[] {
  const leaks: string[] = [];
  for (const result of results) {
    const { rooms } = result.world;
    const log = JSON.stringify(rooms.audit.entries().map(([, content]) => content));
    const disks = rooms['s3.disk']
      .entries()
      .map(([, content]) => (content instanceof Uint8Array ? toHex(content) : ''));
    for (const secret of secretsOf(result)) {
      if (log.includes(secret) || log.includes(btoa(secret))) leaks.push('audit log');
      if (!isPlainAtRest && disks.some(disk => disk.includes(secret))) leaks.push('disks');
    }
  }
  return leaks;
}

describe('what a run leaves behind', () => {
  it('gives the very same bytes back in every mode', async () => {
    for (const mode of MODES) {
      const result = await runOf({ mode, operation: 'download', transport: 'https', principal: 'owner' });
      expect(result.trace.outcome).toMatchObject({ isOk: true, status: 200 });
      expect(result.downloaded).toEqual(NOTE.bytes);
    }
  });

  it('is repeated byte for byte by a seed, in every mode that WebCrypto lets be seeded', async () => {
    for (const mode of MODES.filter(one => one !== 'cse-rsa')) {
      const spec = {
        mode,
        operation: 'upload',
        transport: 'https',
        principal: 'owner',
        seed: 'class of 2026',
      } as const;
      const [one, two] = [await runUpload(spec, NOTE), await runUpload(spec, NOTE)];
      expect(JSON.stringify(one.trace)).toBe(JSON.stringify(two.trace));
    }
  });
});
