import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LabInput,
  MODES,
  OPERATIONS,
  PRINCIPALS,
  type RunResult,
  runDownload,
  runUpload,
  TRANSPORTS,
  type World,
} from '../engine/index.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { ALL_SPECS, NOTE, nameOfSpec, runOf } from './allRuns.ts';
import { toldBy, truthOf } from './completeness.ts';
import { findLeaks, openPlacesOf, type Secret, secretsAmong } from './leaks.ts';
import { leftoversIn, type Seen, watching } from './watchSecrets.ts';

/** Everything the laws say about a world right after a run. `known` grows by the run's secrets. */
function expectLaws(result: RunResult, seen: readonly Seen[], known: Map<string, Secret>): void {
  const { trace, world } = result;
  expect(toldBy(result)).toEqual(truthOf(result));
  expect(checkConserved(trace)).toEqual([]);
  expect(checkSecret(trace)).toEqual([]);
  for (const secret of secretsAmong(Object.values(trace.artifacts))) known.set(secret.id, secret);
  expect(findLeaks([...known.values()], openPlacesOf(world, trace.run.transport), trace.run.mode)).toEqual([]);
  expect(leftoversIn(world, seen)).toEqual([]);
}

describe.each(ALL_SPECS.map(spec => [nameOfSpec(spec), spec] as const))('%s', (_name, spec) => {
  it('is complete, conserved and secret, and overwrites what it discards', async () => {
    const seen: Seen[] = [];
    const result = await watching(seen, () => runOf(spec));
    expect(result.trace.steps.length).toBeGreaterThan(3);
    expectLaws(result, seen, new Map());
  });
});

/** `length` bytes that differ from those of another `salt`. */
const patterned = (length: number, salt: number) =>
  new Uint8Array(length).map((_, i) => (i * 31 + salt + (i >> 8) * 7) % 256);

const bodies = fc.oneof(
  fc.constant(NOTE.bytes),
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 400 }).map(bytes => new Uint8Array(bytes)) },
  fc
    .tuple(fc.constantFrom(262_144, 262_145, 700_000, 1_100_000), fc.nat(255))
    .map(([length, salt]) => patterned(length, salt)),
);
const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('👩‍🔬 <script>.txt', 'a/b/c.bin', 'ü ö?&=%.txt', '..', '🗝️'),
);
const types = fc.constantFrom('', 'text/plain', 'application/octet-stream', 'application/json');
const steps = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  transport: fc.constantFrom(...TRANSPORTS),
  principal: fc.oneof({ weight: 3, arbitrary: fc.constant('owner' as const) }, fc.constantFrom(...PRINCIPALS)),
  isOther: fc.boolean(),
  bytes: bodies,
});

describe('an object overwritten', () => {
  it.each(MODES)('by the same bytes and by others keeps the laws in mode %s', async mode => {
    const spec = { mode, operation: 'upload', transport: 'https', principal: 'owner' } as const;
    const seen: Seen[] = [];
    const known = new Map<string, Secret>();
    let world: World | undefined;
    for (const bytes of [NOTE.bytes, NOTE.bytes, patterned(300_000, 1), patterned(300_000, 2)]) {
      const given: World | undefined = world;
      const result = await watching(seen, () => runUpload(spec, { ...NOTE, bytes }, undefined, given));
      expect(result.trace.outcome.isOk).toBe(true);
      expectLaws(result, seen, known);
      world = result.world;
    }
  });
});

describe('over random runs', () => {
  it('the laws hold after each of several uploads and downloads in one world, overwriting included', async () => {
    let overwritten = 0;
    const sequences = fc.array(steps, { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...MODES),
        fc.tuple(names, names),
        types,
        sequences,
        async (mode, [name, other], type, [first, ...later]) => {
          const seen: Seen[] = [];
          const known = new Map<string, Secret>();
          const stored = new Map<string, Uint8Array>();
          let world: World | undefined;
          for (const step of [{ ...first, operation: 'upload' as const }, ...later] as (typeof later)[number][]) {
            const { operation, transport, principal, bytes } = step;
            const object: LabInput = { name: step.isOther ? other : name, type, bytes };
            const spec = { mode, operation, transport, principal };
            const before: World | undefined = world;
            const result = await watching(seen, () =>
              operation === 'upload' || before === undefined
                ? runUpload(spec, object, undefined, before)
                : runDownload(spec, before, { name: object.name, length: bytes.length }),
            );
            world = result.world;
            if (operation === 'upload' && result.trace.outcome.isOk) {
              if (stored.has(object.name)) overwritten++;
              stored.set(object.name, bytes);
            }
            if (operation === 'download' && result.trace.outcome.isOk) {
              expect(
                Buffer.compare(result.downloaded ?? new Uint8Array(), stored.get(object.name) ?? patterned(1, 1)),
              ).toBe(0);
            }
            expectLaws(result, seen, known);
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(overwritten).toBeGreaterThan(5);
  }, 60_000);
});

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
