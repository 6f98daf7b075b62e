import type { ArtifactId } from './artifact.ts';
import type { FactId } from './event.ts';
import type { Recorder } from './recorder.ts';
import type { Room } from './room.ts';

/** Drops artifacts from a room, overwriting secrets, and says so. Ids that are not there are passed over. */
export function discard(
  recorder: Recorder,
  room: Room,
  ids: Iterable<ArtifactId>,
  facts: readonly FactId[] = [],
): void {
  for (const id of ids) {
    if (!room.has(id)) continue;
    const isZeroized = room.release(id, recorder.get(id).isSecret);
    recorder.emit({
      verb: 'discarded',
      place: room.place,
      inputs: [id],
      isZeroized,
      facts: isZeroized ? [...facts, 'F-SIM-016'] : facts,
    });
  }
}
