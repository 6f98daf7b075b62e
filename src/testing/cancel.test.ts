import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyClock } from '../engine/clock.ts';
import { seededRandom } from '../engine/crypto/seededRandom.ts';
import {
  EngineError,
  MODES,
  OPERATIONS,
  type Pace,
  runDownload,
  runUpload,
  TRANSPORTS,
  type World,
} from '../engine/index.ts';
import { createWorld } from '../engine/world.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { toldBy, truthOf } from './completeness.ts';
import { leftoversIn, type Seen, watching } from './watchSecrets.ts';

/** A pace that stops the run at the n-th checkpoint after it was armed. */
function stopwatch(): { pace: Pace; arm: (checkpoints: number) => void } {
  let left = Number.POSITIVE_INFINITY;
  return {
    pace: {
      checkpoint() {
        if (--left <= 0) throw new EngineError('cancelled', 'the caller asked to stop');
      },
    },
    arm: checkpoints => {
      left = checkpoints;
    },
  };
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** All rooms but the client's and the tap's, with what is in them; and what is stored under the name. */
function stateOf({ rooms, objects, names }: World, objectName: string) {
  const contents = Object.values(rooms)
    .filter(({ place }) => place !== 'network')
    .map(room => [
      room.place,
      room.entries().map(([id, content]) => [id, content instanceof Uint8Array ? digestOf(content) : content]),
    ]);
  return { contents, object: objects.find(names.bucketName, objectName) };
}

const NAME = '👩‍🔬.bin';
const KEYS = ['customer-key', 'wrapping-key', 'public-key'];
const inputOf = (length: number, salt: number) => ({
  name: NAME,
  type: '',
  bytes: new Uint8Array(length).map((_, i) => (i * 31 + salt + (i >> 8) * 7) % 256),
});
const lengths = fc.constantFrom(50, 300_000, 1_200_000, 2_300_000);

describe('a run that is stopped at any checkpoint', () => {
  it('leaves the world as it was, no secret behind, and the next run complete', async () => {
    let stopped = 0;
    const property = fc.asyncProperty(
      fc.constantFrom(...MODES),
      fc.constantFrom(...OPERATIONS),
      fc.constantFrom(...TRANSPORTS),
      fc.constantFrom('owner' as const, 's3-admin' as const),
      lengths,
      fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 7),
      async (mode, operation, transport, principal, length, checkpoints) => {
        const { pace, arm } = stopwatch();
        const seen: Seen[] = [];
        const asOwner = { mode, operation: 'upload', transport: 'https', principal: 'owner' } as const;
        const first = inputOf(length, 1);
        const spec = { mode, operation, transport, principal };
        const stored = { name: NAME, length };
        await watching(seen, async () => {
          const { world } = await runUpload(asOwner, first, pace);
          const before = stateOf(world, NAME);
          arm(checkpoints);
          const thrown = await (operation === 'upload'
            ? runUpload(spec, inputOf(length, 2), undefined, world)
            : runDownload(spec, world, stored)
          ).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          arm(Number.POSITIVE_INFINITY);
          if (thrown !== undefined) {
            stopped++;
            expect(thrown).toMatchObject({ code: 'cancelled' });
            expect(stateOf(world, NAME)).toEqual(before);
            expect(world.rooms.network.ids()).toEqual([]);
            const onDesks = Object.values(world.customers).flatMap(({ room }) => room.ids());
            expect(onDesks.filter(id => !KEYS.includes(world.recorder.get(id).kind))).toEqual([]);
            expect(leftoversIn(world, seen)).toEqual([]);
          }
          const next = await runDownload({ ...asOwner, operation: 'download' }, world, stored);
          expect(next.trace.outcome.isOk).toBe(true);
          if (thrown !== undefined) expect(Buffer.compare(next.downloaded ?? new Uint8Array(), first.bytes)).toBe(0);
          expect(toldBy(next)).toEqual(truthOf(next));
          expect(checkConserved(next.trace)).toEqual([]);
          expect(checkSecret(next.trace)).toEqual([]);
          expect(leftoversIn(world, seen)).toEqual([]);
        });
      },
    );
    await fc.assert(property, { numRuns: 60 });
    expect(stopped).toBeGreaterThan(5);
  }, 60_000);

  it('undoes the rule that lifts a bucket’s block, so that the next upload lifts it again', async () => {
    const { pace, arm } = stopwatch();
    const spec = { mode: 'sse-c', operation: 'upload', transport: 'https', principal: 'owner' } as const;
    const made: World[] = [];
    const rulesOnDisk: (number | undefined)[] = [];
    const watched: Pace = {
      checkpoint: (...progress) => {
        rulesOnDisk.push(made[0]?.rooms['s3.disk'].ids().length);
        return pace.checkpoint(...progress);
      },
    };
    const random = seededRandom('cancel');
    const world = await createWorld({
      mode: 'sse-c',
      keyHolder: 'owner',
      random,
      clock: steadyClock(0),
      pace: watched,
    });
    made.push(world);
    const before = stateOf(world, NAME);
    arm(2);
    await expect(runUpload(spec, inputOf(50, 1), undefined, world)).rejects.toMatchObject({ code: 'cancelled' });
    expect(rulesOnDisk).toEqual([1, 1]);
    expect(stateOf(world, NAME)).toEqual(before);
    arm(Number.POSITIVE_INFINITY);
    const { trace } = await runUpload(spec, inputOf(50, 1), undefined, world);
    expect(trace.outcome.isOk).toBe(true);
    const configured = trace.events.filter(({ verb, api }) => verb === 'stored' && api === 'PutBucketEncryption');
    expect(configured).toHaveLength(1);
  });
});
