/** A bit on the disks turns over: nobody asked for it, and S3 does not know. */
import type { Bytes } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import type { StoredObject } from '../s3/storedObject.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { DiskPiece } from '../trace/trace.ts';
import type { World } from '../world.ts';

/** Bytes of the authentication tag at the end of each ciphertext (F-SIM-001). */
const TAG_BYTES = 16;

/** What is going to replace a piece; made before, since making it takes a hash. */
export interface Damage {
  readonly before: ArtifactId;
  readonly after: Artifact;
  readonly bytes: Bytes;
  readonly stored: StoredObject;
}

/** The piece of a stored object that a name means, and where in it a byte lies that counts from the piece's beginning or end. */
function locate(stored: StoredObject, world: World, piece: DiskPiece, byte: number): { id: ArtifactId; at: number } {
  const { encryption, parts } = stored;
  const isKey = piece === 'encrypted-data-key' && 'encryptedDataKey' in encryption;
  const id = isKey ? encryption.encryptedDataKey : parts[0]?.body;
  invariant(id, 'a stored object has a body');
  const { length } = world.rooms['s3.disk'].getBytes(id);
  const hasTag = encryption.type !== 'NOT-SSE' && length >= TAG_BYTES;
  const [start, end] =
    isKey || !hasTag ? [0, length] : piece === 'tag' ? [length - TAG_BYTES, length] : [0, length - TAG_BYTES];
  const size = Math.max(1, end - start);
  const whole = Number.isSafeInteger(byte) ? byte : 0;
  return { id, at: Math.min(length - 1, start + (((whole % size) + size) % size)) };
}

/**
 * What lies on the disks with its lowest bit turned over at this byte: counted from 0, from the end if negative, and brought into range.
 * `undefined` when nothing lies there, or nothing that has a byte.
 */
export async function prepareDamage(
  world: World,
  objectName: string,
  piece: DiskPiece,
  byte: number,
): Promise<Damage | undefined> {
  const stored = world.objects.find(world.names.bucketName, objectName);
  if (!stored || stored.contentLength === 0) return undefined;
  const { id, at } = locate(stored, world, piece, byte);
  const bytes = world.rooms['s3.disk'].getBytes(id).slice();
  const was = bytes[at];
  if (was === undefined) return undefined;
  bytes[at] = was ^ 1;
  const { kind, name, isSecret, fields } = world.recorder.get(id);
  const after = await world.recorder.identify({
    kind,
    name,
    bytes,
    isSecret,
    // No lock: nothing opens it any more. The fields stay, and the byte is named.
    fields: [...fields, { label: 'damaged byte', start: at, end: at + 1 }],
  });
  return { before: id, after, bytes, stored };
}

/** Does it: at once, so that it can happen half way through a request. */
export function damage(world: World, { before, after, bytes, stored }: Damage): void {
  const { recorder, rooms, objects } = world;
  const disk = rooms['s3.disk'];
  if (!disk.has(before)) return;
  recorder.step('s3.damage', 's3');
  disk.hold(after.id, bytes);
  recorder.emit({
    verb: 'derived',
    place: 's3.disk',
    inputs: [before],
    outputs: [after.id],
    algorithm: 'one bit turned over',
    facts: ['F-SIM-105'],
  });
  objects.update(replaced(stored, before, after.id));
  const isZeroized = disk.release(before, recorder.get(before).isSecret);
  recorder.emit({ verb: 'discarded', place: 's3.disk', inputs: [before], isZeroized, facts: [] });
}

function replaced(stored: StoredObject, before: ArtifactId, after: ArtifactId): StoredObject {
  const swap = (id: ArtifactId) => (id === before ? after : id);
  const { encryption } = stored;
  return {
    ...stored,
    parts: stored.parts.map(part => ({ ...part, body: swap(part.body) })),
    pieces: stored.pieces.map(swap),
    encryption:
      'encryptedDataKey' in encryption
        ? { ...encryption, encryptedDataKey: swap(encryption.encryptedDataKey) }
        : encryption,
  };
}
