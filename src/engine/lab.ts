/** Runs: one upload or download from beginning to end, and its trace. */
import type { Bytes } from './bytes/bytes.ts';
import { download, upload } from './client/transfer.ts';
import { type Clock, steadyClock, wallClock } from './clock.ts';
import type { GivenWrappingKey } from './crypto/keyFiles.ts';
import type { Pace } from './crypto/pace.ts';
import { cryptoRandom, seededRandom } from './crypto/seededRandom.ts';
import { EngineError, invariant } from './errors.ts';
import { forgetKeyRings } from './takeAway.ts';
import type { Artifact, ArtifactId } from './trace/artifact.ts';
import type { Room } from './trace/room.ts';
import type { Mode, Outcome, PersonName, RunSpec, Trace } from './trace/trace.ts';
import { createWorld, customerIn, everybodyIn, type World } from './world.ts';

/** The most bytes one object may have in this engine: 64 MiB. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** S3's own limit for an object's name, in bytes of UTF-8. */
const MAX_NAME_BYTES = 1024;

/** A class that shares a seed shares the time too: 21 November 2026, 10:00 UTC; before 2023: 1 December 2022. */
const SEEDED_START = Date.UTC(2026, 10, 21, 10);
const OLD_START = Date.UTC(2022, 11, 1, 10);

/** What to upload. */
export interface LabInput {
  readonly name: string;
  /** Media type; may be empty. */
  readonly type: string;
  readonly bytes: Bytes;
  /**
   * The engine may keep the buffer as the customer's own and overwrite it in the end. Otherwise it works on a copy, which for
   * a large object is one more.
   */
  readonly isHandedOver?: boolean;
  /** The wrapping key of whoever uploads, in the mode of its type; otherwise a world makes a fresh one. Copied. */
  readonly wrappingKey?: GivenWrappingKey;
}

export interface RunResult {
  readonly trace: Trace;
  readonly world: World;
  /** What a download brought to the customer's side: their own buffer, which the next run overwrites. */
  readonly downloaded?: Bytes;
}

/** Chance and time for a run: true ones, or those of a seed. The world "before 2023" lives in December 2022. */
export function hostOf(spec: RunSpec): { random: ReturnType<typeof seededRandom>; clock: Clock } {
  if (spec.seed !== undefined) {
    return {
      random: seededRandom(`${spec.seed}/${spec.mode}`),
      clock: steadyClock(spec.mode === 'none' ? OLD_START : SEEDED_START),
    };
  }
  return { random: cryptoRandom, clock: spec.mode === 'none' ? steadyClock(OLD_START) : wallClock };
}

/**
 * Amazon's side of the world in which a run of this mode and seed takes place: the same bucket, keys and credentials, byte
 * for byte. For hosts that let real clients do what the page has shown.
 */
export async function createLabCloud(
  mode: Mode,
  seed: string,
  clock: Clock = wallClock,
): Promise<Pick<World, 'cloud' | 'people' | 'names'>> {
  const { random } = hostOf({ mode, operation: 'upload', transport: 'https', principal: 'owner', seed });
  return createWorld({ mode, keyHolder: 'owner', random, clock });
}

/**
 * Uploads into a fresh world, so that a run does not depend on what was done before it; or into `given`, one of the
 * same mode, whose pace and key holder stay what they are. Nothing of earlier runs is on any customer's desk then.
 * @throws EngineError `too-large`, `cancelled`
 */
export async function runUpload(spec: RunSpec, input: LabInput, pace?: Pace, given?: World): Promise<RunResult> {
  check(input);
  invariant(given === undefined || given.mode === spec.mode, 'a run has the mode of its world');
  const world =
    given ??
    (await createWorld({
      mode: spec.mode,
      keyHolder: spec.principal,
      ...(input.wrappingKey ? { wrappingKey: input.wrappingKey } : {}),
      ...hostOf(spec),
      ...(pace ? { pace } : {}),
    }));
  const object = await putOnDesk(world, spec.principal, input);
  const stored = { name: input.name, length: input.bytes.length };
  const recorded = () => record(world, spec, stored, () => send(world, spec, object, input));
  return given ? recorded() : orForget(world, recorded);
}

/** What an upload left in a world, as a download needs to know it. */
export interface StoredInput {
  readonly name: string;
  /** Bytes of plaintext. */
  readonly length: number;
}

/**
 * A world in which the owner has uploaded `input` over HTTPS, unrecorded: where a download starts that was not
 * preceded by an upload.
 * @throws EngineError `too-large`, `cancelled`
 */
export async function storeUnrecorded(spec: RunSpec, input: LabInput, pace?: Pace): Promise<World> {
  check(input);
  const world = await createWorld({
    mode: spec.mode,
    keyHolder: 'owner',
    ...(input.wrappingKey ? { wrappingKey: input.wrappingKey } : {}),
    ...hostOf(spec),
    ...(pace ? { pace } : {}),
  });
  const asOwner: RunSpec = { ...spec, operation: 'upload', transport: 'https', principal: 'owner' };
  const object = await putOnDesk(world, 'owner', input);
  await orForget(world, () => orUndo(world, () => send(world, asOwner, object, input)));
  return world;
}

/**
 * Downloads what lies in `world` under the name of `stored`.
 * @throws EngineError `cancelled`
 */
export async function runDownload(spec: RunSpec, world: World, stored: StoredInput): Promise<RunResult> {
  // The customer has no copy of their own any more: whatever is on this side afterwards came over the line.
  clearDesks(world);
  let plaintext: Artifact | undefined;
  const result = await record(world, spec, stored, async () => {
    const names = { ...world.names, objectName: nameOf(stored) };
    const answer = await download(customerIn(world, spec.principal), spec, names);
    plaintext = answer.plaintext;
    return answer.outcome;
  });
  const { room } = customerIn(world, spec.principal);
  return plaintext ? { ...result, downloaded: room.getBytes(plaintext.id) } : result;
}

export function check(input: LabInput): void {
  if (input.bytes.length > MAX_OBJECT_BYTES) throw new EngineError('too-large', 'The object is larger than 64 MiB.');
  if (new TextEncoder().encode(input.name).length > MAX_NAME_BYTES) {
    throw new EngineError('too-large', 'The object’s name is longer than 1,024 bytes.');
  }
}

export function nameOf(input: { readonly name: string }): string {
  return input.name === '' ? 'object' : input.name;
}

/** The learner's bytes in the customer's memory, in a buffer that may be overwritten; nothing else of theirs is there but `kept`. */
export async function putOnDesk(
  world: World,
  principal: PersonName,
  input: LabInput,
  kept: readonly ArtifactId[] = [],
): Promise<Artifact> {
  // Copied before the desks are cleared: the input may be what the last download put on one of them.
  const bytes = input.isHandedOver ? input.bytes : input.bytes.slice();
  clearDesks(world, kept);
  const object = await world.recorder.identify({
    kind: 'plaintext-object',
    name: nameOf(input),
    bytes,
    isSecret: true,
  });
  customerIn(world, principal).room.hold(object.id, bytes);
  return object;
}

/**
 * Empties all customers' memory but for the keys that last, and `kept`. Also for hosts that keep a world for later, where a large
 * object would lie once more.
 */
export function clearDesks(world: World, kept: readonly ArtifactId[] = []): void {
  const lasting = ['customer-key', 'wrapping-key', 'public-key'];
  for (const { room } of everybodyIn(world)) {
    for (const id of room.ids()) {
      const artifact = world.recorder.get(id);
      if (!lasting.includes(artifact.kind) && !kept.includes(id)) room.release(id, artifact.isSecret);
    }
  }
}

async function send(world: World, spec: RunSpec, object: Artifact, input: LabInput): Promise<Outcome> {
  const names = { ...world.names, objectName: nameOf(input) };
  const contentType = input.type === '' ? 'application/octet-stream' : input.type;
  return upload(customerIn(world, spec.principal), spec, names, object, contentType);
}

/** Records what `act` does. When it is stopped, there is no trace of it, and the world is as it was before. */
export async function record(
  world: World,
  spec: RunSpec,
  stored: StoredInput,
  act: () => Promise<Outcome>,
): Promise<{ trace: Trace; world: World }> {
  const subject = {
    bucketName: world.names.bucketName,
    objectName: nameOf(stored),
    objectLength: stored.length,
  };
  // The tap is switched on for this run.
  for (const id of world.rooms.network.ids()) drop(world, world.rooms.network, id);
  world.recorder.begin(spec, subject, world.roomsOf(spec.principal));
  return orUndo(world, async () => {
    const outcome = await act();
    return { trace: world.recorder.finish(outcome), world };
  });
}

/**
 * Does `act`; when it is stopped, undoes what it left: what was not in a room before is gone from it, secrets
 * overwritten, the customers' desks are empty, and a bucket rule that came with it counts no more. An object is stored
 * in one go after the last checkpoint, so what is stored stays.
 */
async function orUndo<T>(world: World, act: () => Promise<T>): Promise<T> {
  const rooms = Object.values(world.rooms);
  const before = new Map(rooms.map(room => [room, new Set(room.ids())]));
  const bucket = world.s3.getBucket(world.names.bucketName);
  try {
    return await act();
  } catch (thrown) {
    world.recorder.abandon();
    world.kms.forget();
    world.s3.putBack(bucket);
    for (const room of rooms) {
      for (const id of room.ids()) {
        if (before.get(room)?.has(id) || (room.place === 's3.disk' && world.objects.uses(id))) continue;
        drop(world, room, id);
      }
    }
    clearDesks(world);
    throw thrown;
  }
}

/** Does the first thing in a world; when that is stopped, nobody will ever use the world, and its keys go too. */
export async function orForget<T>(world: World, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    forgetKeyRings(world);
    throw thrown;
  }
}

function drop(world: World, room: Room, id: string): void {
  room.release(id, world.recorder.get(id).isSecret);
}
