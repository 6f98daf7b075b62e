/** What each leak brings, as copies of the bytes that really lie or lay there. */
import { type Bytes, zeroize } from '../bytes/bytes.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import type { Room } from '../trace/room.ts';
import type { Leak } from '../trace/trace.ts';
import type { World } from '../world.ts';
import type { Thief } from './thief.ts';

/** Bytes by artifact. */
export type Loot = Map<ArtifactId, Bytes>;

/** What is known of leaks that are things, not rights. */
const FACTS: Partial<Record<Leak, readonly FactId[]>> = {
  disk: ['F-SIM-001', 'F-KSM-073'],
  'encrypted-data-key': ['F-KMS-009', 'F-KSM-073'],
  network: ['F-GEN-017', 'F-GEN-018'],
  'client-key': ['F-SIM-103'],
  's3-memory': ['F-SIM-016'],
};

/** Copies everything in a room that consists of bytes: handles do not give theirs out. What is in `loot` already stays. */
export function copyInto(loot: Loot, room: Room, isWanted: (id: ArtifactId) => boolean = () => true): void {
  for (const [id, content] of room.entries()) {
    if (content instanceof Uint8Array && isWanted(id) && !loot.has(id)) loot.set(id, content.slice());
  }
}

/** Overwrites copies that nobody needs any more. */
export function forgetLoot(loot: Loot): void {
  for (const bytes of loot.values()) zeroize(bytes);
  loot.clear();
}

/** S3's memory as it is at one moment of the victim's upload. */
export interface Watch {
  readonly stop: () => void;
  readonly seen: Loot;
}

/**
 * Watches S3's memory while the upload is recorded.
 * @param at after which step, from 1; absent: the first moment at which the object is there, else the one at which most is
 */
export function watchMemory({ recorder, rooms }: World, at: number | undefined, object: ArtifactId): Watch {
  const memory = rooms['s3.memory'];
  const seen: Loot = new Map();
  recorder.watchSteps(completed => {
    const isMoment =
      at === undefined
        ? !seen.has(object) && (memory.has(object) || memory.ids().length > seen.size)
        : completed === at;
    if (!isMoment) return;
    forgetLoot(seen);
    copyInto(seen, memory);
  });
  return { seen, stop: () => recorder.watchSteps(undefined) };
}

/** What lies on S3's disks when everything is over: the whole, or the encrypted data keys alone. */
export function lootDisks({ recorder, rooms }: World, leak: 'disk' | 'encrypted-data-key'): Loot {
  const loot: Loot = new Map();
  const isKey = (id: ArtifactId) => recorder.get(id).kind === 'encrypted-data-key';
  copyInto(loot, rooms['s3.disk'], leak === 'disk' ? undefined : isKey);
  return loot;
}

/** The owner's own keys, as far as they have bytes: of an RSA pair only the public key, which opens nothing. */
export function lootKeys({ recorder, customers }: World): Loot {
  const loot: Loot = new Map();
  const kinds = ['customer-key', 'wrapping-key', 'public-key'];
  copyInto(loot, customers.owner.room, id => kinds.includes(recorder.get(id).kind));
  return loot;
}

/** Lays the loot before the thief. What two leaks have in common counts for the first. */
export function hand(thief: Thief, loot: ReadonlyMap<Leak, Loot>): ReadonlyMap<Leak, readonly ArtifactId[]> {
  const { room } = thief.customer;
  const given = new Map<Leak, ArtifactId[]>();
  for (const [leak, found] of loot) {
    const fresh = [...found].filter(([id]) => !room.has(id));
    for (const [id, bytes] of fresh) room.hold(id, bytes.slice());
    given.set(
      leak,
      fresh.map(([id]) => id),
    );
  }
  return given;
}

/** The first step: what was stolen is looked through. */
export function tellTaken({ customer }: Thief, given: ReadonlyMap<Leak, readonly ArtifactId[]>): void {
  customer.recorder.step('attacker.take', 'client');
  for (const [leak, inputs] of given) {
    if (inputs.length === 0) continue;
    // Nothing comes of looking: what is there is what was copied.
    customer.recorder.emit({ verb: 'derived', place: 'client', inputs, facts: FACTS[leak] ?? [] });
  }
}
