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
 * Secret buffers that no room holds any more and that are not all zeros, in words.
 */
export function leftoversIn(world: World, seen: readonly Seen[]): string[] {
  const rooms = [...Object.values(world.customers).map(({ room }) => room), ...Object.values(world.rooms)];
  const held = new Set<unknown>(rooms.flatMap(room => room.entries().map(([, content]) => content)));
  return seen
    .filter(({ id, bytes }) => world.recorder.get(id).isSecret && !held.has(bytes))
    .filter(({ bytes }) => bytes.some(byte => byte !== 0))
    .map(({ room, id }) => `${room.place} ${id} ${world.recorder.get(id).name}`);
}
