import { vi } from 'vitest';
import type { World } from '../engine/index.ts';
import { Room } from '../engine/trace/room.ts';

/** A buffer that was put into a room. */
export interface Seen {
  readonly room: Room;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Runs `act` and adds every buffer that is put into any room meanwhile to `seen`, also when `act` throws. */
export async function watching<T>(seen: Seen[], act: () => Promise<T>): Promise<T> {
  const original = Room.prototype.hold;
  const spy = vi.spyOn(Room.prototype, 'hold').mockImplementation(function (this: Room, id, content) {
    if (content instanceof Uint8Array) seen.push({ room: this, id, bytes: content });
    original.call(this, id, content);
  });
  try {
    return await act();
  } finally {
    spy.mockRestore();
  }
}

/**
 * Secret buffers that no room holds any more and that are not all zeros, in words. Not counted: a buffer on S3's disks
 * whose place another one with the very same bytes took (mode `none`, the same object twice); nothing was discarded then.
 */
export function leftoversIn(world: World, seen: readonly Seen[]): string[] {
  const rooms = [...Object.values(world.customers).map(({ room }) => room), ...Object.values(world.rooms)];
  const held = new Set<unknown>(rooms.flatMap(room => room.entries().map(([, content]) => content)));
  return seen
    .filter(({ id, bytes }) => world.recorder.get(id).isSecret && !held.has(bytes))
    .filter(({ bytes }) => bytes.some(byte => byte !== 0))
    .filter(one => !isReplacedOnDisk(one, seen))
    .map(({ room, id }) => `${room.place} ${id} ${world.recorder.get(id).name}`);
}

function isReplacedOnDisk(one: Seen, seen: readonly Seen[]): boolean {
  const { room, id } = one;
  if (room.place !== 's3.disk') return false;
  return seen.slice(seen.indexOf(one) + 1).some(later => later.room === room && later.id === id);
}
