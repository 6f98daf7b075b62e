/** What S3 holds of an object, as a program elsewhere would need it. */
import type { Bytes } from './bytes/bytes.ts';
import { getObject } from './client/s3Client.ts';
import { findHeader, gather, type HttpResponse } from './http/message.ts';
import type { ArtifactId } from './trace/artifact.ts';
import type { Room } from './trace/room.ts';
import { everybodyIn, type World } from './world.ts';

/** An object as S3 gives it to whoever may read it: of a client-side encrypted one, ciphertext. */
export interface HeldObject {
  readonly objectName: string;
  readonly body: Bytes;
  readonly contentType: string;
  /** User metadata without the prefix `x-amz-meta-`, names in lowercase. */
  readonly metadata: Readonly<Record<string, string>>;
}

const PREFIX = 'x-amz-meta-';
const SUFFIX = '.instruction';

/**
 * Fetches an object and the instruction file beside it (F-FMT-085), if there is one, by plain GETs of the owner over HTTPS.
 * No run tells of it, and nothing of it stays in any room. `undefined` when S3 does not give it out.
 */
export async function readHeld(
  world: World,
  objectName: string,
): Promise<{ readonly object: HeldObject; readonly instructionFile?: HeldObject } | undefined> {
  return untold(world, async () => {
    const object = await fetchHeld(world, objectName);
    const instructionFile = object && (await fetchHeld(world, `${objectName}${SUFFIX}`));
    return object && { object, ...(instructionFile ? { instructionFile } : {}) };
  });
}

/**
 * Lets go of what everybody holds in a world that will not be used any more, keys and objects, and of the keys that S3 itself has
 * there; bytes that are secret are overwritten.
 */
export function forgetKeyRings(world: World): void {
  const { 's3.memory': memory, 's3.keys': keys } = world.rooms;
  const rooms = [...everybodyIn(world).map(({ room }) => room), memory, keys];
  for (const room of rooms) {
    for (const id of room.ids()) room.release(id, world.recorder.get(id).isSecret);
  }
}

async function fetchHeld(world: World, objectName: string): Promise<HeldObject | undefined> {
  const address = { bucketName: world.names.bucketName, objectName };
  const response = await getObject(world.customers.owner, 'https', address);
  if (response.status !== 200) return undefined;
  return {
    objectName,
    // A copy: the rooms of the world are cleared of what came.
    body: gather(response.body).slice(),
    contentType: findHeader(response, 'content-type') ?? 'application/octet-stream',
    metadata: metadataOf(response),
  };
}

function metadataOf({ headers }: HttpResponse): Record<string, string> {
  const own = headers.filter(([name]) => name.toLowerCase().startsWith(PREFIX));
  return Object.fromEntries(own.map(([name, value]) => [name.toLowerCase().slice(PREFIX.length), value]));
}

/** Does something that leaves no more in any room than was there before. */
async function untold<T>(world: World, act: () => Promise<T>): Promise<T> {
  const rooms: readonly Room[] = [...Object.values(world.rooms), world.customers.owner.room];
  const before = new Map(rooms.map(room => [room, new Set<ArtifactId>(room.ids())]));
  try {
    return await act();
  } finally {
    for (const room of rooms) {
      for (const id of room.ids()) {
        if (!before.get(room)?.has(id)) room.release(id, world.recorder.get(id).isSecret);
      }
    }
  }
}
